/**
 * Tabs of one browser share its storage. One that finds it full asks the others to give up what they can spare: the copy of a file that
 * is shared from this device. Private windows have room for little more than a gigabyte, and their quota does not tell.
 */

const CHANNEL = 'tabswarm-room';

/** Asks every tab of this browser, this one included. */
export function askForRoom(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage('full');
  channel.close();
}

/** Calls `giveUp` whenever some tab asks for room; returns what ends that. */
export function onRoomAsked(giveUp: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', giveUp);
  return () => channel.close();
}

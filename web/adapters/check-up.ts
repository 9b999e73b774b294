/** Tries what a connection needs, one by one: for the check-up page, and loaded with it. */
import { createStore, del, set } from 'idb-keyval';

import { seconds } from '../../shared/base/time.ts';
import { canConnect } from './capabilities.ts';
import { roomBytes } from './storage-room.ts';

export type CheckResult =
  | { readonly kind: 'secure'; readonly isSecure: boolean }
  | { readonly kind: 'webrtc'; readonly isThere: boolean }
  | { readonly kind: 'channel'; readonly millis: number | null }
  | { readonly kind: 'storage'; readonly canStore: boolean; readonly freeBytes: number | null }
  | { readonly kind: 'server'; readonly millis: number | null }
  | { readonly kind: 'stun'; readonly outcome: 'answered' | 'silent' | 'none' };

export interface CheckWorld {
  readonly signalUrl: string;
  readonly iceServers: () => Promise<readonly RTCIceServer[]>;
}

/** How long any of them may take. */
const PATIENCE_MS = seconds(8);

/** Never rejects: what throws has failed. */
export async function runCheck(kind: CheckResult['kind'], world: CheckWorld): Promise<CheckResult> {
  switch (kind) {
    case 'secure':
      return { kind, isSecure: isSecureContext };
    case 'webrtc':
      return { kind, isThere: canConnect() };
    case 'channel':
      return { kind, millis: await timed(openOwnChannel) };
    case 'storage':
      return { kind, canStore: await canStore(), freeBytes: await roomBytes() };
    case 'server':
      return { kind, millis: await timed((signal) => openSocket(world.signalUrl, signal)) };
    case 'stun':
      return { kind, outcome: await askStun(await world.iceServers()) };
  }
}

/** Whether IndexedDB takes a write; without it nothing can be received. Private windows of some browsers have one that fails only when it is used. */
async function canStore(): Promise<boolean> {
  try {
    const probe = createStore('tabswarm-probe', 'probe');
    await set('probe', new Blob(['probe']), probe);
    await del('probe', probe);
    return true;
  } catch {
    return false;
  }
}

/** How long `act` took; null when it failed, or took too long. Its signal ends whatever it began. */
async function timed(act: (signal: AbortSignal) => Promise<void>): Promise<number | null> {
  const begunAt = performance.now();
  const ending = new AbortController();
  try {
    await within(act(ending.signal));
    return performance.now() - begunAt;
  } catch {
    return null;
  } finally {
    ending.abort();
  }
}

const within = (work: Promise<void>): Promise<void> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('It took too long.')), PATIENCE_MS);
    }),
  ]);

/** A data channel between two connections of this page, opened as to somebody else. */
async function openOwnChannel(signal: AbortSignal): Promise<void> {
  const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()];
  signal.addEventListener('abort', () => (one.close(), other.close()));
  pass(one, other);
  pass(other, one);
  const channel = one.createDataChannel('check');
  await one.setLocalDescription();
  await other.setRemoteDescription(one.localDescription!);
  await other.setLocalDescription();
  await one.setRemoteDescription(other.localDescription!);
  if (channel.readyState === 'open') return;
  await new Promise((resolve) => {
    channel.addEventListener('open', resolve);
  });
}

function pass(from: RTCPeerConnection, to: RTCPeerConnection): void {
  from.addEventListener('icecandidate', ({ candidate }) => {
    // One that comes before its description is left out: there are others.
    to.addIceCandidate(candidate).catch(() => undefined);
  });
}

function openSocket(url: string, signal: AbortSignal): Promise<void> {
  const socket = new WebSocket(url);
  signal.addEventListener('abort', () => socket.close());
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error('It does not open.')));
  });
}

/** Whether any of them tells this device an address of it (a server-reflexive candidate). */
async function askStun(
  iceServers: readonly RTCIceServer[],
): Promise<Extract<CheckResult, { kind: 'stun' }>['outcome']> {
  if (iceServers.length === 0) return 'none';
  const answered = await timed(async (signal) => {
    const connection = new RTCPeerConnection({ iceServers: [...iceServers] });
    signal.addEventListener('abort', () => connection.close());
    const told = new Promise<void>((resolve) => {
      connection.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate?.type === 'srflx' || candidate?.type === 'relay') resolve();
      });
    });
    connection.createDataChannel('check');
    await connection.setLocalDescription();
    await told;
  });
  return answered === null ? 'silent' : 'answered';
}

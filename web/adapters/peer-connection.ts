/** How a connection is begun and ended with simple-peer, by a link to a neighbour or ahead of one. */
import SimplePeer from 'simple-peer';

import { seconds } from '../../shared/base/time.ts';

/** From the first candidate to the description that holds them all; a dead STUN server would hold it up for long. */
const GATHER_TIMEOUT_MS = seconds(2);

/**
 * The same where there is no server to ask: the addresses of this machine are all known within a few milliseconds, but Chromium looks
 * for ways over relays and TCP as well, 50 ms each, before it says that it is done.
 */
const GATHER_HERE_MS = 30;

/** Makes an offer at once when it `calls`; else it waits for the description to answer. Throws where there is no WebRTC. */
export function beginPeer(calls: boolean, iceServers: readonly RTCIceServer[]): SimplePeer {
  return new SimplePeer({
    initiator: calls,
    trickle: false,
    iceCompleteTimeout: iceServers.length > 0 ? GATHER_TIMEOUT_MS : GATHER_HERE_MS,
    config: { iceServers: [...iceServers] },
  });
}

/** Ends it without a word, and lets go of all that refers to it. */
export function endPeer(peer: SimplePeer): void {
  const connection = peer._pc;
  peer.removeAllListeners();
  peer.destroy();
  // The one handler that simple-peer forgets.
  if (connection) connection.onconnectionstatechange = null;
}

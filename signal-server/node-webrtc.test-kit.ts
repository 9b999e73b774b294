/**
 * WebRTC in Node for stock clients. The polyfill that they come with never says that gathering is over, so that they wait for five
 * seconds before each offer and each answer. With this it says so.
 */
import { RTCPeerConnection } from 'webrtc-polyfill';

/** No STUN server: the tests ask nobody outside. */
export const NO_ICE_SERVERS = { iceServers: [] };

/** An event without a candidate (W3C WebRTC, 4.8.1). */
const END_OF_CANDIDATES = Object.assign(new Event('icecandidate'), { candidate: null }) as RTCPeerConnectionIceEvent;

/** Mends the polyfill, for all stock clients of this process. */
export function sayWhenGathered(): void {
  const polyfill = RTCPeerConnection.prototype as Pick<RTCPeerConnection, 'setLocalDescription'>;
  const settle = Reflect.get(polyfill, 'setLocalDescription') as (
    this: RTCPeerConnection,
    ...description: unknown[]
  ) => Promise<void>;
  polyfill.setLocalDescription = async function settleAndSay(this: RTCPeerConnection, ...description: unknown[]) {
    await settle.apply(this, description);
    const say = (): void => {
      if (this.iceGatheringState === 'complete') this.onicecandidate?.(END_OF_CANDIDATES);
    };
    this.addEventListener('icegatheringstatechange', say);
    say();
  };
}

/**
 * One connection to one neighbour, from the attempt to its end: simple-peer connects, then its data channel is driven
 * directly. The one place that knows WebRTC. Invariant: once ended, nothing is reported and nothing is referenced;
 * Chromium refuses new connections once 500 objects exist, closed but uncollected ones included.
 */
import type SimplePeer from 'simple-peer';

import { seconds } from '../../shared/base/time.ts';
import type { TransportFact } from '../../shared/driver/ports.ts';
import type { LinkId } from '../../shared/engine/swarm-io.ts';
import type { PeerMessage } from '../../shared/wire/peer-message.ts';
import type { Call } from './call-ahead.ts';
import { watchRoute } from './link-route.ts';
import { MessageStream } from './message-stream.ts';
import { packets } from './packets.ts';
import { beginPeer, endPeer } from './peer-connection.ts';

/** From the attempt to the open channel, gathering of candidates and the signal server included. WebTorrent waits as long. */
const CONNECT_TIMEOUT_MS = seconds(25);

/**
 * Blocks count as sent when no more than this is left in the channel's buffer: what leaves in 20 ms, within these bounds in bytes.
 * More would make choke, cancel and our own requests wait behind content on a slow uplink, and whole pieces late; less would let a fast
 * one run dry while a busy tab hears of it.
 */
const LOW_WATER_MS = 20;
const LOW_WATER_BYTES_MIN = 1024;
const LOW_WATER_BYTES_MAX = 64 * 1024;

/** Largest data-channel message that every browser takes when its description names no size (RFC 8841), in bytes. */
const PACKET_BYTES_ASSUMED = 64 * 1024;

export interface PeerLinkOptions {
  readonly link: LinkId;
  /** The offer to answer; null to make one. */
  readonly offerSdp: string | null;
  /** Begun ahead, to make the offer with; null to begin now. */
  readonly call: Call | null;
  readonly iceServers: readonly RTCIceServer[];
  readonly report: (fact: TransportFact) => void;
  /** Our offer or answer, with all candidates in it. */
  readonly onSdp: (sdp: string) => void;
  /** It failed before `onSdp`. */
  readonly onRefused: (error: Error) => void;
  /** It is over, for whatever reason. */
  readonly onEnd: () => void;
}

export class PeerLink {
  readonly #options: PeerLinkOptions;
  readonly #peer: SimplePeer;
  readonly #stream: MessageStream;
  readonly #timeout: ReturnType<typeof setTimeout>;
  #state: 'describing' | 'connecting' | 'open' | 'ended' = 'describing';
  #channel: RTCDataChannel | null = null;
  #endRouteWatch = (): void => undefined;
  #packetBytesMax = PACKET_BYTES_ASSUMED;
  /** When the first of the blocks that are not reported as sent yet was handed over. */
  #blocksSince = 0;
  /** Whether the browser was given the other side's description. */
  #isDescribed: boolean;

  /** Throws where there is no WebRTC. */
  constructor(options: PeerLinkOptions) {
    this.#options = options;
    this.#isDescribed = options.offerSdp !== null;
    const { link, call, report } = options;
    this.#stream = new MessageStream({
      link,
      report,
      deliver: (parts) => this.#deliver(parts),
      later: (work) => queueMicrotask(work),
    });
    this.#peer = call?.peer ?? beginPeer(options.offerSdp === null, options.iceServers);
    this.#peer
      .on('signal', ({ sdp }) => this.#described(sdp))
      .on('connect', () => this.#open())
      .on('error', (error) => this.#fail(reasonOf(error.code, this.#state === 'open')))
      .on('close', () => this.#fail('The neighbour closed the connection.'));
    this.#timeout = setTimeout(() => this.#fail('No connection came about in 25 seconds.'), CONNECT_TIMEOUT_MS);
    if (options.offerSdp === null) {
      this.#adopt(this.#peer._channel);
      if (call?.sdp) this.#described(call.sdp);
    } else {
      // After simple-peer's own handler, which was there first.
      this.#peer._pc?.addEventListener('datachannel', () => this.#adopt(this.#peer._channel), { once: true });
      this.#peer.signal({ type: 'offer', sdp: options.offerSdp });
    }
  }

  /** Takes the first answer to our offer; a second one would make the browser give the connection up. */
  complete(answerSdp: string): void {
    if (this.#state !== 'connecting' || this.#isDescribed) return;
    this.#isDescribed = true;
    this.#peer.signal({ type: 'answer', sdp: answerSdp });
  }

  send(message: PeerMessage): void {
    if (this.#state !== 'open') return;
    if (this.#stream.unreportedBytes === 0) this.#blocksSince = performance.now();
    this.#stream.send(message);
  }

  /** Ends it without a word. */
  close(): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    clearTimeout(this.#timeout);
    this.#stream.end();
    this.#endRouteWatch();
    this.#channel?.removeEventListener('message', this.#onMessage);
    this.#channel?.removeEventListener('bufferedamountlow', this.#onBufferLow);
    this.#channel = null;
    endPeer(this.#peer);
    this.#options.onEnd();
  }

  #described(sdp: string | undefined): void {
    if (this.#state !== 'describing' || sdp === undefined) return;
    this.#state = 'connecting';
    this.#options.onSdp(sdp);
  }

  /** Takes over what the channel carries, past simple-peer's stream, which is up to five times slower. */
  #adopt(channel: RTCDataChannel | null): void {
    if (channel === null) return;
    this.#channel = channel;
    channel.bufferedAmountLowThreshold = LOW_WATER_BYTES_MIN;
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- simple-peer's handler must go, or its stream fills up
    channel.onmessage = null;
    channel.onbufferedamountlow = null;
    channel.addEventListener('message', this.#onMessage);
    channel.addEventListener('bufferedamountlow', this.#onBufferLow);
    // A neighbour that opens a second channel would make simple-peer forget this one.
    if (this.#peer._pc) this.#peer._pc.ondatachannel = null;
  }

  readonly #onMessage = ({ data }: MessageEvent<unknown>): void => {
    // Data may come before simple-peer has found out over which route it connected.
    this.#open();
    if (data instanceof ArrayBuffer) this.#stream.receive(new Uint8Array(data));
    else this.#stream.refuse('The neighbour sent text.');
  };

  readonly #onBufferLow = ({ target }: Event): void => {
    const rate = this.#stream.unreportedBytes / Math.max(1, performance.now() - this.#blocksSince);
    const lowWater = Math.max(LOW_WATER_BYTES_MIN, Math.min(LOW_WATER_BYTES_MAX, rate * LOW_WATER_MS));
    if (target instanceof RTCDataChannel) target.bufferedAmountLowThreshold = lowWater;
    this.#stream.reportSent();
  };

  #open(): void {
    if (this.#state !== 'connecting') return;
    this.#state = 'open';
    clearTimeout(this.#timeout);
    // 0 would mean "any size" (RFC 8841).
    this.#packetBytesMax = this.#peer._pc?.sctp?.maxMessageSize || PACKET_BYTES_ASSUMED;
    const { link, report } = this.#options;
    report({ kind: 'link-opened', link });
    const onRoute = (isRelayed: boolean): void =>
      report({ kind: 'link-routed', link, route: isRelayed ? 'relayed' : 'direct' });
    if (this.#peer._pc) this.#endRouteWatch = watchRoute(this.#peer._pc, onRoute);
  }

  #deliver(parts: readonly Uint8Array[]): void {
    const channel = this.#channel;
    // A channel that is closing reports its end by itself.
    if (channel === null || channel.readyState !== 'open') return;
    try {
      for (const packet of packets(parts, this.#packetBytesMax)) channel.send(packet);
    } catch {
      this.#fail('The connection takes no more data.');
      return;
    }
    if (channel.bufferedAmount <= channel.bufferedAmountLowThreshold) this.#stream.reportSent();
  }

  #fail(reason: string): void {
    if (this.#state === 'ended') return;
    const wasDescribing = this.#state === 'describing';
    const { link, report, onRefused } = this.#options;
    this.close();
    if (wasDescribing) onRefused(new Error(reason));
    else report({ kind: 'link-closed', link, reason });
  }
}

/** simple-peer's error codes in plain words. A data-channel error is how browsers tell that the other side hung up. */
function reasonOf(code: string | undefined, wasOpen: boolean): string {
  if (code === 'ERR_WEBRTC_SUPPORT') return 'This browser has no WebRTC.';
  if (code === 'ERR_PC_CONSTRUCTOR') return 'This browser makes no more connections for now.';
  if (code === 'ERR_SET_REMOTE_DESCRIPTION') return 'The session description of the neighbour is unusable.';
  if (code === 'ERR_DATA_CHANNEL') return 'The neighbour closed the connection.';
  return wasOpen ? 'The connection to the neighbour was lost.' : 'No network path leads to the neighbour.';
}

/** What one peer sent and received, counted at the line and not by the engine. */
import type { PeerMessage } from '../wire/peer-message.ts';

/** What all peers of a world sent together. */
export interface TrafficTotal {
  /** Content that reached the other end, in bytes. */
  blockBytes: number;
}

export interface Traffic {
  readonly total: TrafficTotal;
  /** Content that reached the other end, in bytes; what came twice counts twice. */
  sentBlockBytes: number;
  receivedBlockBytes: number;
  /** Everything else that was sent, in bytes: small messages, and the headers of blocks. */
  controlBytes: number;
  /** How often each kind of message was sent. */
  readonly sentMessages: Map<PeerMessage['kind'] | 'malformed', number>;
}

export const newTraffic = (total: TrafficTotal): Traffic => ({
  total,
  sentBlockBytes: 0,
  receivedBlockBytes: 0,
  controlBytes: 0,
  sentMessages: new Map(),
});

/** Counts a message that goes out, with its bytes beside content. */
export function countControl(traffic: Traffic, kind: PeerMessage['kind'] | 'malformed', bytes: number): void {
  traffic.controlBytes += bytes;
  traffic.sentMessages.set(kind, (traffic.sentMessages.get(kind) ?? 0) + 1);
}

/** Counts content that arrived. */
export function countBlock(sender: Traffic, receiver: Traffic, bytes: number): void {
  sender.sentBlockBytes += bytes;
  receiver.receivedBlockBytes += bytes;
  sender.total.blockBytes += bytes;
}

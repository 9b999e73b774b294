/** What one peer sent and received, counted at the line and not by the engine. */
import type { PeerMessage } from '../wire/peer-message.ts';

export interface Traffic {
  /** Content that reached the other end, in bytes; what came twice counts twice. */
  sentBlockBytes: number;
  receivedBlockBytes: number;
  /** Everything else that was sent, in bytes: small messages, and the headers of blocks. */
  controlBytes: number;
  /** How often each kind of message was sent. */
  readonly sentMessages: Map<PeerMessage['kind'] | 'malformed', number>;
}

export const newTraffic = (): Traffic => ({
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

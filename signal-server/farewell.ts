/** How the server ends a socket: why, as a message and as a close code, and when to come back. */
import type { Millis } from '../shared/base/time.ts';
import { retryText } from '../shared/wire/signal-retry.ts';
import { encodeFrame } from './frame-codec.ts';
import type { WebSocketEnd } from './web-socket.ts';

/** By RFC 6455, 7.4.1, and the registry of IANA that it founds. */
export const CLOSE_CODES = { policyViolation: 1008, messageTooBig: 1009, serviceRestart: 1012, tryAgainLater: 1013 };

export interface Farewell {
  readonly code: number;
  /** Told as a `failure reason` before the socket closes; null when nobody did anything wrong. */
  readonly reason: string | null;
  /** When to come back, from now; null when the client knows best. */
  readonly retryIn: Millis | null;
}

/** Says it and closes. */
export function bidFarewell(socket: WebSocketEnd, { code, reason, retryIn }: Farewell): void {
  if (reason !== null) {
    socket.send(encodeFrame({ kind: 'refused', action: 'announce', infoHash: null, reason, offerId: null }));
  }
  socket.close(code, retryIn === null ? '' : retryText(retryIn));
}

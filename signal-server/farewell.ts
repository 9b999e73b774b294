/** How the server ends a socket: why, as a message and as a close code, when to come back, and then without much patience. */
import type { WebSocket } from 'ws';

import { type Millis, seconds } from '../shared/base/time.ts';
import { encodeServerMessage } from '../shared/wire/signal-codec.ts';
import { retryText } from '../shared/wire/signal-retry.ts';

/** By RFC 6455, 7.4.1, and the registry of IANA that it founds. */
export const CLOSE_CODES = { policyViolation: 1008, messageTooBig: 1009, serviceRestart: 1012, tryAgainLater: 1013 };

export interface Farewell {
  readonly code: number;
  /** Told as a `failure reason` before the socket closes; null when nobody did anything wrong. */
  readonly reason: string | null;
  /** When to come back, from now; null when the client knows best. */
  readonly retryIn: Millis | null;
}

/** How long a client may take to say goodbye. Until then it can still send, and is no longer counted. */
const GOODBYE_MAX_MS = seconds(1);

/** Says it and closes. What the client sends meanwhile is the caller's to ignore. */
export function bidFarewell(socket: WebSocket, { code, reason, retryIn }: Farewell): void {
  if (reason !== null && socket.readyState === socket.OPEN) {
    const refusal = { kind: 'refused', action: 'announce', infoHash: null, reason, offerId: null } as const;
    socket.send(encodeServerMessage(refusal));
  }
  socket.close(code, retryIn === null ? '' : retryText(retryIn));
  const patience = setTimeout(() => socket.terminate(), GOODBYE_MAX_MS);
  socket.once('close', () => clearTimeout(patience));
}

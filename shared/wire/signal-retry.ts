/** When to come back, as a server that closes a socket says it: the text of the close frame (RFC 6455, 5.5.1). */
import { type Millis, minutes } from '../base/time.ts';

const RETRY_TEXT = /^retry in (\d{1,6}(?:\.\d{1,3})?)$/;

/** Nobody waits longer, whatever a server says. */
const RETRY_MAX_MS = minutes(5);

/** `retry in <seconds>`, to the millisecond. */
export const retryText = (retryIn: Millis): string => `retry in ${Math.round(retryIn) / 1000}`;

/** How long to wait; null for a text that says something else. */
export function readRetryText(text: string): Millis | null {
  const seconds = RETRY_TEXT.exec(text)?.[1];
  return seconds === undefined ? null : Math.min(Number(seconds) * 1000, RETRY_MAX_MS);
}

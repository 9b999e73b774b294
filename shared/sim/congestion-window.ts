/**
 * How much one flow may have under way: the congestion window of SCTP, as data channels show it in measurement.
 *
 * It begins with 10 packets of 1,191 bytes and grows by one packet a round trip (RFC 9260, 7.2.2, congestion avoidance; measured
 * in Chromium: 0.12 MB/s each second at a round trip of 100 ms), and only while it is what holds the sender back. A loss, or
 * too long a queue before the receiver, halves it, once per round trip (7.2.3).
 */

/** Payload of one packet, in bytes: dcSCTP's MTU. */
export const PACKET_BYTES = 1191;

const WINDOW_PACKETS_FIRST = 10;
/** RFC 9260, 7.2.3: never below four packets. */
const WINDOW_PACKETS_MIN = 4;
/** The receiver's buffer in Chromium, in bytes. */
const WINDOW_BYTES_MAX = 5 * 1024 * 1024;

export class CongestionWindow {
  #bytes = WINDOW_PACKETS_FIRST * PACKET_BYTES;
  #inFlight = 0;
  /** Stream offset up to which the sender was held back by the window: acknowledgements up to here let it grow. */
  #limitedUpTo = 0;
  /** Stream offset up to which trouble was answered already. */
  #recoveredUpTo = 0;

  /** Size of the window, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Bytes that may still be sent; negative after the window shrank. */
  get free(): number {
    return this.#bytes - this.#inFlight;
  }

  /** `bytes` are under way now. */
  send(bytes: number): void {
    this.#inFlight += bytes;
  }

  /** The sender had more to send after stream offset `end`, and was not let. */
  limit(end: number): void {
    this.#limitedUpTo = end;
  }

  /** `bytes` that end at stream offset `end` have arrived. */
  acknowledge(bytes: number, end: number): void {
    this.#inFlight -= bytes;
    if (end > this.#limitedUpTo || end <= this.#recoveredUpTo) return;
    this.#bytes = Math.min(WINDOW_BYTES_MAX, this.#bytes + (PACKET_BYTES * bytes) / this.#bytes);
  }

  /** Bytes that end at `end` were lost or late, when everything up to `sentEnd` had been sent. */
  shrink(end: number, sentEnd: number): void {
    if (end <= this.#recoveredUpTo) return;
    this.#recoveredUpTo = sentEnd;
    this.#bytes = Math.max(WINDOW_PACKETS_MIN * PACKET_BYTES, this.#bytes / 2);
  }
}

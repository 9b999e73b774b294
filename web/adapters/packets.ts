/** How encoded messages are laid into data-channel messages. The receiver reads a byte stream, so borders mean nothing to it. */
import { concatBytes } from '../../shared/base/bytes.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Messages below this are copied together, in bytes: a copy of some kilobytes costs less than one more channel message. */
const SMALL_BYTES = 4 * 1024;

/** The bytes of `messages` in order, as packets of at most `packetBytesMax`; small neighbours share one, large ones are split. */
export function* packets(messages: readonly Bytes[], packetBytesMax: number): Generator<Bytes> {
  let small: Bytes[] = [];
  let smallBytes = 0;
  for (const message of messages) {
    const isSmall = message.byteLength < Math.min(SMALL_BYTES, packetBytesMax);
    if (smallBytes > 0 && (!isSmall || smallBytes + message.byteLength > packetBytesMax)) {
      yield joined(small);
      small = [];
      smallBytes = 0;
    }
    if (isSmall) {
      small.push(message);
      smallBytes += message.byteLength;
    } else yield* split(message, packetBytesMax);
  }
  if (smallBytes > 0) yield joined(small);
}

const joined = (parts: readonly Bytes[]): Bytes => (parts.length === 1 ? parts[0] : concatBytes(parts));

function* split(message: Bytes, packetBytesMax: number): Generator<Bytes> {
  for (let offset = 0; offset < message.byteLength; offset += packetBytesMax) {
    yield message.subarray(offset, offset + packetBytesMax);
  }
}

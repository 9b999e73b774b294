/** Bytes after a handshake that are WebSocket frames, nearly: what RFC 6455 allows, and each way to break it. From a seed. */
import { type Random, randomBelow, randomBytes, randomPick } from '../../shared/base/random.ts';

/** Frames of one stream, at most. */
const FRAMES_MAX = 8;

/** Codes that may be sent, that may not, and that lie at the borders between them. */
const CLOSE_CODES = [0, 999, 1000, 1001, 1004, 1005, 1006, 1007, 1014, 1015, 2999, 3000, 4999, 5000, 65_535];

/** Payloads around the borders between the forms of a length, and around the bound of a message. */
export const MESSAGE_BYTES_MAX = 1000;
const LENGTHS = [0, 1, 2, 125, 126, 127, 400, MESSAGE_BYTES_MAX, MESSAGE_BYTES_MAX + 1];

/** Text that is UTF-8, and that is not: a character cut off, one that is too long, half a pair, one beyond the last. */
const TEXTS = ['616263', 'c3a9', 'e29c93', 'f09f9880', 'c3', 'c0af', 'eda080', 'f4908080', '80', 'ff'];

const OPCODES = [0, 1, 2, 8, 9, 10] as const;

interface Frame {
  readonly first: number;
  readonly payload: Buffer;
  readonly isMasked: boolean;
  /** Bytes that the length takes besides the second byte; not always the fewest. */
  readonly lengthBytes: 0 | 2 | 8;
  /** What the length says; not always how much follows. */
  readonly length: number;
}

/** The next stream, in the pieces that it comes in. It may end anywhere. */
export function makeStream(random: Random): Buffer[] {
  const frames = Array.from({ length: 1 + randomBelow(random, FRAMES_MAX) }, () => write(makeFrame(random), random));
  const whole = Buffer.concat(frames);
  const bytes = randomBelow(random, 4) === 0 ? whole.subarray(0, randomBelow(random, whole.length)) : whole;
  const pieces: Buffer[] = [];
  for (let begin = 0; begin < bytes.length;) {
    const end = begin + 1 + randomBelow(random, randomPick(random, [1, 10, 2000]));
    pieces.push(bytes.subarray(begin, end));
    begin = end;
  }
  return pieces;
}

function makeFrame(random: Random): Frame {
  const isOdd = (share: number): boolean => randomBelow(random, share) === 0;
  const opcode = isOdd(40) ? randomBelow(random, 16) : randomPick(random, OPCODES);
  const isFinal = opcode >= 8 ? !isOdd(30) : !isOdd(2);
  const reserved = isOdd(40) ? randomBelow(random, 8) << 4 : 0;
  const payload = makePayload(random, opcode);
  const least = payload.length > 125 ? 2 : 0;
  const lengthBytes = isOdd(20) ? 8 : isOdd(20) ? 2 : least;
  const length = isOdd(60) ? randomPick(random, [2 ** 31, 2 ** 52, 2 ** 53, 2 ** 63]) : payload.length;
  return {
    first: (isFinal ? 0x80 : 0) | reserved | opcode,
    payload,
    isMasked: !isOdd(40),
    lengthBytes: length > payload.length ? 8 : lengthBytes,
    length,
  };
}

function makePayload(random: Random, opcode: number): Buffer {
  if (opcode === 8 && randomBelow(random, 4) > 0) {
    const code = Buffer.alloc(2);
    code.writeUInt16BE(randomPick(random, CLOSE_CODES));
    return Buffer.concat([code, Buffer.from(randomPick(random, TEXTS), 'hex')]);
  }
  if (randomBelow(random, 2) === 0) return Buffer.from(randomPick(random, TEXTS), 'hex');
  return Buffer.alloc(randomPick(random, opcode >= 8 ? LENGTHS.slice(0, 5) : LENGTHS), 'x');
}

function write({ first, payload, isMasked, lengthBytes, length }: Frame, random: Random): Buffer {
  const head = Buffer.alloc(2 + lengthBytes);
  head[0] = first;
  head[1] = (isMasked ? 0x80 : 0) | (lengthBytes === 8 ? 127 : lengthBytes === 2 ? 126 : length);
  if (lengthBytes === 2) head.writeUInt16BE(length, 2);
  if (lengthBytes === 8) head.writeBigUInt64BE(BigInt(length), 2);
  if (!isMasked) return Buffer.concat([head, payload]);
  const mask = randomBytes(random, 4);
  return Buffer.concat([head, mask, payload.map((byte, index) => byte ^ mask[index % 4])]);
}

/**
 * WebSocket frames (RFC 6455, section 5): those of a client out of the bytes that came, and ours as text to be written. No
 * extension is spoken, so that no frame is compressed. Pure: bytes in, calls out.
 */
import { isUtf8 } from 'node:buffer';

import { GrowingBuffer } from './growing-buffer.ts';

/** What came, in its order. After `onBroken` nothing more is called. */
export interface FrameHandler {
  /** A whole message of text, in UTF-8. Its bytes may be written over, and are gone after the call. */
  readonly onText: (utf8: Buffer) => void;
  readonly onBinary: () => void;
  readonly onPing: (payload: Buffer) => void;
  readonly onPong: () => void;
  /** `code` is null where the client gave none. */
  readonly onClose: (code: number | null) => void;
  /** Bytes that are no frames, or too many; `code` is what to close with. */
  readonly onBroken: (code: BrokenCode) => void;
}

/** Close codes of RFC 6455, 7.4.1: a protocol error, text that is no UTF-8, a message too big. */
export type BrokenCode = 1002 | 1007 | 1009;

const OPCODES = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** Opcodes from here on are control frames, which stand whole between the parts of a message. */
const CONTROL = 8;

const CONTROL_BYTES_MAX = 125;

/** Lengths that say that the length follows, in two bytes or in eight. */
const [LENGTH_16, LENGTH_64] = [126, 127];

const MASK_BYTES = 4;

/** Frames of one client. What is not whole yet is kept, and nothing else. */
export class FrameReader {
  readonly #bytesMax: number;
  /** The beginning of a frame; null between frames. */
  #rest: GrowingBuffer | null = null;
  /** The parts of a message that is not whole yet; null between messages. */
  #parts: GrowingBuffer | null = null;
  #partsAreText = false;
  #isBroken = false;

  /** A message longer than `bytesMax` is broken. */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** Takes the next bytes; they may be written over. */
  push(chunk: Buffer, handler: FrameHandler): void {
    if (this.#isBroken) return;
    const bytes = this.#rest === null ? chunk : this.#rest.append(chunk);
    const read = this.#readFrames(bytes, handler);
    if (read === bytes.length) this.#rest = null;
    else if (read > 0 || this.#rest === null) this.#rest = new GrowingBuffer(bytes.subarray(read));
  }

  /** How many bytes were whole frames. */
  #readFrames(bytes: Buffer, handler: FrameHandler): number {
    let at = 0;
    while (!this.#isBroken && bytes.length - at >= 2) {
      const end = this.#readFrame(bytes, at, handler);
      if (end === null) break;
      at = end;
    }
    return this.#isBroken ? bytes.length : at;
  }

  /** Where the frame at `at` ends; null when it is not all there. */
  #readFrame(bytes: Buffer, at: number, handler: FrameHandler): number | null {
    const [first, second] = [bytes[at], bytes[at + 1]];
    const opcode = first & 0x0f;
    const isFinal = (first & 0x80) !== 0;
    const shortLength = second & 0x7f;
    // Reserved bits belong to extensions, and clients must mask.
    const isMalformed = (first & 0x70) !== 0 || (second & 0x80) === 0 || !this.#isExpected(opcode, isFinal);
    if (isMalformed || !isControlLength(opcode, shortLength)) return this.#break(1002, handler);
    const lengthBytes = shortLength === LENGTH_64 ? 8 : shortLength === LENGTH_16 ? 2 : 0;
    const begin = at + 2 + lengthBytes + MASK_BYTES;
    if (bytes.length < begin - MASK_BYTES) return null;
    const length = lengthBytes === 0 ? shortLength : lengthAt(bytes, at + 2, lengthBytes);
    const lengthBefore = opcode < CONTROL ? (this.#parts?.length ?? 0) : 0;
    if (lengthBefore + length > this.#bytesMax) return this.#break(1009, handler);
    const end = begin + length;
    if (bytes.length < end) return null;
    const payload = bytes.subarray(begin, end);
    unmask(payload, bytes.readInt32LE(begin - MASK_BYTES));
    if (opcode >= CONTROL) this.#onControl(opcode, payload, handler);
    else this.#onPart(payload, { opcode, isFinal }, handler);
    return end;
  }

  #isExpected(opcode: number, isFinal: boolean): boolean {
    switch (opcode) {
      case OPCODES.text:
      case OPCODES.binary:
        return this.#parts === null;
      case OPCODES.continuation:
        return this.#parts !== null;
      default:
        return opcode >= OPCODES.close && opcode <= OPCODES.pong && isFinal;
    }
  }

  #onControl(opcode: number, payload: Buffer, handler: FrameHandler): void {
    if (opcode === OPCODES.ping) handler.onPing(payload);
    else if (opcode === OPCODES.pong) handler.onPong();
    else if (payload.length === 0) handler.onClose(null);
    else if (!isCloseCode(payload.readUInt16BE(0))) this.#break(1002, handler);
    else if (!isUtf8(payload.subarray(2))) this.#break(1007, handler);
    else handler.onClose(payload.readUInt16BE(0));
  }

  #onPart(
    part: Buffer,
    { opcode, isFinal }: { readonly opcode: number; readonly isFinal: boolean },
    handler: FrameHandler,
  ): void {
    if (opcode !== OPCODES.continuation) this.#partsAreText = opcode === OPCODES.text;
    if (isFinal) {
      const whole = this.#parts === null ? part : this.#parts.append(part);
      this.#parts = null;
      this.#onMessage(whole, handler);
    } else if (this.#parts === null) {
      this.#parts = new GrowingBuffer(part);
    } else {
      this.#parts.append(part);
    }
  }

  #onMessage(message: Buffer, handler: FrameHandler): void {
    if (!this.#partsAreText) handler.onBinary();
    else if (isUtf8(message)) handler.onText(message);
    else this.#break(1007, handler);
  }

  #break(code: BrokenCode, handler: FrameHandler): null {
    this.#isBroken = true;
    this.#rest = null;
    this.#parts = null;
    handler.onBroken(code);
    return null;
  }
}

/** The head of a text message's frame; its characters, and those of the message behind it, are bytes. */
export function textHead(length: number): string {
  return frameHead(OPCODES.text, length);
}

export const pingFrame: string = frameHead(OPCODES.ping, 0);

/** The answer to a ping says what that said. */
export function pongFrame(payload: Buffer): string {
  return frameHead(OPCODES.pong, payload.length) + payload.toString('latin1');
}

/** `reason` has at most 123 characters below U+0080; there is no place for it without a code. */
export function closeFrame(code: number | null, reason: string): string {
  if (code === null) return frameHead(OPCODES.close, 0);
  return frameHead(OPCODES.close, 2 + reason.length) + char(code >> 8) + char(code) + reason;
}

function frameHead(opcode: number, length: number): string {
  const first = char(0x80 | opcode);
  if (length < LENGTH_16) return first + char(length);
  if (length < 0x1_0000) return first + String.fromCharCode(LENGTH_16, length >> 8, length & 0xff);
  const tail = [24, 16, 8, 0].map((shift) => char(length >>> shift)).join('');
  return `${first}${char(LENGTH_64)}\0\0\0\0${tail}`;
}

function char(code: number): string {
  return String.fromCharCode(code & 0xff);
}

/** Whether a frame may be so long, if it is a control frame: a close has no reason without a code of two bytes. */
function isControlLength(opcode: number, length: number): boolean {
  return opcode < CONTROL || (length <= CONTROL_BYTES_MAX && (opcode !== OPCODES.close || length !== 1));
}

/** More than any bound, when the upper half is used: such a message is refused, so the figure need not be exact. */
function lengthAt(bytes: Buffer, at: number, size: 2 | 8): number {
  return size === 2 ? bytes.readUInt16BE(at) : bytes.readUInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);
}

/** Codes that may be sent: RFC 6455, 7.4, and the registry of IANA. */
function isCloseCode(code: number): boolean {
  const isRegistered = code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006;
  return isRegistered || (code >= 3000 && code <= 4999);
}

/** Turns the client's mask off in place (RFC 6455, 5.3), four bytes at a time where they stand at a multiple of four. */
function unmask(payload: Buffer, mask: number): void {
  const words = payload.byteOffset % 4 === 0 ? payload.length >> 2 : 0;
  if (words > 0) {
    const view = new Int32Array(payload.buffer, payload.byteOffset, words);
    for (let index = 0; index < words; index += 1) view[index] ^= mask;
  }
  for (let index = 4 * words; index < payload.length; index += 1) payload[index] ^= mask >> (8 * (index & 3));
}

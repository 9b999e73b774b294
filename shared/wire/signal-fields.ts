/** The fields of a signalling frame, read one by one: a field that breaks its rule reads as null. */
import type { Brand } from '../base/brand.ts';
import { HEX_OF_BYTE, byteAt } from '../base/bytes.ts';
import { type InfoHash, type PeerId, ID_BYTES } from './ids.ts';
import { SDP_CHARS_MAX, SIGNAL_FRAME_BYTES_MAX } from './limits.ts';
import type { OfferId } from './signal-message.ts';

/** A JSON object whose fields nobody has looked at yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** An id as the wire has it: 20 characters U+0000 … U+00FF, each one byte (bittorrent-tracker's "binary" strings). */
export type BinaryId = Brand<string, 'BinaryId'>;

/** An SDP with its type, as browsers' RTCSessionDescription has it. */
export interface SessionDescription {
  readonly type: 'offer' | 'answer';
  readonly sdp: string;
}

/** The JSON object that `text` is; null when it is too long, no JSON, or another kind of value. */
export function readFrame(text: string): Fields | null {
  if (text.length > SIGNAL_FRAME_BYTES_MAX) return null;
  try {
    return readObject(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The object that `value` is. */
export function readObject(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** The list that `value` is, cut off after `countMax` elements. */
export function readList(value: unknown, countMax: number): readonly unknown[] | null {
  return Array.isArray(value) ? (value as readonly unknown[]).slice(0, countMax) : null;
}

/** A count: a whole number from 0 to what JavaScript holds exactly. Fractions are cut off; NaN came as JSON's null. */
export function readCount(value: unknown): number | null {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return null;
  return Math.min(Math.floor(Math.abs(value)), Number.MAX_SAFE_INTEGER);
}

export function readInfoHash(value: unknown): InfoHash | null {
  return readKnown(value) as InfoHash | null;
}

export function readPeerId(value: unknown): PeerId | null {
  return readKnown(value) as PeerId | null;
}

export function readOfferId(value: unknown): OfferId | null {
  return readId(value) as OfferId | null;
}

/** The SDP of a session description of this type, 1 … SDP_CHARS_MAX characters. */
export function readSdp(value: unknown, type: SessionDescription['type']): string | null {
  const description = readObject(value);
  if (description === null || description.type !== type || typeof description.sdp !== 'string') return null;
  return description.sdp.length > 0 && description.sdp.length <= SDP_CHARS_MAX ? description.sdp : null;
}

/** A text of 1 … `charsMax` characters. */
export function readText(value: unknown, charsMax: number): string | null {
  return typeof value === 'string' && value.length > 0 && value.length <= charsMax ? value : null;
}

/** `id` as the wire has it. */
export function binaryId(id: InfoHash | PeerId): BinaryId {
  return knownBinary.get(id) ?? know(knownBinary, id, writeId(id));
}

/** The same for what is said once and never again. */
export function binaryOfferId(id: OfferId): BinaryId {
  return writeId(id);
}

/** `id` as a JSON text in ASCII, quotes included: what `binaryId` is in a frame that is put together from texts. */
export function idText(id: InfoHash | PeerId): string {
  return knownText.get(id) ?? know(knownText, id, writeText(id));
}

/** The same for what is said once and never again. */
export function offerIdText(id: OfferId): string {
  return writeText(id);
}

/**
 * Info hashes and peer ids come again with every frame, and fifty of them in a response: they are translated once, and a server
 * that holds one in many places holds one text. All of a kind are forgotten when there are too many.
 */
const KNOWN_IDS_MAX = 2 ** 16;
const knownHex = new Map<string, string>();
const knownBinary = new Map<string, BinaryId>();
const knownText = new Map<string, string>();

function know<Text extends string>(known: Map<string, Text>, from: string, to: Text): Text {
  if (known.size >= KNOWN_IDS_MAX) known.clear();
  known.set(from, to);
  return to;
}

function readKnown(value: unknown): string | null {
  const known = typeof value === 'string' ? knownHex.get(value) : undefined;
  if (known !== undefined) return known;
  const hex = readId(value);
  return hex && know(knownHex, value as BinaryId, hex);
}

/** Codes of characters on their way: a text made of them at once is one piece of memory, one made by `+=` is a chain of twenty. */
const binaryCodes = Array.from({ length: ID_BYTES }, () => 0);
const hexCodes = Array.from({ length: 2 * ID_BYTES }, () => 0);

/** For each byte the codes of its two hexadecimal digits. */
const DIGITS = HEX_OF_BYTE.map((digits) => [digits.charCodeAt(0), digits.charCodeAt(1)] as const);

function writeId(id: string): BinaryId {
  for (let index = 0; index < ID_BYTES; index += 1) binaryCodes[index] = byteAt(id, 2 * index);
  return String.fromCharCode(...binaryCodes) as BinaryId;
}

/** For each byte what stands for it in a JSON string in ASCII. */
const JSON_OF_BYTE = HEX_OF_BYTE.map((digits, byte) =>
  byte < 0x7f ? JSON.stringify(String.fromCharCode(byte)).slice(1, -1) : `\\u00${digits}`,
);

function writeText(id: string): string {
  let text = '"';
  for (let index = 0; index < ID_BYTES; index += 1) text += JSON_OF_BYTE[byteAt(id, 2 * index)];
  return inOnePiece(`${text}"`);
}

/** The same text as one piece of memory: one made by `+=` is a chain, and what is read often is read slower by that. */
function inOnePiece(text: string): string {
  return String.fromCharCode(...Array.from(text, (character) => character.charCodeAt(0)));
}

/** From text to text, without bytes between. */
function readId(value: unknown): string | null {
  if (typeof value !== 'string' || value.length !== ID_BYTES) return null;
  for (let index = 0; index < ID_BYTES; index += 1) {
    const code = value.charCodeAt(index);
    if (code > 0xff) return null;
    [hexCodes[2 * index], hexCodes[2 * index + 1]] = DIGITS[code];
  }
  return String.fromCharCode(...hexCodes);
}

/**
 * Messages with clients <-> the bytes of frames. A session description is never read here: it is what stands between the quotes of
 * a JSON string, checked to be that, and passed on as it came. It is most of what clients say, and nobody but their peers cares.
 *
 * What is said leaves in parts, one behind the other: one text of all would be made only to be copied once more.
 */
import { byteAt } from '../shared/base/bytes.ts';
import { ID_BYTES, type InfoHash, type PeerId } from '../shared/wire/ids.ts';
import { OFFERS_PER_ANNOUNCE_MAX } from '../shared/wire/limits.ts';
import {
  type MalformedRequest,
  announcedTexts,
  decodeClientFrame,
  encodeServerMessage,
} from '../shared/wire/signal-codec.ts';
import { type Fields, readFrame, readObject } from '../shared/wire/signal-fields.ts';
import type { ClientMessage, OfferId, ServerMessage } from '../shared/wire/signal-message.ts';
import type { Part } from './outbox.ts';
import { SESSION_MIDDLE, sessionBegin } from '../shared/wire/signal-session.ts';

/** What a client said in `utf8`, which must be UTF-8. Any `sdp` is as the client wrote it. */
export function decodeFrame(utf8: Buffer): ClientMessage | MalformedRequest {
  const sdps: string[] = [];
  const frame = readFrame(cutSdps(utf8, sdps));
  if (frame !== null) pasteSdps(frame, sdps);
  return decodeClientFrame(frame);
}

/** The parts of the message for a client, until the next one is encoded. Any `sdp` must be as a client wrote it. */
export function encodeFrame(message: ServerMessage): readonly Part[] {
  switch (message.kind) {
    case 'offer':
    case 'answer':
      return [
        beginOf(message),
        offerIdBytes(message.offerId),
        message.kind === 'offer' ? OFFER_MIDDLE : ANSWER_MIDDLE,
        message.sdp,
        SESSION_END,
      ];
    case 'announced':
      return announcedTexts(message);
    case 'scraped':
    case 'refused':
      return [Buffer.from(encodeServerMessage(message)).toString('latin1')];
  }
}

type Session = Extract<ServerMessage, { kind: 'offer' | 'answer' }>;

const [OFFER_MIDDLE, ANSWER_MIDDLE] = [`${SESSION_MIDDLE.offer}"`, `${SESSION_MIDDLE.answer}"`];
const SESSION_END = '"}}';

/** The beginning that was made last: the offers of one announce go out one after the other, and begin alike. */
let lastBegin: { readonly infoHash: InfoHash; readonly peerId: PeerId; readonly text: string } | null = null;

function beginOf({ infoHash, peerId }: Session): string {
  if (lastBegin?.peerId !== peerId || lastBegin.infoHash !== infoHash) {
    lastBegin = { infoHash, peerId, text: sessionBegin({ infoHash, peerId }) };
  }
  return lastBegin.text;
}

/**
 * Where a description stands. In a JSON text this can only be a name, or the end of one, and the beginning of its value: inside a
 * string the quotes would be escaped, and behind one no letter follows.
 */
const SDP_NAME = Buffer.from('"sdp":"');

/** Descriptions that are cut out of one frame; an announce brings no more, and what else there is JSON.parse can read. */
const SDPS_MAX = OFFERS_PER_ANNOUNCE_MAX;

/** Where the frame without its descriptions is put together. Grows to the longest one that came. */
let rest = Buffer.alloc(4096);

/**
 * The frame with a number in place of each description, by which it stands in `sdps`: a text that is JSON if the frame is. A client
 * that writes such a number itself names one of its own.
 */
function cutSdps(utf8: Buffer, sdps: string[]): string {
  const words = wordsOf(utf8);
  let read = 0;
  let written = 0;
  while (sdps.length < SDPS_MAX) {
    const found = utf8.indexOf(SDP_NAME, read);
    const begin = found + SDP_NAME.length;
    const end = found < 0 ? -1 : endOfString(utf8, words, begin);
    if (end < 0) break;
    const number = sdps.length;
    sdps.push(utf8.toString('latin1', begin, end));
    if (rest.length < utf8.length) rest = Buffer.alloc(utf8.length);
    written = copy(utf8, read, begin - 1, written);
    if (number >= 10) written = putDigit(Math.floor(number / 10), written);
    written = putDigit(number % 10, written);
    read = end + 1;
  }
  if (read === 0) return utf8.toString();
  written = copy(utf8, read, utf8.length, written);
  return rest.toString('utf8', 0, written);
}

/** Copies to `rest` what stands from `begin` to `end`: some dozens of bytes, for which a loop is quicker than a call. */
function copy(utf8: Buffer, begin: number, end: number, at: number): number {
  const to = rest;
  const shift = at - begin;
  for (let index = begin; index < end; index += 1) to[index + shift] = utf8[index];
  return end + shift;
}

function putDigit(digit: number, at: number): number {
  rest[at] = ZERO + digit;
  return at + 1;
}

const ZERO = 0x30;

/** Puts back what was cut out. What was not cut, since it was written in another way, is written as JSON has it. */
function pasteSdps(frame: Fields, sdps: readonly string[]): void {
  pasteSdp(frame.offer, sdps);
  pasteSdp(frame.answer, sdps);
  if (!Array.isArray(frame.offers)) return;
  const count = Math.min(frame.offers.length, OFFERS_PER_ANNOUNCE_MAX);
  for (let index = 0; index < count; index += 1) pasteSdp(readObject(frame.offers[index])?.offer, sdps);
}

function pasteSdp(value: unknown, sdps: readonly string[]): void {
  const description = readObject(value) as { sdp?: unknown } | null;
  if (description === null) return;
  const { sdp } = description;
  if (typeof sdp === 'number') description.sdp = sdps[sdp];
  else if (typeof sdp === 'string') description.sdp = Buffer.from(JSON.stringify(sdp)).toString('latin1').slice(1, -1);
}

const [QUOTE, BACKSLASH, SPACE] = [0x22, 0x5c, 0x20];

/** What may follow a backslash in a JSON string, besides `u` and four hexadecimal digits (RFC 8259, section 7). */
const ESCAPES = flags('"\\/bfnrt');
const HEX_DIGITS = flags('0123456789abcdefABCDEF');
const UNICODE = 'u'.charCodeAt(0);

function flags(characters: string): Uint8Array {
  const set = new Uint8Array(256);
  for (const character of characters) set[character.charCodeAt(0)] = 1;
  return set;
}

/** What stands for itself in a JSON string. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte >= SPACE && byte !== QUOTE && byte !== BACKSLASH),
);

/** Where the JSON string ends whose characters begin at `begin`: at its quote; -1 if it is none. */
function endOfString(utf8: Buffer, words: Int32Array, begin: number): number {
  const { length: total } = utf8;
  let at = begin;
  while (at < total) {
    const byte = utf8[at];
    if (PLAIN[byte] === 1) at = afterPlain(words, at + 1);
    else if (byte === QUOTE) return at;
    else if (byte !== BACKSLASH) return -1;
    else {
      const length = escapeLength(utf8, at + 1);
      // Also where the text ends in the middle of it.
      if (!(length > 0)) return -1;
      at += 1 + length;
    }
  }
  return -1;
}

/** Bytes of a text, four at a time; none of a text that does not begin where four can be read at once. */
function wordsOf(bytes: Buffer): Int32Array {
  const count = bytes.byteOffset % 4 === 0 ? bytes.length >> 2 : 0;
  return new Int32Array(bytes.buffer, count === 0 ? 0 : bytes.byteOffset, count);
}

/**
 * The first byte from `at` on that may not be plain: what is plain is passed over by words. A word has a byte below another one,
 * or equal to it, if a subtraction borrows from the byte's highest bit (S. E. Anderson, "Bit Twiddling Hacks").
 */
function afterPlain(words: Int32Array, at: number): number {
  if (at % 4 !== 0) return at;
  let index = at >> 2;
  for (; index < words.length; index += 1) {
    const word = words[index];
    const [quotes, backslashes] = [word ^ 0x22_22_22_22, word ^ 0x5c_5c_5c_5c];
    const below = (word - 0x20_20_20_20) & ~word;
    const equal = ((quotes - 0x01_01_01_01) & ~quotes) | ((backslashes - 0x01_01_01_01) & ~backslashes);
    if (((below | equal) & 0x80_80_80_80) !== 0) break;
  }
  return Math.max(at, index << 2);
}

/** How many bytes belong to the backslash before `at`; 0 if JSON has no such escape. */
function escapeLength(utf8: Buffer, at: number): number {
  if (utf8[at] !== UNICODE) return ESCAPES[utf8[at]];
  for (let digit = at + 1; digit <= at + 4; digit += 1) if (HEX_DIGITS[utf8[digit]] !== 1) return 0;
  return 5;
}

/** For each byte what stands for it in a JSON string: how many bytes of UTF-8, and these. */
const JSON_OF_BYTE = new Uint8Array(256 * 8);
for (let byte = 0; byte < 256; byte += 1) {
  const json = Buffer.from(JSON.stringify(String.fromCharCode(byte))).subarray(1, -1);
  JSON_OF_BYTE.set([json.length, ...json], 8 * byte);
}

/** Where an offer id is written as JSON: as long as one of which each byte is an escape of six characters. */
const idMemory = new Uint8Array(6 * ID_BYTES + 2);

/** By length, the beginnings of that. */
const idTexts = Array.from({ length: idMemory.length + 1 }, (_, length) => idMemory.subarray(0, length));

/** An offer id as a JSON string, until the next one. */
function offerIdBytes(id: OfferId): Uint8Array {
  let length = 1;
  idMemory[0] = QUOTE;
  for (let index = 0; index < ID_BYTES; index += 1) {
    const entry = 8 * byteAt(id, 2 * index);
    const end = entry + JSON_OF_BYTE[entry];
    for (let at = entry + 1; at <= end; at += 1, length += 1) idMemory[length] = JSON_OF_BYTE[at];
  }
  idMemory[length] = QUOTE;
  return idTexts[length + 1];
}

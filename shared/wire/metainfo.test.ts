/** Proves that an info dictionary says what it must, and that no other bytes pass for one. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { type Encodable, encodeBencode } from './bencode.ts';
import { METADATA_BYTES_MAX } from './limits.ts';
import { isMalformed } from './malformed.ts';
import { decodeMetainfo, encodeMetainfo, pieceCount } from './metainfo.ts';

const SEED = 20_260_104;
const KIB = 1024;

/** A good info dictionary with some entries changed, or left out where undefined. */
function infoWith(changes: Record<string, Encodable | undefined>): Uint8Array {
  const good = { length: 40 * KIB, name: 'a.txt', 'piece length': 16 * KIB, pieces: new Uint8Array(60) };
  const fields: Record<string, Encodable> = {};
  for (const [key, value] of Object.entries({ ...good, ...changes })) if (value !== undefined) fields[key] = value;
  return encodeBencode(fields);
}

test('[M1] the info dictionary has these bytes', () => {
  const pieceDigests = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRST');
  const { infoBytes } = encodeMetainfo({ name: 'ä.txt', length: 5, pieceLength: 262_144, pieceDigests });
  expect(Buffer.from(infoBytes).toString()).toBe(
    'd6:lengthi5e4:name6:ä.txt12:piece lengthi262144e6:pieces20:ABCDEFGHIJKLMNOPQRSTe',
  );
});

test('[M3] an empty file is a file, without pieces', () => {
  const empty = encodeMetainfo({ name: 'empty', length: 0, pieceLength: 262_144, pieceDigests: new Uint8Array(0) });
  expect(decodeMetainfo(empty.infoBytes)).toEqual(empty);
});

test.each([
  ['folder', { files: [], length: undefined }],
  ['version 2', { 'file tree': {}, pieces: undefined }],
  ['length', { length: undefined }],
  ['length', { length: -1 }],
  ['length', { length: '5' }],
  ['pieces', { 'piece length': 0 }],
  ['pieces', { 'piece length': 16 * KIB - 1 }],
  ['pieces', { 'piece length': 64 * KIB * KIB + 1 }],
  ['too many pieces', { length: Number.MAX_SAFE_INTEGER }],
  ['digest', { pieces: new Uint8Array(40) }],
  ['digest', { pieces: new Uint8Array(61) }],
  ['digest', { pieces: 60 }],
])('[M3] refuses an info dictionary, and names the %s: %j', (word, changes) => {
  const result = decodeMetainfo(infoWith(changes));
  expect(isMalformed(result) ? result.reason : '').toContain(word);
});

test('[M3] refuses what is not one dictionary and nothing else', () => {
  for (const bytes of [new Uint8Array(0), encodeBencode([1]), Buffer.concat([infoWith({}), Buffer.from('e')])]) {
    expect(decodeMetainfo(bytes)).toMatchObject({ kind: 'malformed' });
  }
});

test('[M3] refuses an info dictionary that neighbours would not fetch for its size', () => {
  const result = decodeMetainfo(infoWith({ padding: new Uint8Array(METADATA_BYTES_MAX) }));
  expect(isMalformed(result) ? result.reason : '').toContain('too large');
});

test('[M3] the name in UTF-8 is preferred, and a harmful or missing one replaced', () => {
  expect(decodeMetainfo(infoWith({ 'name.utf-8': 'β.txt' }))).toMatchObject({ name: 'β.txt' });
  expect(decodeMetainfo(infoWith({ name: '../β.txt' }))).toMatchObject({ name: '.._β.txt' });
  expect(decodeMetainfo(infoWith({ name: undefined }))).toMatchObject({ name: 'file' });
});

test('[M1] every file survives the wire', () => {
  const files = fc.record({
    name: anyText(0, 300),
    length: fc.nat(KIB * KIB),
    pieceLength: fc.integer({ min: 16 * KIB, max: 256 * KIB }),
  });
  fc.assert(
    fc.property(files, (file) => {
      const pieceDigests = new Uint8Array(20 * pieceCount(file.length, file.pieceLength)).fill(7);
      const metainfo = encodeMetainfo({ ...file, pieceDigests });
      expect(decodeMetainfo(metainfo.infoBytes)).toEqual(metainfo);
    }),
    { seed: SEED },
  );
});

test('[W5] no change of a byte makes the decoder throw', () => {
  const good = infoWith({ private: 1 });
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (index, byte, end) => {
      const bytes = Uint8Array.from(good);
      bytes[index] = byte;
      expect(decodeMetainfo(bytes.subarray(0, end))).toBeTypeOf('object');
      expect(decodeMetainfo(bytes)).toBeTypeOf('object');
    }),
    { seed: SEED, numRuns: 500 },
  );
});

/** Text of any characters, halves of characters included. */
function anyText(minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.array(fc.nat(0x10ffff), { minLength, maxLength }).map((codes) => String.fromCodePoint(...codes));
}

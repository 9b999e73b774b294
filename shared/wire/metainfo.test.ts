/** Proves that an info dictionary says what it must, and that no other bytes pass for one. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { type Encodable, encodeBencode } from './bencode.ts';
import { distinctPaths } from './distinct-paths.ts';
import { FILES_MAX, METADATA_BYTES_MAX, PATH_PARTS_MAX } from './limits.ts';
import { isMalformed } from './malformed.ts';
import { decodeMetainfo, encodeMetainfo, pieceCount } from './metainfo.ts';
import { safeFileName } from './plain-text.ts';

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
  const { infoBytes } = encodeMetainfo({
    name: 'ä.txt',
    length: 5,
    pieceLength: 262_144,
    pieceDigests,
    blockDigests: null,
  });
  expect(Buffer.from(infoBytes).toString()).toBe(
    'd6:lengthi5e4:name6:ä.txt12:piece lengthi262144e6:pieces20:ABCDEFGHIJKLMNOPQRSTe',
  );
});

test('[M9] the digests of blocks stand first in the info dictionary, or not at all', () => {
  const pieceDigests = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRST');
  const content = { name: 'a', length: 5, pieceLength: 262_144, pieceDigests };
  const rest = '6:lengthi5e4:name1:a12:piece lengthi262144e6:pieces20:ABCDEFGHIJKLMNOPQRSTe';
  const withBlocks = encodeMetainfo({ ...content, blockDigests: new TextEncoder().encode('abcdefgh') });
  expect(Buffer.from(withBlocks.infoBytes).toString()).toBe(`d6:blocks8:abcdefgh${rest}`);
  expect(Buffer.from(encodeMetainfo({ ...content, blockDigests: null }).infoBytes).toString()).toBe(`d${rest}`);
});

test('[M9] the digests of blocks are read where there are 8 bytes for each piece', () => {
  const blocks = Uint8Array.from({ length: 24 }, (_, index) => index);
  expect(decodeMetainfo(infoWith({ blocks }))).toMatchObject({ blockDigests: blocks });
});

test.each([
  ['there are none', {}],
  ['one is missing', { blocks: new Uint8Array(16) }],
  ['there is a byte too much', { blocks: new Uint8Array(25) }],
  ['another client means a number by the key', { blocks: 3 }],
  ['another client means a list by the key', { blocks: ['a'] }],
])('[M9] a torrent can be fetched without the digests of blocks when %s', (_, changes) => {
  expect(decodeMetainfo(infoWith(changes))).toMatchObject({ length: 40 * KIB, blockDigests: null });
});

test('[M9] pieces of more than 32 blocks are not passed on before they are whole', () => {
  const blockDigestsOf = (pieceLength: number): unknown =>
    decodeMetainfo(
      infoWith({ 'piece length': pieceLength, pieces: new Uint8Array(20), blocks: new Uint8Array(8).fill(1) }),
    );
  expect(blockDigestsOf(512 * KIB)).toMatchObject({ blockDigests: new Uint8Array(8).fill(1) });
  expect(blockDigestsOf(512 * KIB + 1)).toMatchObject({ blockDigests: null });
});

test('[M8] the info dictionary of a folder has these bytes', () => {
  const files = [
    { path: ['a', 'ä.txt'], length: 5 },
    { path: ['b'], length: 0 },
  ];
  const pieceDigests = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRST');
  const metainfo = encodeMetainfo({ name: 'folder', files, pieceLength: 262_144, pieceDigests, blockDigests: null });
  expect(Buffer.from(metainfo.infoBytes).toString()).toBe(
    'd5:filesld6:lengthi5e4:pathl1:a6:ä.txteed6:lengthi0e4:pathl1:beee' +
      '4:name6:folder12:piece lengthi262144e6:pieces20:ABCDEFGHIJKLMNOPQRSTe',
  );
  expect(metainfo).toMatchObject({
    isFolder: true,
    length: 5,
    files: [
      { path: ['a', 'ä.txt'], offset: 0, length: 5 },
      { path: ['b'], offset: 5, length: 0 },
    ],
  });
});

test('[M8] what only pads is no file, and yet takes its place', () => {
  const files = [
    { path: ['a'], length: 10 },
    { path: ['.pad', '16374'], length: 16_374, attr: 'p' },
    { path: ['b'], length: 10, attr: 'x' },
    { path: ['_____padding_file_0_if you see this'], length: 16_374 },
    { path: ['c'], length: 8192 },
    { path: ['link'], length: 0, attr: 'l', 'symlink path': ['a'] },
  ];
  expect(decodeMetainfo(infoWith({ files, length: undefined }))).toMatchObject({
    length: 40 * KIB,
    files: [
      { path: ['a'], offset: 0, length: 10 },
      { path: ['b'], offset: 16_384, length: 10 },
      { path: ['c'], offset: 32_768, length: 8192 },
    ],
  });
});

test('[M8] the path in UTF-8 is preferred, and no path is harmful', () => {
  const [utf8, harmful] = [
    { path: ['?'], 'path.utf-8': ['β', 'a'], length: 40 * KIB },
    { path: ['..', '..', '/etc/passwd'], length: 0 },
  ];
  expect(decodeMetainfo(infoWith({ files: [utf8, harmful], length: undefined }))).toMatchObject({
    files: [{ path: ['β', 'a'] }, { path: ['file', 'file', '_etc_passwd'] }],
  });
});

test('[M3] fields that we do not know stay in the bytes that are hashed and passed on', () => {
  const infoBytes = infoWith({ private: 1, source: 'somewhere', 'x-unknown': [{ a: 1 }], 'piece length': 16 * KIB });
  expect(decodeMetainfo(infoBytes)).toMatchObject({ infoBytes, pieceLength: 16 * KIB });
});

test('[M3] an empty file is a file, without pieces', () => {
  const empty = encodeMetainfo({
    name: 'empty',
    length: 0,
    pieceLength: 262_144,
    pieceDigests: new Uint8Array(0),
    blockDigests: new Uint8Array(0),
  });
  expect(decodeMetainfo(empty.infoBytes)).toEqual(empty);
});

test.each([
  ['no file', { files: [], length: undefined }],
  ['no file', { files: [{ length: 40 * KIB, path: ['pad'], attr: 'p' }] }],
  ['list', { files: {} }],
  ['described', { files: ['a'] }],
  ['length of a file', { files: [{ path: ['a'] }] }],
  ['length of a file', { files: [{ path: ['a'], length: -1 }] }],
  ['length of the files', { files: [0, 1].map(() => ({ path: ['a'], length: Number.MAX_SAFE_INTEGER })) }],
  ['name of a file', { files: [{ length: 40 * KIB }] }],
  ['name of a file', { files: [{ length: 40 * KIB, path: [] }] }],
  ['name of a file', { files: [{ length: 40 * KIB, path: 'a' }] }],
  ['name of a file', { files: [{ length: 40 * KIB, path: [['a']] }] }],
  ['too many folders', { files: [{ length: 40 * KIB, path: Array.from({ length: PATH_PARTS_MAX + 1 }, () => 'a') }] }],
  ['version-2', { 'file tree': {}, pieces: undefined }],
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

test('[M8] refuses more files than a page can show', () => {
  const files = Array.from({ length: FILES_MAX + 1 }, () => ({ length: 0, path: ['a'] }));
  const result = decodeMetainfo(infoWith({ files, length: undefined }));
  expect(isMalformed(result) ? result.reason : '').toBe('too-many-files');
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
    fc.property(files, fc.boolean(), (file, withBlocks) => {
      const count = pieceCount(file.length, file.pieceLength);
      const pieceDigests = new Uint8Array(20 * count).fill(7);
      const blockDigests = withBlocks ? new Uint8Array(8 * count).fill(9) : null;
      const metainfo = encodeMetainfo({ ...file, pieceDigests, blockDigests });
      expect(metainfo.blockDigests).toEqual(blockDigests);
      expect(decodeMetainfo(metainfo.infoBytes)).toEqual(metainfo);
    }),
    { seed: SEED },
  );
});

test('[M8] every folder survives the wire', () => {
  const path = fc.array(anyText(0, 20), { minLength: 1, maxLength: 4 });
  const files = fc.array(fc.record({ path, length: fc.nat(100 * KIB) }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(files, anyText(0, 30), (list, name) => {
      const length = list.reduce((sum, file) => sum + file.length, 0);
      const pieceDigests = new Uint8Array(20 * pieceCount(length, 16 * KIB)).fill(7);
      const metainfo = encodeMetainfo({ name, files: list, pieceLength: 16 * KIB, pieceDigests, blockDigests: null });
      expect(metainfo).toMatchObject({ isFolder: true, length, name: safeFileName(name) });
      expect(metainfo.files.map((file) => file.path)).toEqual(distinctPaths(list.map((file) => file.path)));
      expect(metainfo.files.map((file) => file.length)).toEqual(list.map((file) => file.length));
      expect(decodeMetainfo(metainfo.infoBytes)).toEqual(metainfo);
    }),
    { seed: SEED },
  );
});

test.each([
  ['a file', {}],
  ['a folder', { length: undefined, files: [{ path: ['a', 'b'], length: 40 * KIB }] }],
])('[W5] no change of a byte makes the decoder throw, of %s', (_, changes) => {
  const good = infoWith({ private: 1, ...changes });
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

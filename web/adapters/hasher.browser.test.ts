/** Hashing with and without the browser's own, and the description of files. */
import { afterEach, describe, expect, test, vi } from 'vitest';

import { bytesFromHex, concatBytes, hexFromBytes } from '../../shared/base/bytes.ts';
import { parseInfoHash, pieceIndex } from '../../shared/wire/ids.ts';
import { BLOCK_BYTES, PIECE_BYTES } from '../../shared/wire/limits.ts';
import { decodeMetainfo } from '../../shared/wire/metainfo.ts';
import { type Hasher, createHasher } from './hasher.ts';
import { fileChunkStore } from './file-source.ts';
import { type SharedFiles, makeMetainfo } from './metainfo-maker.ts';

afterEach(() => vi.unstubAllGlobals());

const text = (words: string): Uint8Array => new TextEncoder().encode(words);

describe.each([
  ['with crypto.subtle', createHasher],
  [
    'on a plain-http page',
    (): Hasher => {
      vi.stubGlobal('crypto', { getRandomValues: (array: Uint8Array) => array });
      return createHasher();
    },
  ],
])('%s', (_, create) => {
  test('SHA-1 is that of FIPS 180', async () => {
    const { sha1 } = create();
    expect(hexFromBytes(await sha1(text('abc')))).toBe('a9993e364706816aba3e25717850c26c9cd0d89d');
    expect(hexFromBytes(await sha1(text('')))).toBe('da39a3ee5e6b4b0d3255bfef95601890afd80709');
  });

  test('many digests at once do not mix, and parts of an array are hashed alone', async () => {
    const { sha1, pieceMatches } = create();
    const whole = Uint8Array.from({ length: 400_000 }, (_, index) => index & 0xff);
    const parts = [0, 1000, 200_000].map((start) => whole.subarray(start, start + 100_000));
    const digests = await Promise.all(parts.map((part) => sha1(part.slice())));
    const matches = await Promise.all(parts.map((part, index) => pieceMatches(part, digests[index])));
    expect(matches).toEqual([true, true, true]);
    expect(await pieceMatches(parts[0], digests[1])).toBe(false);
  });

  test('[M9] the digest of a block, and of digests, is the first 8 bytes of the SHA-1', async () => {
    const { blockDigest, blockDigestsMatch } = create();
    expect(hexFromBytes(await blockDigest(text('abc')))).toBe('a9993e364706816a');
    expect(await blockDigestsMatch(text('abc'), bytesFromHex('a9993e364706816a'))).toBe(true);
    expect(await blockDigestsMatch(text('abd'), bytesFromHex('a9993e364706816a'))).toBe(false);
    expect(await blockDigestsMatch(text('abc'), bytesFromHex('a9993e36470681'))).toBe(false);
  });

  test('an info dictionary matches its info hash, and no other', async () => {
    const { metadataMatches } = create();
    const infoHash = parseInfoHash('a9993e364706816aba3e25717850c26c9cd0d89d')!;
    expect(await metadataMatches(text('abc'), infoHash)).toBe(true);
    expect(await metadataMatches(text('abd'), infoHash)).toBe(false);
  });
});

describe('describing a file', () => {
  const hasher = createHasher();
  const signal = new AbortController().signal;
  const fileOf = (length: number, name = 'a.bin'): File =>
    new File([Uint8Array.from({ length }, (_, index) => (index * 7 + (index >> 10)) & 0xff)], name);

  const lone = (file: File): SharedFiles => ({
    name: file.name,
    isFolder: false,
    files: [{ path: [file.name], file }],
  });

  test('[M8] the pieces of several files are those of the files joined', async () => {
    const files = [fileOf(PIECE_BYTES - 3, 'a'), fileOf(0, 'b'), fileOf(5 * PIECE_BYTES, 'c')].map((file) => ({
      path: ['folder', file.name],
      file,
    }));
    const options = { hasher, signal, onProgress: () => undefined };
    const { metainfo } = await makeMetainfo({ name: 'all', isFolder: true, files }, options);
    const joined = await makeMetainfo(
      lone(
        new File(
          files.map(({ file }) => file),
          'all',
        ),
      ),
      options,
    );
    expect(hexFromBytes(metainfo.pieceDigests)).toBe(hexFromBytes(joined.metainfo.pieceDigests));
    expect(metainfo.files.map(({ path, length }) => [path.join('/'), length])).toEqual([
      ['folder/a', PIECE_BYTES - 3],
      ['folder/b', 0],
      ['folder/c', 5 * PIECE_BYTES],
    ]);
    const store = fileChunkStore(files, metainfo);
    expect(await hasher.pieceMatches((await store.get(pieceIndex(1)))!, metainfo.pieceDigests.slice(20, 40))).toBe(
      true,
    );
  });

  test('what neighbours would not fetch is refused, and the trouble is named', async () => {
    const deep = { path: Array.from({ length: 40 }, () => 'a'), file: fileOf(1) };
    const making = makeMetainfo(
      { name: 'deep', isFolder: true, files: [deep] },
      { hasher, signal, onProgress: () => undefined },
    );
    await expect(making).rejects.toThrow('folder-too-deep: deep');
  });

  test.each([0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 37 * PIECE_BYTES + 5])(
    'a file of %i bytes gets the digest of every piece',
    async (length) => {
      const file = fileOf(length, 'Übung 写真.txt');
      const { metainfo, infoHash } = await makeMetainfo(lone(file), { hasher, signal, onProgress: () => undefined });
      expect(decodeMetainfo(metainfo.infoBytes)).toEqual(metainfo);
      expect(metainfo).toMatchObject({ name: 'Übung 写真.txt', length, pieceLength: PIECE_BYTES });
      expect(await hasher.metadataMatches(metainfo.infoBytes, infoHash)).toBe(true);
      const expected: Uint8Array[] = [];
      for (let start = 0; start < length; start += PIECE_BYTES) {
        expected.push(await hasher.sha1(new Uint8Array(await file.slice(start, start + PIECE_BYTES).arrayBuffer())));
      }
      expect(hexFromBytes(metainfo.pieceDigests)).toBe(expected.map(hexFromBytes).join(''));
    },
  );

  test.each([1, BLOCK_BYTES, PIECE_BYTES, 37 * PIECE_BYTES + BLOCK_BYTES + 5])(
    '[M9] a file of %i bytes gets the digest of the blocks of every piece',
    async (length) => {
      const file = fileOf(length);
      const { metainfo } = await makeMetainfo(lone(file), { hasher, signal, onProgress: () => undefined });
      const expected: Uint8Array[] = [];
      for (let piece = 0; piece < length; piece += PIECE_BYTES) {
        const digests: Uint8Array[] = [];
        for (let start = piece; start < Math.min(piece + PIECE_BYTES, length); start += BLOCK_BYTES) {
          const end = Math.min(start + BLOCK_BYTES, length);
          digests.push((await hasher.sha1(new Uint8Array(await file.slice(start, end).arrayBuffer()))).subarray(0, 8));
        }
        expected.push((await hasher.sha1(concatBytes(digests))).subarray(0, 8));
      }
      expect(hexFromBytes(metainfo.blockDigests!)).toBe(expected.map(hexFromBytes).join(''));
    },
  );

  test('[M9] the blocks of a gigabyte are described, and those of more are not', async () => {
    const quick: Hasher = {
      ...hasher,
      sha1: async () => new Uint8Array(20),
      blockDigest: async () => new Uint8Array(8),
    };
    const buffer = new ArrayBuffer(16 * PIECE_BYTES);
    const blockDigestsOf = async (pieces: number): Promise<number | undefined> => {
      const file = new File([], 'a.bin');
      vi.spyOn(file, 'size', 'get').mockReturnValue(pieces * PIECE_BYTES);
      vi.spyOn(file, 'slice').mockImplementation((start = 0) => {
        const bytes = Math.max(0, Math.min(buffer.byteLength, pieces * PIECE_BYTES - start));
        const part = new Blob();
        vi.spyOn(part, 'arrayBuffer').mockResolvedValue(bytes === buffer.byteLength ? buffer : buffer.slice(0, bytes));
        return part;
      });
      const { metainfo } = await makeMetainfo(lone(file), { hasher: quick, signal, onProgress: () => undefined });
      return metainfo.blockDigests?.byteLength;
    };
    expect(await blockDigestsOf(4096)).toBe(4096 * 8);
    expect(await blockDigestsOf(4097)).toBeUndefined();
  });

  test('progress rises to the length', async () => {
    const progress: number[] = [];
    await makeMetainfo(lone(fileOf(9_000_000)), { hasher, signal, onProgress: (done) => progress.push(done) });
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(9_000_000);
    expect(progress.length).toBeGreaterThan(2);
  });

  test('it can be cancelled', async () => {
    const cancel = new AbortController();
    const onProgress = (): void => cancel.abort();
    const making = makeMetainfo(lone(fileOf(9_000_000)), { hasher, signal: cancel.signal, onProgress });
    await expect(making).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('a file that cannot be read is told in plain words', async () => {
    const file = fileOf(100);
    const part = new Blob();
    vi.spyOn(file, 'slice').mockReturnValue(part);
    vi.spyOn(part, 'arrayBuffer').mockRejectedValue(new DOMException('changed', 'NotReadableError'));
    await expect(makeMetainfo(lone(file), { hasher, signal, onProgress: () => undefined })).rejects.toThrow(
      'file-unreadable: a.bin',
    );
  });
});

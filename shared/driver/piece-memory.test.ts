/** Pieces on their way through memory to the disk, and back from it. */
import { expect, test } from 'vitest';
import { torrentOf } from '../engine/torrent.test-kit.ts';
import { pieceIndex } from '../wire/ids.ts';
import { BLOCK_BYTES } from '../wire/limits.ts';
import { PieceMemory } from './piece-memory.ts';
import { FakeHasher, FakeStore, settle, SHAPE, type Content } from './world.test-kit.ts';

const PIECE = pieceIndex(3);
const BLOCK: Content = { byteLength: BLOCK_BYTES };

/** A piece of 12 MiB: two of them fit the cache of 32 MiB, three do not. */
const LARGE: Content = { byteLength: 12 * 1024 * 1024 };

function memory() {
  const store = new FakeStore();
  const hasher = new FakeHasher();
  const pieces = new PieceMemory<Content>({ store, hasher, shape: SHAPE, metainfo: torrentOf({ pieces: 9 }) });
  return { store, hasher, pieces };
}

/** Memory with a piece of two blocks, the second one first. */
function started(second: Content = BLOCK) {
  const scene = memory();
  scene.pieces.keep(PIECE, BLOCK_BYTES, second);
  scene.pieces.keep(PIECE, 0, { byteLength: 7 });
  return scene;
}

test('[D1] a piece is served from memory as soon as it is checked, and not before', async () => {
  const { pieces } = started();
  expect(pieces.cached(PIECE)).toBeNull();
  expect(await pieces.check(PIECE, false)).toEqual({ isGood: true, digests: null });
  expect(pieces.cached(PIECE)).toEqual({ byteLength: BLOCK_BYTES + 7, isBad: false });
});

test('a piece is compared with its own digest', async () => {
  const { hasher, pieces } = started();
  const { pieceDigests } = torrentOf({ pieces: 9 });
  pieceDigests.fill(5, 60, 80);
  pieces.metainfo = { ...torrentOf({ pieces: 9 }), pieceDigests };
  await pieces.check(PIECE, false);
  expect(hasher.digests).toEqual([new Uint8Array(20).fill(5)]);
});

test('[B1] a piece that is not what it should be is forgotten', async () => {
  const { store, pieces } = started({ byteLength: BLOCK_BYTES, isBad: true });
  expect(await pieces.check(PIECE, false)).toEqual({ isGood: false, digests: ['good', 'bad'] });
  expect([pieces.cached(PIECE), await pieces.store(PIECE), store.chunks.size]).toEqual([null, null, 0]);
});

test('[D4] what the disk refuses stays in memory, is served, and can be stored later', async () => {
  const { store, pieces } = started();
  await pieces.check(PIECE, false);
  store.isFull = true;
  expect(await pieces.store(PIECE)).toBe('The disk is full.');
  expect(pieces.cached(PIECE)).not.toBeNull();
  store.isFull = false;
  expect(await pieces.store(PIECE)).toBeNull();
  expect([...store.chunks.keys()]).toEqual([PIECE]);
  expect(pieces.cached(PIECE)).not.toBeNull();
});

test('a piece that is dropped while it is checked leaves nothing behind, and may be begun anew meanwhile', async () => {
  const { pieces } = started();
  const verdict = pieces.check(PIECE, false);
  pieces.drop(PIECE);
  pieces.keep(PIECE, 0, BLOCK);
  expect((await verdict).isGood).toBe(true);
  expect(pieces.cached(PIECE)).toBeNull();
  expect(await pieces.check(PIECE, false)).toEqual({ isGood: true, digests: null });
  expect(pieces.cached(PIECE)?.byteLength).toBe(BLOCK_BYTES);
});

test('a piece from disk is checked again before it is served', async () => {
  const { store, hasher, pieces } = memory();
  store.chunks.set(PIECE, LARGE);
  expect(await pieces.load(PIECE)).toBe(LARGE);
  expect(hasher.digests.length).toBe(1);
  expect(pieces.cached(PIECE)).toBe(LARGE);
});

test('[D3] a piece that was damaged on disk is removed and not served, one that is gone neither', async () => {
  const { store, pieces } = memory();
  store.chunks.set(PIECE, { byteLength: 5, isBad: true });
  expect(await pieces.load(PIECE)).toBeNull();
  expect([store.chunks.size, pieces.cached(PIECE), await pieces.load(PIECE)]).toEqual([0, null, null]);
});

test('several requests for one piece are one read', async () => {
  const { store, pieces } = memory();
  store.chunks.set(PIECE, LARGE);
  const chunks = await Promise.all([pieces.load(PIECE), pieces.load(PIECE), pieces.load(PIECE)]);
  expect([chunks, store.reads]).toEqual([[LARGE, LARGE, LARGE], 1]);
  await settle();
  await pieces.load(PIECE);
  expect(store.reads).toBe(2);
});

test('the cache is bounded, and the piece that was used longest ago leaves it', async () => {
  const { store, pieces } = memory();
  const [first, second, third] = [0, 1, 2].map(pieceIndex);
  for (const piece of [first, second, third]) store.chunks.set(piece, LARGE);
  await pieces.load(first);
  await pieces.load(second);
  pieces.cached(first);
  await pieces.load(third);
  expect([first, second, third].map((piece) => pieces.cached(piece) !== null)).toEqual([true, false, true]);
});

test('pieces that are not on disk do not leave memory, whatever is read', async () => {
  const { store, pieces } = started();
  await pieces.check(PIECE, false);
  for (let index = 4; index < 9; index += 1) {
    store.chunks.set(pieceIndex(index), LARGE);
    await pieces.load(pieceIndex(index));
  }
  expect(pieces.cached(PIECE)).not.toBeNull();
});

test('[B5] where blocks are to be compared, those of a good piece are digested too', async () => {
  expect(await started().pieces.check(PIECE, true)).toEqual({ isGood: true, digests: ['good', 'good'] });
});

/** What the list "Stored on this device" says of a store, and when. */
import { expect, test, vi } from 'vitest';

import { pieceIndex } from '../../shared/wire/ids.ts';
import { type NotedStore, type NotedStoreParts, notedStore } from './noted-store.ts';
import { METAINFO } from './test-snapshot.ts';

const CHUNK = new Uint8Array(100);

const pieces = (...indices: number[]): NotedStoreParts['have'] => indices.map(pieceIndex);

function stage(changes: Partial<NotedStoreParts> = {}): { store: NotedStore; told: number[] } {
  const told: number[] = [];
  const store = notedStore({
    disk: { put: () => Promise.resolve(), get: () => Promise.resolve(null), remove: () => Promise.resolve() },
    metainfo: METAINFO,
    have: [],
    note: ({ storedBytes = 0 }) => Promise.resolve(void told.push(storedBytes)),
    ...changes,
  });
  return { store, told };
}

test('a piece is stored when the list says so, and not before', async () => {
  let allow = (): void => undefined;
  const note = vi.fn<NotedStoreParts['note']>(() => new Promise((resolve) => (allow = resolve)));
  const { store } = stage({ note });
  let isStored = false;
  const stored = store.put(pieceIndex(0), CHUNK).then(() => (isStored = true));
  await vi.waitFor(() => expect(note).toHaveBeenCalledWith({ name: 'a.bin', length: 1000, storedBytes: 100 }));
  expect(isStored).toBe(false);
  allow();
  await stored;
});

test('pieces that are stored together are noted once', async () => {
  const { store, told } = stage();
  await Promise.all(pieces(0, 1, 2).map((piece) => store.put(piece, CHUNK)));
  expect(told).toEqual([300]);
});

test('a piece counts once, with those that were there before, and no more when it is removed', async () => {
  const { store, told } = stage({ have: pieces(0, 1) });
  await store.put(pieceIndex(2), CHUNK);
  await store.put(pieceIndex(2), CHUNK);
  await store.remove(pieceIndex(0));
  expect(told).toEqual([300, 300, 200]);
});

test('the last piece counts with what it has, and the whole with the length of the file', async () => {
  const metainfo = { ...METAINFO, length: 930 };
  const { store, told } = stage({ metainfo, have: pieces(1, 2, 3, 4, 5, 6, 7, 8) });
  await store.put(pieceIndex(9), CHUNK.subarray(70));
  await store.put(pieceIndex(0), CHUNK);
  expect(told).toEqual([830, 930]);
});

test('what the pieces are of is noted as soon as it is known, and nothing before', async () => {
  const { store, told } = stage({ metainfo: null });
  await store.put(pieceIndex(0), CHUNK);
  expect(told).toEqual([]);
  store.describe(METAINFO);
  await vi.waitFor(() => expect(told).toEqual([100]));
});

test('a piece is stored also where the list cannot be written, and the next one is noted', async () => {
  const note = vi.fn<NotedStoreParts['note']>(() => Promise.resolve()).mockRejectedValueOnce(new Error('full'));
  const { store } = stage({ note });
  await store.put(pieceIndex(0), CHUNK);
  await store.put(pieceIndex(1), CHUNK);
  expect(note).toHaveBeenLastCalledWith({ name: 'a.bin', length: 1000, storedBytes: 200 });
});

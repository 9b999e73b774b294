/** The IndexedDB store against the contract, and what only it can do. */
import { createStore, keys } from 'idb-keyval';
import { afterEach, expect, test, vi } from 'vitest';

import { concatBytes, equalBytes, hexFromBytes } from '../../shared/base/bytes.ts';
import { chunkStoreContract } from '../../shared/driver/chunk-store.contract.ts';
import { pieceIndex } from '../../shared/wire/ids.ts';
import { PIECE_BYTES } from '../../shared/wire/limits.ts';
import { BATCH_BYTES, type IdbChunkStore, type StoredAs, openChunkStore } from './idb-chunk-store.ts';
import { createFollowingClock, createSteadyClock } from './steady-clock.ts';

const opened: IdbChunkStore[] = [];

async function open(
  storeId = hexFromBytes(crypto.getRandomValues(new Uint8Array(8))),
  storedAs: StoredAs = 'bytes',
): Promise<IdbChunkStore> {
  const store = await openChunkStore(storeId, { storedAs, clock: createFollowingClock() });
  opened.push(store);
  return store;
}

const chunk = (length: number, seed: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (index * 31 + seed * 17 + (index >> 8)) & 0xff);

/** The keys in the database of a store that is closed. */
async function keysOf(storeId: string): Promise<IDBValidKey[]> {
  const kv = createStore(`tabswarm-store-${storeId}`, 'chunks');
  const found = await keys(kv);
  await kv('readonly', (store) => store.transaction.db.close());
  return found;
}

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  for (const store of opened.splice(0)) await store.destroy();
});

chunkStoreContract('IndexedDB', { open, chunk, isSame: equalBytes });
chunkStoreContract('IndexedDB with blobs', { open: () => open(undefined, 'blobs'), chunk, isSame: equalBytes });

test('[D2] IndexedDB: pieces and description are there again after the store was closed', async () => {
  const before = await open('again');
  await before.writeMetainfo(Uint8Array.of(1, 2, 3));
  await Promise.all([5, 300, 0].map((piece) => before.put(pieceIndex(piece), chunk(100, piece))));
  await before.close();
  const after = await open('again');
  expect(await after.storedPieces()).toEqual([0, 5, 300]);
  expect(await after.get(pieceIndex(300))).toEqual(chunk(100, 300));
  expect(await after.readMetainfo()).toEqual(Uint8Array.of(1, 2, 3));
});

test('[D2] IndexedDB: what comes in a hidden tab of a swarm is written at once, though its timers are slowed', async () => {
  const swarm = createSteadyClock();
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  vi.stubGlobal('setTimeout', () => 0);
  const store = await open();
  await store.put(pieceIndex(3), chunk(100, 3));
  expect(await store.storedPieces()).toEqual([3]);
  swarm.stop();
});

test('[D2] IndexedDB: pieces side by side are written as runs, and found one by one after the store was closed', async () => {
  const before = await open('runs');
  const pieces = [7, 2, 0, 1, 3, 4, 9, 8];
  await Promise.all(pieces.map((piece) => before.put(pieceIndex(piece), chunk(PIECE_BYTES, piece))));
  await before.close();
  expect(await keysOf('runs')).toEqual([4, [0, 1, 2, 3], [7, 8, 9]]);
  const after = await open('runs');
  expect(await after.storedPieces()).toEqual([0, 1, 2, 3, 4, 7, 8, 9]);
  for (const piece of pieces)
    expect(equalBytes((await after.get(pieceIndex(piece)))!, chunk(PIECE_BYTES, piece))).toBe(true);
});

test('IndexedDB: one piece of a run is removed, or put again, and the others stay', async () => {
  const store = await open('changed');
  await Promise.all([0, 1, 2].map((piece) => store.put(pieceIndex(piece), chunk(100, piece))));
  await store.remove(pieceIndex(1));
  expect(await store.storedPieces()).toEqual([0, 2]);
  expect(await store.get(pieceIndex(2))).toEqual(chunk(100, 2));
  await Promise.all([0, 1].map((piece) => store.put(pieceIndex(piece), chunk(100, 5 + piece))));
  await Promise.all([1, 2].map((piece) => store.put(pieceIndex(piece), chunk(100, 5 + piece))));
  expect(await store.storedPieces()).toEqual([0, 1, 2]);
  const found = await Promise.all([0, 1, 2].map((piece) => store.get(pieceIndex(piece))));
  expect(found).toEqual([5, 6, 7].map((seed) => chunk(100, seed)));
});

test('IndexedDB: a new store has neither pieces nor description', async () => {
  const store = await open();
  expect(await store.storedPieces()).toEqual([]);
  expect(await store.readMetainfo()).toBeNull();
});

test.each(['bytes', 'blobs'] as const)(
  'IndexedDB: the whole file composes from the parts, stored as %s',
  async (as) => {
    const store = await open(undefined, as);
    const pieces = Array.from({ length: 100 }, (_, index) => index);
    await Promise.all(pieces.toReversed().map((piece) => store.put(pieceIndex(piece), chunk(10, piece))));
    const parts = await Promise.all(pieces.map((piece) => store.part(pieceIndex(piece))));
    expect(parts[0] instanceof Blob).toBe(as === 'blobs');
    const whole = new Uint8Array(await new Blob(parts).arrayBuffer());
    expect(whole).toEqual(concatBytes(pieces.map((piece) => chunk(10, piece))));
  },
);

test('IndexedDB: a part that is missing is told in plain words', async () => {
  const store = await open();
  await store.put(pieceIndex(0), chunk(10, 0));
  await expect(store.part(pieceIndex(1))).rejects.toThrow('part-missing');
});

test('IndexedDB: what is put in one go is written in one transaction', async () => {
  const store = await open();
  const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction');
  await Promise.all(Array.from({ length: 64 }, (_, piece) => store.put(pieceIndex(piece), chunk(10, piece))));
  expect(transactions).toHaveBeenCalledTimes(1);
});

test('IndexedDB: what comes while a batch is written waits for more, unless there is much of it', async () => {
  const store = await open();
  const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction');
  const put = (piece: number, bytes = 10): Promise<void> => store.put(pieceIndex(piece), new Uint8Array(bytes));
  const first = put(0, BATCH_BYTES);
  const second = put(1);
  await first;
  const third = put(2);
  await Promise.all([second, third]);
  expect(transactions).toHaveBeenCalledTimes(2);
  await Promise.all([put(3, BATCH_BYTES), put(4), put(5, BATCH_BYTES)]);
  expect(transactions).toHaveBeenCalledTimes(4);
});

test('[D4] IndexedDB: a full device is told in plain words, and writing works again once there is room', async () => {
  const store = await open();
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('', 'QuotaExceededError');
  });
  const attempts = [0, 1, 2].map((piece) => store.put(pieceIndex(piece), chunk(10, piece)));
  const outcomes = await Promise.allSettled(attempts);
  expect(outcomes.map((outcome) => outcome.status === 'rejected' && String(outcome.reason))).toEqual(
    Array.from({ length: 3 }, () => 'StorageError: no-room'),
  );
  put.mockRestore();
  await store.put(pieceIndex(1), chunk(10, 1));
  expect(await store.storedPieces()).toEqual([1]);
});

test('IndexedDB: a connection that the browser closed is opened again', async () => {
  const store = await open();
  const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(() => {
    throw new DOMException('The database connection is closing.', 'InvalidStateError');
  });
  await store.put(pieceIndex(0), chunk(10, 0));
  expect(transaction).toHaveBeenCalled();
  expect(await store.get(pieceIndex(0))).toEqual(chunk(10, 0));
});

test('IndexedDB: a destroyed store leaves no database behind', async () => {
  const store = await open('doomed');
  await store.put(pieceIndex(0), chunk(10, 0));
  await store.destroy();
  const names = (await indexedDB.databases()).map(({ name }) => name);
  expect(names).not.toContain('tabswarm-store-doomed');
});

/** Pieces of one swarm on this device: one IndexedDB database per store, through idb-keyval, written in batches. */
import { type UseStore, clear, createStore, del, get, keys, promisifyRequest, set, setMany } from 'idb-keyval';

import { troubleError } from '../../shared/base/trouble.ts';
import { NEVER } from '../../shared/base/time.ts';
import type { ChunkStore, Clock } from '../../shared/driver/ports.ts';
import type { PieceIndex } from '../../shared/wire/ids.ts';
import { type PieceKey, type StoredPart, cutOut, isPieceKey, joinRuns } from './piece-runs.ts';
import { askForRoom } from './room-call.ts';
import { plainBytes } from './shape.ts';
import { storageError } from './storage-error.ts';

export interface IdbChunkStore extends ChunkStore<Uint8Array> {
  /** Which pieces are here, in ascending order. A piece that is here is whole. */
  readonly storedPieces: () => Promise<PieceIndex[]>;
  /** The info dictionary that was written, or null. */
  readonly readMetainfo: () => Promise<Uint8Array | null>;
  readonly writeMetainfo: (infoBytes: Uint8Array) => Promise<void>;
  /** The numbers that were written, or null: files which the person chose. */
  readonly readChoice: () => Promise<readonly number[] | null>;
  readonly writeChoice: (numbers: readonly number[] | null) => Promise<void>;
  /** A piece as it lies on disk: a blob is not read yet. Rejects with an Error for a person when it is missing. */
  readonly part: (piece: PieceIndex) => Promise<StoredPart>;
  /** Forgets all pieces and the info dictionary. */
  readonly clear: () => Promise<void>;
  /** Ends the connection to the database; the next call opens it again. */
  readonly close: () => Promise<void>;
  /** Closes, and deletes the database. */
  readonly destroy: () => Promise<void>;
}

/**
 * How pieces are stored. As bytes, unless the finished file has to be composed of blobs: Chromium's private windows hold the
 * content of every blob that was ever read a second time, and fail after some 600 MB.
 */
export type StoredAs = 'bytes' | 'blobs';

/** A transaction begins at once when so many bytes wait. Batches write three times as fast as single puts in Chromium. */
export const BATCH_BYTES = 16 * 1024 * 1024;

/**
 * How long a piece waits for others, in milliseconds: so many times as long as the last batch took to write, within these bounds. After each
 * transaction Chromium looks at every file that the store has, 6 µs each: at 2 GB, with a batch begun as soon as the one before was
 * written, that took a quarter of a core.
 */
const BATCH_WAIT_TIMES = 4;
const BATCH_WAIT_MS_MIN = 50;
const BATCH_WAIT_MS_MAX = 500;

const METAINFO_KEY = 'metainfo';
const CHOICE_KEY = 'choice';

const databaseName = (storeId: string): string => `tabswarm-store-${storeId}`;

export interface ChunkStoreOptions {
  readonly storedAs: StoredAs;
  /** Tells when a batch has waited long enough, in hidden tabs too: what is not written yet is lost with the tab. */
  readonly clock: Clock;
}

/** Opens the store, and makes it when it is new. Rejects with an Error for a person when there is no usable IndexedDB. */
export async function openChunkStore(storeId: string, options: ChunkStoreOptions): Promise<IdbChunkStore> {
  const store = new Store(databaseName(storeId), options);
  await store.load();
  return {
    put: (piece, chunk) => store.put(piece, chunk),
    get: async (piece) => {
      try {
        const part = await store.read(piece);
        if (part === null) return null;
        return part instanceof Blob ? new Uint8Array(await part.arrayBuffer()) : part;
      } catch {
        // Chromium 132 and later report a lost blob file as NotReadableError: the piece is not there.
        return null;
      }
    },
    remove: async (piece) => {
      await store.drained();
      await store.remove(piece).catch(() => undefined);
    },
    storedPieces: async () => {
      await store.load();
      return store.pieces();
    },
    readMetainfo: async () => (await store.run((kv) => get<Uint8Array>(METAINFO_KEY, kv))) ?? null,
    readChoice: async () => (await store.run((kv) => get<readonly number[] | null>(CHOICE_KEY, kv))) ?? null,
    writeChoice: (numbers) => store.run((kv) => set(CHOICE_KEY, numbers, kv)),
    writeMetainfo: (infoBytes) => store.run((kv) => set(METAINFO_KEY, infoBytes, kv)),
    part: async (piece) => {
      const part = await store.read(piece);
      if (part !== null) return part;
      throw troubleError('part-missing');
    },
    clear: async () => {
      await store.drained();
      await store.run((kv) => clear(kv));
      await store.load();
    },
    close: () => store.close(),
    destroy: async () => {
      await store.close();
      await deleteChunkStore(storeId);
    },
  };
}

/**
 * Deletes the database of a store. Resolves when it is gone, or when the browser has put the deletion off until some other
 * tab closes its connection.
 */
export function deleteChunkStore(storeId: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(databaseName(storeId));
    request.addEventListener('success', () => resolve());
    request.addEventListener('blocked', () => resolve());
    request.addEventListener('error', () => reject(storageError(request.error)));
  });
}

interface Waiting {
  readonly piece: PieceIndex;
  readonly part: StoredPart;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** The connection, where each piece lies, and the batch in the making. Invariant: at most one batch is being written. */
class Store {
  readonly #name: string;
  readonly #storedAs: StoredAs;
  readonly #clock: Clock;
  #kv: UseStore;
  /** The key under which a piece is found. */
  readonly #places = new Map<PieceIndex, PieceKey>();
  /** The run that was read last: whoever saves a file reads the others next. */
  #lastRun: { readonly key: PieceKey; readonly value: Promise<StoredPart | undefined> } | null = null;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #waitMs = BATCH_WAIT_MS_MIN;
  /** The next batch has a time at which it is written. */
  #isTimed = false;
  /** The batch being written; null when there is none. Never rejects. */
  #writing: Promise<void> | null = null;

  constructor(name: string, { storedAs, clock }: ChunkStoreOptions) {
    this.#name = name;
    this.#storedAs = storedAs;
    this.#clock = clock;
    this.#kv = createStore(name, 'chunks');
  }

  /** Runs one operation. Rejects with an Error for a person. */
  async run<T>(operation: (kv: UseStore) => Promise<T>): Promise<T> {
    try {
      return await operation(this.#kv);
    } catch (error) {
      // Safari and Chromium close connections on their own at times; a new one works.
      if (!isConnectionLost(error)) throw storageError(error);
    }
    this.#kv = createStore(this.#name, 'chunks');
    try {
      return await operation(this.#kv);
    } catch (error) {
      throw storageError(error);
    }
  }

  /** Learns what is there. */
  async load(): Promise<void> {
    const found = await this.run((kv) => keys(kv));
    this.#places.clear();
    this.#lastRun = null;
    for (const key of found) if (isPieceKey(key)) this.#found(key);
  }

  /** Which pieces are there, in ascending order. */
  pieces(): PieceIndex[] {
    return [...this.#places.keys()].sort((one, other) => one - other);
  }

  /** A piece, or null when it is not there. */
  async read(piece: PieceIndex): Promise<StoredPart | null> {
    const key = this.#places.get(piece);
    if (key === undefined) return null;
    if (!Array.isArray(key)) return (await this.run((kv) => get<StoredPart>(key, kv))) ?? null;
    if (this.#lastRun?.key !== key) this.#lastRun = { key, value: this.run((kv) => get<StoredPart>(key, kv)) };
    try {
      const value = await this.#lastRun.value;
      return value instanceof Uint8Array ? cutOut(value, key, piece) : null;
    } catch (error) {
      this.#lastRun = null;
      throw error;
    }
  }

  /** Forgets one piece; others that lie with it stay. */
  async remove(piece: PieceIndex): Promise<void> {
    const key = this.#places.get(piece);
    if (key === undefined) return;
    this.#places.delete(piece);
    this.#lastRun = null;
    if (!Array.isArray(key)) {
      await this.run((kv) => del(key, kv));
      return;
    }
    const value = await this.run((kv) => get<StoredPart>(key, kv));
    const others = value instanceof Uint8Array ? key.filter((other) => other !== piece) : [];
    await this.run((kv) =>
      kv('readwrite', (store) => {
        for (const other of others) store.put(cutOut(value as Uint8Array, key, other), other);
        store.delete(key);
        return promisifyRequest(store.transaction);
      }),
    );
    for (const other of others) this.#found(other);
  }

  #found(key: PieceKey): void {
    for (const piece of Array.isArray(key) ? key : [key]) this.#places.set(piece, key);
  }

  put(piece: PieceIndex, chunk: Uint8Array): Promise<void> {
    const bytes = plainBytes(chunk);
    const part = this.#storedAs === 'blobs' ? new Blob([bytes]) : bytes;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ piece, part, resolve, reject });
      this.#waitingBytes += chunk.byteLength;
      if (this.#writing === null) this.#writeSoon();
    });
  }

  #writeSoon(): void {
    if (this.#waitingBytes >= BATCH_BYTES) this.#write();
    else if (!this.#isTimed) {
      this.#isTimed = true;
      this.#clock.setAlarm(this.#clock.now() + this.#waitMs, () => this.#write());
    }
  }

  /** Resolves when everything put so far is written or failed. */
  async drained(): Promise<void> {
    while (this.#writing !== null || this.#waiting.length > 0) {
      if (this.#writing === null) this.#write();
      await this.#writing;
    }
  }

  async close(): Promise<void> {
    await this.drained();
    const kv = this.#kv;
    this.#kv = createStore(this.#name, 'chunks');
    await kv('readonly', (store) => store.transaction.db.close()).catch(() => undefined);
  }

  #write(): void {
    this.#clock.setAlarm(NEVER, () => undefined);
    this.#isTimed = false;
    const batch = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#writing = this.#writeBatch(batch).then(() => {
      this.#writing = null;
      if (this.#waiting.length > 0) this.#writeSoon();
    });
  }

  async #writeBatch(batch: readonly Waiting[]): Promise<void> {
    const begunAt = this.#clock.now();
    try {
      // A piece that is put again must not be found twice.
      for (const { piece } of batch) if (Array.isArray(this.#places.get(piece))) await this.remove(piece);
      const entries = joinRuns(batch);
      await this.run((kv) => setMany(entries, kv));
      for (const [key] of entries) this.#found(key);
      const tookMs = this.#clock.now() - begunAt;
      this.#waitMs = Math.max(BATCH_WAIT_MS_MIN, Math.min(BATCH_WAIT_MS_MAX, tookMs * BATCH_WAIT_TIMES));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      askForRoom();
      for (const { reject } of batch) reject(storageError(error));
    }
  }
}

const isConnectionLost = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'InvalidStateError';

/** Pieces of one swarm on this device: one IndexedDB database per store, through idb-keyval, written in batches. */
import { type UseStore, clear, createStore, del, get, getMany, keys, set, setMany } from 'idb-keyval';

import type { ChunkStore } from '../../shared/driver/ports.ts';
import { type PieceIndex, pieceIndex } from '../../shared/wire/ids.ts';
import { askForRoom } from './room-call.ts';
import { plainBytes } from './shape.ts';
import { storageError } from './storage-error.ts';

export interface IdbChunkStore extends ChunkStore<Uint8Array> {
  /** Which pieces are here, in ascending order. A piece that is here is whole. */
  readonly storedPieces: () => Promise<PieceIndex[]>;
  /** The info dictionary that was written, or null. */
  readonly readMetainfo: () => Promise<Uint8Array | null>;
  readonly writeMetainfo: (infoBytes: Uint8Array) => Promise<void>;
  /** Pieces 0 … `count` − 1 as they lie on disk; nothing is read. Rejects with an Error for a person when one is missing. */
  readonly blobs: (count: number) => Promise<Blob[]>;
  /** Forgets all pieces and the info dictionary. */
  readonly clear: () => Promise<void>;
  /** Ends the connection to the database; the next call opens it again. */
  readonly close: () => Promise<void>;
  /** Closes, and deletes the database. */
  readonly destroy: () => Promise<void>;
}

/** Most pieces in one transaction. Batches of 8 to 32 write three times as fast as single puts in Chromium. */
const BATCH_PIECES_MAX = 16;

/** How long a piece waits for others, in milliseconds. */
const BATCH_WAIT_MS = 50;

/** How many blob handles one transaction fetches. */
const HANDLES_PER_READ = 512;

const METAINFO_KEY = 'metainfo';

const databaseName = (storeId: string): string => `tabswarm-store-${storeId}`;

/** Opens the store, and makes it when it is new. Rejects with an Error for a person when there is no usable IndexedDB. */
export async function openChunkStore(storeId: string): Promise<IdbChunkStore> {
  const name = databaseName(storeId);
  const store = new Store(name);
  await store.run((kv) => keys(kv));
  return {
    put: (piece, chunk) => store.put(piece, chunk),
    get: async (piece) => {
      try {
        const blob = await store.run((kv) => get<Blob>(piece, kv));
        return blob === undefined ? null : new Uint8Array(await blob.arrayBuffer());
      } catch {
        // Chromium 132 and later report a lost blob file as NotReadableError: the piece is not there.
        return null;
      }
    },
    remove: async (piece) => {
      await store.drained();
      await store.run((kv) => del(piece, kv)).catch(() => undefined);
    },
    storedPieces: async () => {
      const found = await store.run((kv) => keys(kv));
      return found.filter((key) => typeof key === 'number').map((key) => pieceIndex(key));
    },
    readMetainfo: async () => (await store.run((kv) => get<Uint8Array>(METAINFO_KEY, kv))) ?? null,
    writeMetainfo: (infoBytes) => store.run((kv) => set(METAINFO_KEY, infoBytes, kv)),
    blobs: (count) => readBlobs(store, count),
    clear: async () => {
      await store.drained();
      await store.run((kv) => clear(kv));
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
  readonly blob: Blob;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** The connection and the batch in the making. Invariant: at most one batch is being written. */
class Store {
  readonly #name: string;
  #kv: UseStore;
  #waiting: Waiting[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** The batch being written; null when there is none. Never rejects. */
  #writing: Promise<void> | null = null;

  constructor(name: string) {
    this.#name = name;
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

  put(piece: PieceIndex, chunk: Uint8Array): Promise<void> {
    const blob = new Blob([plainBytes(chunk)]);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ piece, blob, resolve, reject });
      if (this.#writing !== null) return;
      if (this.#waiting.length >= BATCH_PIECES_MAX) this.#write();
      else this.#timer ??= setTimeout(() => this.#write(), BATCH_WAIT_MS);
    });
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
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const batch = this.#waiting.splice(0, BATCH_PIECES_MAX);
    this.#writing = this.#writeBatch(batch).then(() => {
      this.#writing = null;
      if (this.#waiting.length > 0) this.#write();
    });
  }

  async #writeBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.run((kv) =>
        setMany(
          batch.map(({ piece, blob }) => [piece, blob]),
          kv,
        ),
      );
      for (const { resolve } of batch) resolve();
    } catch (error) {
      askForRoom();
      for (const { reject } of batch) reject(storageError(error));
    }
  }
}

async function readBlobs(store: Store, count: number): Promise<Blob[]> {
  const blobs: Blob[] = [];
  while (blobs.length < count) {
    const wanted = Array.from(
      { length: Math.min(HANDLES_PER_READ, count - blobs.length) },
      (_, index) => blobs.length + index,
    );
    const found = await store.run((kv) => getMany<Blob | undefined>(wanted, kv));
    for (const blob of found) {
      if (blob === undefined)
        throw new Error('A part of the file is missing on this device. Reload the page to fetch it again.');
      blobs.push(blob);
    }
  }
  return blobs;
}

const isConnectionLost = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'InvalidStateError';

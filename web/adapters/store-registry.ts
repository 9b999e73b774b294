/**
 * Which stores exist on this device, and whose they are. Every tab has its own store per swarm, since every tab is its own
 * peer; a reloaded tab finds its own again, and a store whose tab is gone goes to the next tab on that swarm. The record
 * is written before its database is made and removed after it is deleted, so no database is ever without one.
 */
import { createStore, del, get, set, values } from 'idb-keyval';

import { hexFromBytes } from '../../shared/base/bytes.ts';
import type { InfoHash } from '../../shared/wire/ids.ts';
import { broadcastHolds } from './broadcast-holds.ts';
import { deleteChunkStore } from './idb-chunk-store.ts';
import { storageError } from './storage-error.ts';
import type { Claimant } from './store-holds.ts';
import { openTabMemory } from './tab-memory.ts';
import { webLockHolds } from './web-lock-holds.ts';

/** One store, for the list "Stored on this device". */
export interface StoredShare extends StoreNote {
  readonly storeId: string;
  readonly infoHash: InfoHash;
  /** When a tab last took it up, or noted something, in milliseconds since 1970. */
  readonly updatedAt: number;
  /** This tab has it. */
  readonly isMine: boolean;
  /** Some live tab has it, this one or another. */
  readonly isInUse: boolean;
}

/** What a tab notes about its store now and then; the list may be behind the truth. */
export interface StoreNote {
  readonly name: string | null;
  /** Length of the file in bytes; null while unknown. */
  readonly length: number | null;
  /** Pieces of the file; null while unknown. */
  readonly pieceCount: number | null;
  /** Bytes of the pieces in the store. */
  readonly storedBytes: number;
  /** A tab of this device shared the file. */
  readonly isShared: boolean;
}

export interface StoreClaim {
  readonly storeId: string;
  /** It was made just now, so it holds nothing. */
  readonly isNew: boolean;
  /** This very tab keeps the copy of a file in it that it shares, perhaps since before a reload. */
  readonly isSharers: boolean;
  /** From now on, `isSharers` is true of it for this tab; for whoever adopts the store it is not. */
  readonly markSharers: () => void;
  /** Leaves the store to others; what is in it stays. Happens by itself when the tab ends. */
  readonly release: () => void;
}

export interface StoreRegistry {
  readonly list: () => Promise<StoredShare[]>;
  /** A store for this tab in this swarm: its own from before a reload, else the fullest that nobody uses, else a new one. */
  readonly claim: (infoHash: InfoHash) => Promise<StoreClaim>;
  /** Notes something about a store of this tab; ignored for others. */
  readonly note: (storeId: string, note: Partial<StoreNote>) => Promise<void>;
  /** Deletes a store with all in it. Refused while another tab uses it. Close this tab's own `IdbChunkStore` before. */
  readonly remove: (storeId: string) => Promise<'removed' | 'in-use'>;
}

type StoreRecord = Omit<StoredShare, 'isMine' | 'isInUse'>;

/** Rejects with an Error for a person where there is no usable IndexedDB; so do all its functions. */
export async function openStoreRegistry(): Promise<StoreRegistry> {
  const kv = createStore('tabswarm-registry', 'stores');
  // Web Locks exist on secure origins only.
  const holds = 'locks' in navigator ? webLockHolds(navigator.locks) : broadcastHolds();
  const memory = openTabMemory();
  /** How to let go of the stores of this tab. */
  const mine = new Map<string, () => void>();
  const readAll = (): Promise<StoreRecord[]> => told(() => values<StoreRecord>(kv));
  const read = (storeId: string): Promise<StoreRecord | undefined> => told(() => get<StoreRecord>(storeId, kv));
  const write = (record: StoreRecord): Promise<void> => told(() => set(record.storeId, record, kv));
  await readAll();

  const own = ({ storeId, infoHash }: StoreRecord, isNew: boolean, letGo: () => void): StoreClaim => {
    mine.set(storeId, letGo);
    memory.remember(infoHash, storeId);
    return {
      storeId,
      isNew,
      isSharers: memory.isSharers(infoHash, storeId),
      markSharers: () => memory.markSharers(infoHash, storeId),
      release: () => disown(storeId)?.(),
    };
  };

  /** The store is not this tab's any more, though still held until the returned function is called. */
  const disown = (storeId: string): (() => void) | undefined => {
    const letGo = mine.get(storeId);
    if (mine.delete(storeId)) memory.forget(storeId);
    return letGo;
  };

  /** null when another tab has it, or when it is no store of this swarm (any more). */
  const take = async (storeId: string, infoHash: InfoHash, claimant: Claimant): Promise<StoreClaim | null> => {
    const letGo = await holds.hold(storeId, claimant);
    if (letGo === null) return null;
    const record = await read(storeId);
    if (record?.infoHash !== infoHash) {
      letGo();
      return null;
    }
    await write({ ...record, updatedAt: Date.now() });
    return own(record, false, letGo);
  };

  const adopt = async (infoHash: InfoHash): Promise<StoreClaim | null> => {
    const found = (await readAll()).filter((record) => record.infoHash === infoHash);
    if (found.length === 0) return null;
    const inUse = await holds.inUse(found.map(({ storeId }) => storeId));
    const free = found.filter(({ storeId }) => !inUse.has(storeId));
    for (const { storeId } of free.sort((a, b) => b.storedBytes - a.storedBytes)) {
      const wait = memory.returnWaitMs(storeId);
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      const claim = await take(storeId, infoHash, 'adopting');
      if (claim !== null) return claim;
    }
    return null;
  };

  const make = async (infoHash: InfoHash): Promise<StoreClaim> => {
    const storeId = hexFromBytes(crypto.getRandomValues(new Uint8Array(8)));
    const letGo = await holds.hold(storeId, 'making');
    const facts = { name: null, length: null, pieceCount: null, storedBytes: 0, isShared: false };
    const record = { storeId, infoHash, updatedAt: Date.now(), ...facts };
    await write(record);
    return own(record, true, letGo ?? (() => undefined));
  };

  return {
    list: async () => {
      const records = await readAll();
      const inUse = await holds.inUse(records.map(({ storeId }) => storeId));
      return records.map((record) =>
        Object.assign(record, { isMine: mine.has(record.storeId), isInUse: inUse.has(record.storeId) }),
      );
    },
    claim: async (infoHash) => {
      const before = memory.recall(infoHash);
      const again = before && (await take(before.storeId, infoHash, before.claimant));
      return again ?? (await adopt(infoHash)) ?? make(infoHash);
    },
    note: async (storeId, note) => {
      const record = await read(storeId);
      if (record === undefined || !mine.has(storeId)) return;
      await write({ ...record, ...note, updatedAt: Date.now() });
    },
    remove: async (storeId) => {
      const letGo = disown(storeId) ?? (await holds.hold(storeId, 'adopting'));
      if (letGo === null) return 'in-use';
      await deleteChunkStore(storeId);
      await told(() => del(storeId, kv));
      letGo();
      return 'removed';
    },
  };
}

/** What `request` gives; rejects with an Error for a person. Where storage is forbidden, a request throws before it begins. */
async function told<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (cause) {
    throw storageError(cause);
  }
}

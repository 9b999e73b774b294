/**
 * The store of the one who shares: pieces come from the file itself, and are copied into IndexedDB in the background where
 * there is room, so that a reload of the tab goes on sharing.
 */
import { seconds } from '../../shared/base/time.ts';
import { troubleError, troubleText } from '../../shared/base/trouble.ts';
import type { ChunkStore } from '../../shared/driver/ports.ts';
import { type PieceIndex, pieceIndex } from '../../shared/wire/ids.ts';
import { type Metainfo, pieceCount } from '../../shared/wire/metainfo.ts';
import { BATCH_BYTES } from './idb-chunk-store.ts';
import { onRoomAsked } from './room-call.ts';

export interface SharerStore extends ChunkStore<Uint8Array> {
  /** Begins to copy, or goes on with a copy of before; a second call changes nothing. */
  readonly startCopying: () => void;
  /** Stops copying; what was copied stays. */
  readonly stop: () => void;
}

/** What the copy needs of an `IdbChunkStore`. */
export interface CopyTarget extends ChunkStore<Uint8Array> {
  /** Forgets all pieces at once. */
  readonly clear: () => Promise<void>;
  readonly storedPieces: () => Promise<readonly PieceIndex[]>;
  readonly writeMetainfo: (infoBytes: Uint8Array) => Promise<void>;
}

export interface SharerStoreOptions {
  readonly file: ChunkStore<Uint8Array>;
  readonly disk: CopyTarget;
  readonly metainfo: Metainfo;
  /** Bytes on disk so far; the length of the file when the copy is complete. */
  readonly onProgress: (copiedBytes: number) => void;
  /** Why the file is not copied for now, for a person. It is tried again by itself. */
  readonly onTrouble: (reason: string) => void;
}

/** Pause after a batch, as a multiple of the time it took: alone, and while neighbours are being served. */
const PAUSE_IDLE = 0.5;
const PAUSE_BUSY = 30;

/** Served within this span: neighbours need the disk more than the copy does, in milliseconds. */
const BUSY_MS = seconds(1);

/**
 * Room that must be left after the copy, in bytes and in lengths of the file: the copy is a convenience, and must not take the room from
 * a tab of the same browser that receives the file.
 */
const MARGIN_BYTES = 64 * 1024 * 1024;
const MARGIN_LENGTHS = 1.05;

/** For a person, when others in this browser needed the room. */
const GIVEN_UP = troubleText('no-room-for-copy');

/** How long to wait before another try, in milliseconds. */
const RETRY_MS = seconds(60);

export function sharerStore(options: SharerStoreOptions): SharerStore {
  const { file, disk } = options;
  let servedAt = Number.NEGATIVE_INFINITY;
  let copying: AbortController | null = null;
  let endListening = (): void => undefined;
  const isBusy = (): boolean => performance.now() - servedAt < BUSY_MS;
  const stop = (): void => {
    copying?.abort();
    copying = null;
    endListening();
  };
  /** Never rejects. A copy of a file that cannot be read any more is no copy, and is kept. */
  const giveUp = async (): Promise<void> => {
    if ((await file.get(pieceIndex(0))) === null) return;
    stop();
    await disk.clear().catch(() => undefined);
    options.onProgress(0);
    options.onTrouble(GIVEN_UP);
  };
  return {
    put: () => Promise.resolve(),
    remove: (piece) => disk.remove(piece),
    get: async (piece) => {
      servedAt = performance.now();
      return (await file.get(piece)) ?? disk.get(piece);
    },
    startCopying: () => {
      if (copying !== null) return;
      copying = new AbortController();
      endListening = onRoomAsked(() => void giveUp());
      void copyUntilDone({ ...options, isBusy, signal: copying.signal });
    },
    stop,
  };
}

interface Copy extends SharerStoreOptions {
  readonly isBusy: () => boolean;
  readonly signal: AbortSignal;
}

/** Never rejects: what goes wrong is told, and tried again. */
async function copyUntilDone(copy: Copy): Promise<void> {
  while (!copy.signal.aborted) {
    try {
      await copyMissing(copy);
      return;
    } catch (error) {
      if (copy.signal.aborted) return;
      copy.onTrouble(error instanceof Error ? error.message : String(error));
      await pause(RETRY_MS, copy.signal);
    }
  }
}

async function copyMissing(copy: Copy): Promise<void> {
  const { disk, metainfo, signal } = copy;
  await disk.writeMetainfo(metainfo.infoBytes);
  const missing = await missingPieces(copy);
  let copiedBytes = metainfo.length - bytesOf(metainfo, missing);
  copy.onProgress(copiedBytes);
  const atOnce = Math.max(1, Math.floor(BATCH_BYTES / metainfo.pieceLength));
  for (let done = 0; done < missing.length; done += atOnce) {
    const batch = missing.slice(done, done + atOnce);
    const begunAt = performance.now();
    await checkRoom(metainfo.length, metainfo.length - copiedBytes);
    await Promise.all(batch.map((piece) => copyPiece(copy, piece)));
    if (signal.aborted) return;
    copiedBytes += bytesOf(metainfo, batch);
    copy.onProgress(copiedBytes);
    await pause((performance.now() - begunAt) * (copy.isBusy() ? PAUSE_BUSY : PAUSE_IDLE), signal);
  }
}

async function copyPiece({ file, disk }: Copy, piece: PieceIndex): Promise<void> {
  const chunk = await file.get(piece);
  if (chunk === null) throw troubleError('shared-file-unreadable');
  await disk.put(piece, chunk);
}

async function missingPieces({ disk, metainfo }: Copy): Promise<PieceIndex[]> {
  const stored = new Set(await disk.storedPieces());
  const count = pieceCount(metainfo.length, metainfo.pieceLength);
  const missing: PieceIndex[] = [];
  for (let index = 0; index < count; index += 1) if (!stored.has(pieceIndex(index))) missing.push(pieceIndex(index));
  return missing;
}

function bytesOf({ length, pieceLength }: Metainfo, pieces: readonly PieceIndex[]): number {
  return pieces.reduce((bytes, piece) => bytes + Math.min(pieceLength, length - piece * pieceLength), 0);
}

/** Plain-http pages and old browsers cannot tell how much room there is: there, a full disk is noticed when it is full. */
async function checkRoom(length: number, missingBytes: number): Promise<void> {
  if (missingBytes === 0 || !('storage' in navigator)) return;
  const { quota, usage } = await navigator.storage.estimate();
  if (quota === undefined || usage === undefined) return;
  if (quota - usage < missingBytes + MARGIN_BYTES + length * MARGIN_LENGTHS) {
    throw new Error(GIVEN_UP);
  }
}

/** Ends early when the signal is aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}

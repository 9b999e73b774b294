/** How pieces lie in a store: alone, or in runs of several side by side. */
import { concatBytes } from '../../shared/base/bytes.ts';
import type { PieceIndex } from '../../shared/wire/ids.ts';
import { plainBytes } from './shape.ts';

/** A piece as it is stored. */
export type StoredPart = Blob | Uint8Array<ArrayBuffer>;

export interface ChunkToStore {
  readonly piece: PieceIndex;
  readonly part: StoredPart;
}

/**
 * Pieces side by side that are written together are one value, of so many bytes at most: Chromium makes a file of each value, and 100 MB take
 * 0.8 s of the processor in values of 1 MiB, 1.4 s in single pieces. Whoever reads one of them reads all.
 */
const RUN_BYTES_MAX = 1024 * 1024;

/** The keys of pieces: of one, its number; of several side by side, the numbers of all. Their value has them one after the other, all as long. */
export type PieceKey = PieceIndex | PieceIndex[];

export function isPieceKey(key: IDBValidKey): key is PieceKey {
  return typeof key === 'number' || Array.isArray(key);
}

/** What to write for a batch: pieces side by side that are bytes, and as long as each other, as runs. */
export function joinRuns(batch: readonly ChunkToStore[]): [PieceKey, StoredPart][] {
  const runs: ChunkToStore[][] = [];
  // A piece that was put twice counts as it was put last.
  const latest = new Map(batch.map((waiting) => [waiting.piece, waiting]));
  for (const waiting of [...latest.values()].sort((one, other) => one.piece - other.piece)) {
    const run = runs.at(-1);
    if (run !== undefined && continues(run, waiting)) run.push(waiting);
    else runs.push([waiting]);
  }
  return runs.map((run) => {
    if (run.length === 1) return [run[0].piece, run[0].part];
    return [run.map(({ piece }) => piece), concatBytes(run.map(({ part }) => part as Uint8Array))];
  });
}

function continues(run: readonly ChunkToStore[], { piece, part }: ChunkToStore): boolean {
  const last = run[run.length - 1];
  if (last.part instanceof Blob || part instanceof Blob || piece !== last.piece + 1) return false;
  return part.byteLength === last.part.byteLength && (run.length + 1) * part.byteLength <= RUN_BYTES_MAX;
}

/** A copy of one piece of a run, which does not keep the others in memory. */
export function cutOut(run: Uint8Array, key: readonly PieceIndex[], piece: PieceIndex): Uint8Array<ArrayBuffer> {
  const bytes = run.byteLength / key.length;
  const start = key.indexOf(piece) * bytes;
  return plainBytes(run.slice(start, start + bytes));
}

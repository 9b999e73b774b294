/** A store that keeps the list "Stored on this device" true: a piece counts as stored only when the list says so. */
import type { ChunkStore } from '../../shared/driver/ports.ts';
import { type PieceIndex, pieceIndex } from '../../shared/wire/ids.ts';
import { type Metainfo, pieceCount } from '../../shared/wire/metainfo.ts';
import type { Stores } from './world.ts';

export interface NotedStore extends ChunkStore<Uint8Array> {
  /** Takes note of what its pieces are pieces of. */
  readonly describe: (metainfo: Metainfo) => void;
}

export interface NotedStoreParts {
  readonly disk: ChunkStore<Uint8Array>;
  /** null until it is known what is stored. */
  readonly metainfo: Metainfo | null;
  /** Pieces that are on disk already. */
  readonly have: readonly PieceIndex[];
  /** Where this fails, the list stays behind. */
  readonly note: (note: Parameters<Stores['note']>[1]) => Promise<void>;
}

export function notedStore({ disk, have, note, ...parts }: NotedStoreParts): NotedStore {
  let { metainfo } = parts;
  const stored = new Set(have);
  let last: Promise<void> = Promise.resolve();
  /** A note that has not begun says what everybody wants to have said by then. */
  let isDue = false;
  const write = async (): Promise<void> => {
    isDue = false;
    if (metainfo === null) return;
    const { name, length } = metainfo;
    await note({ name, length, storedBytes: bytesOf(stored, metainfo) }).catch(() => undefined);
  };
  /** One note after the other, so that an older one never overwrites a newer one. */
  const noted = (): Promise<void> => {
    if (!isDue) last = last.then(write);
    isDue = true;
    return last;
  };
  return {
    put: async (piece, chunk) => {
      await disk.put(piece, chunk);
      stored.add(piece);
      await noted();
    },
    get: (piece) => disk.get(piece),
    remove: async (piece) => {
      await disk.remove(piece);
      stored.delete(piece);
      await noted();
    },
    describe: (fresh) => {
      metainfo = fresh;
      void noted();
    },
  };
}

/** All pieces but the last are of one length. */
function bytesOf(pieces: ReadonlySet<PieceIndex>, { length, pieceLength }: Metainfo): number {
  const count = pieceCount(length, pieceLength);
  const hasLast = pieces.has(pieceIndex(count - 1));
  return pieces.size * pieceLength - (hasLast ? count * pieceLength - length : 0);
}

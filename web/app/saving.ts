/** What is handed to the browser for saving: files cut out of stored pieces, alone, in a folder, or in an archive. */
import { type Cut, cutOf, piecesOf } from '../../shared/wire/file-layout.ts';
import type { TorrentFile } from '../../shared/wire/file-list.ts';
import type { Metainfo } from '../../shared/wire/metainfo.ts';
import type { Disk, SaveEntry, StoredPart } from './world.ts';

/** What a person may save. */
export type SaveWish =
  /** One file, by its number. */
  | { readonly kind: 'file'; readonly number: number }
  /** The chosen files, in one archive, or in a folder of the device. */
  | { readonly kind: 'zip' }
  | { readonly kind: 'folder' };

/** Reads a stored piece. */
export type ReadPart = Disk['part'];

/** The file as a list of parts, each a whole piece or what of it belongs to the file. */
export function entryOf(file: TorrentFile, { pieceLength }: Metainfo, part: ReadPart): SaveEntry {
  const { first, end } = piecesOf(file, pieceLength);
  return {
    path: file.path,
    length: file.length,
    parts: end - first,
    part: async (index) => {
      const cut = cutOf(file, pieceLength, index);
      return cutOut(await part(cut.piece), cut);
    },
  };
}

/** Bytes `start` … `end` − 1 of a stored piece. Of a blob nothing is read yet. */
function cutOut(part: StoredPart, { start, end }: Cut): StoredPart {
  return part instanceof Blob ? part.slice(start, end) : part.subarray(start, end);
}

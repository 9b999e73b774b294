/** Reading a file that is still coming, the pieces at the playhead first. */
import { type PieceRange, cutOf, piecesOf } from '../../shared/wire/file-layout.ts';
import type { TorrentFile } from '../../shared/wire/file-list.ts';
import type { PieceIndex } from '../../shared/wire/ids.ts';
import type { ReadPart } from './saving.ts';
import type { Playhead } from './wanted-files.ts';

/** So much after the playhead is wanted in its turn, in bytes: some seconds of a film, and of a neighbour's line. */
const AHEAD_BYTES = 8 * 1024 * 1024;

/** How a file that is still coming is read. */
export interface LookReader {
  readonly file: TorrentFile;
  readonly pieceLength: number;
  /** Resolves when the piece is stored; rejects with the signal's reason. */
  readonly stored: (piece: PieceIndex, signal: AbortSignal) => Promise<void>;
  readonly part: ReadPart;
  /** A new one for each reading. */
  readonly playhead: () => Playhead;
}

/** Bytes `start` … `end` − 1 of the file, each piece as soon as it is here; what comes next is wanted before all else. */
export async function* readAhead(
  { file, pieceLength, stored, part, playhead }: LookReader,
  { start, end, signal }: { readonly start: number; readonly end: number; readonly signal: AbortSignal },
): AsyncGenerator<Uint8Array> {
  const span = { offset: file.offset + start, length: end - start };
  const range = piecesOf(span, pieceLength);
  const head = playhead();
  // Who stops reading between two parts does not come back here.
  signal.addEventListener('abort', head.end, { once: true });
  try {
    for (let index = 0; index < range.end - range.first; index += 1) {
      const cut = cutOf(span, pieceLength, index);
      head.moveTo(aheadOf(file, pieceLength, cut.piece));
      await stored(cut.piece, signal);
      const whole = await part(cut.piece);
      const bytes = whole instanceof Blob ? new Uint8Array(await whole.arrayBuffer()) : whole;
      yield bytes.subarray(cut.start, cut.end);
    }
  } finally {
    head.end();
  }
}

function aheadOf(file: TorrentFile, pieceLength: number, first: number): PieceRange {
  const { end } = piecesOf(file, pieceLength);
  return { first, end: Math.min(end, first + Math.max(2, Math.ceil(AHEAD_BYTES / pieceLength))) };
}

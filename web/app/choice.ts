/** Which files of a torrent the person wants, which of them first, and what that means for pieces. Plain values. */
import type { FirstRun, Wishes } from '../../shared/engine/pieces/wishes.ts';
import { type PieceRange, cutOf, piecesOf } from '../../shared/wire/file-layout.ts';
import { type Metainfo, pieceCount } from '../../shared/wire/metainfo.ts';

/** Files by their numbers in the metainfo. */
export interface Choice {
  readonly wanted: ReadonlySet<number>;
  /** Of these, the ones to come before the others, in this order. */
  readonly first: readonly number[];
}

export const everything = ({ files }: Metainfo): Choice => ({ wanted: new Set(files.keys()), first: [] });

/** The choice with these files wanted, or not. */
export function want({ wanted, first }: Choice, numbers: readonly number[], isWanted: boolean): Choice {
  const next = new Set(wanted);
  for (const number of numbers) {
    if (isWanted) next.add(number);
    else next.delete(number);
  }
  return { wanted: next, first: first.filter((number) => next.has(number)) };
}

/** The choice with these files before all others, and wanted. */
export function putFirst(choice: Choice, numbers: readonly number[]): Choice {
  const { wanted, first } = want(choice, numbers, true);
  return { wanted, first: [...numbers, ...first.filter((number) => !numbers.includes(number))] };
}

/** What a choice that was stored is worth: numbers of files that there are, else everything. */
export function choiceFrom(stored: readonly number[] | null, metainfo: Metainfo): Choice {
  if (stored === null) return everything(metainfo);
  return { wanted: new Set(stored.filter((number) => number in metainfo.files)), first: [] };
}

/** The pieces that a choice needs; `watched` are runs that somebody waits for at this moment, the most urgent first. */
export function wishesOf(metainfo: Metainfo, choice: Choice, watched: readonly PieceRange[]): Wishes {
  const { files, length, pieceLength } = metainfo;
  const rangeOf = (number: number): PieceRange => piecesOf(files[number], pieceLength);
  const isEverything = choice.wanted.size === files.length;
  const all = { first: 0, end: pieceCount(length, pieceLength) };
  const inTurn = watched.map((range): FirstRun => ({ ...range, isInTurn: true }));
  return {
    wanted: isEverything ? [all] : [...Array.from(choice.wanted, rangeOf), ...watched],
    first: [...inTurn, ...choice.first.map((number): FirstRun => ({ ...rangeOf(number), isInTurn: false }))],
  };
}

/** A file of a torrent as a screen shows it. */
export interface FileView {
  readonly path: readonly string[];
  /** In bytes. */
  readonly length: number;
  /** Bytes that are on disk here. */
  readonly storedBytes: number;
  readonly isWanted: boolean;
  /** Its place among those that come first, from 1; null when it is none of them. */
  readonly turn: number | null;
}

/** All files; `storedBits` has a bit for each piece on disk, the first in the highest bit of the first byte. */
export function viewFiles(metainfo: Metainfo, choice: Choice, storedBits: Uint8Array): FileView[] {
  const turns = new Map(choice.first.map((number, index) => [number, index + 1]));
  return metainfo.files.map((file, number) => {
    const { first, end } = piecesOf(file, metainfo.pieceLength);
    let storedBytes = 0;
    for (let piece = first; piece < end; piece += 1) {
      if ((storedBits[piece >> 3] & (0x80 >> (piece & 7))) === 0) continue;
      const cut = cutOf(file, metainfo.pieceLength, piece - first);
      storedBytes += cut.end - cut.start;
    }
    const { path, length } = file;
    return { path, length, storedBytes, isWanted: choice.wanted.has(number), turn: turns.get(number) ?? null };
  });
}

/** Of the chosen files together, in bytes. */
export const chosenBytes = ({ files }: Metainfo, { wanted }: Choice): number =>
  files.reduce((sum, { length }, number) => sum + (wanted.has(number) ? length : 0), 0);

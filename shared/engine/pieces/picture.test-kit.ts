/**
 * What the picker sees, as text. One word a piece:
 *
 * `-` may be started; `*` is here; anything else is started, one letter a block: `.` free, `a` asked of one neighbour, `A` of
 * two, `h` here. `3:a...` is started for peer 3 alone.
 */
import { seededRandom } from '../../base/random.ts';
import { pieceIndex, type PeerId, type PieceIndex } from '../../wire/ids.ts';
import { Availability } from './availability.ts';
import { Bitfield } from './bitfield.ts';
import { Blame } from './blame.ts';
import { type Policies, SHIPPED } from '../policies.ts';
import { PartialPiece } from './partial-piece.ts';
import { pickDuplicate, type BusyBlock, type Outlook } from './endgame.ts';
import type { FirstRun } from './wishes.ts';
import { pickNext } from './partial-picker.ts';
import type { PickPeer, PickScene } from './piece-picker.ts';

/** The neighbour that is asked. */
const ASKED = peerCalled('1');

export interface Picture {
  readonly pieces: string;
  /** Copies of each piece among all neighbours, as `2 1 1`; one of each when left out. */
  readonly copies?: string;
  /** Pieces of the neighbour that is asked, as `x . x`; all when left out. */
  readonly has?: string;
  /** Neighbours that have blocks of each piece and not all of it, as `0 2 1`; none when left out. */
  readonly begun?: string;
  /** The asked neighbour's blocks of pieces that it has not whole: a word a piece, as `xx.. - .x..`; none when left out. */
  readonly blocks?: string;
  /** Pieces that are here, when the picture shows too few of them: four or more switch to rarest first. */
  readonly verified?: number;
  readonly mayStart?: boolean;
  /** The piece that was started last, where content comes fast. */
  readonly previous?: number;
  /** What comes first. */
  readonly first?: readonly FirstRun[];
  readonly blame?: Blame;
  /** Whether the neighbour that is asked snubs us. */
  readonly isSnubbed?: boolean;
  readonly seed?: number;
  readonly policies?: Partial<Policies>;
}

/** A peer id that is this one letter or digit, repeated. */
export function peerCalled(digit: string): PeerId {
  return digit.repeat(40) as PeerId;
}

/** What the picker does in this picture: `start 1`, `start 1 alone`, `continue 2`, `block 3/0`, `nothing`. */
export function picked(picture: Picture): string {
  const random = seededRandom(picture.seed ?? 1);
  const pick = pickNext(sceneOf(picture), peerOf(picture), blocksOf(picture), random);
  if (pick === null) return 'nothing';
  if (pick.kind === 'block') return `block ${pick.piece}/${pick.block}`;
  if (pick.kind === 'continue') return `continue ${pick.partial.piece}`;
  return `start ${pick.piece}${pick.isExclusive ? ' alone' : ''}`;
}

/** Everything the picker does in this picture over many seeds, sorted. */
export function pickedEver(picture: Picture): string[] {
  const ever = new Set<string>();
  for (let seed = 1; seed <= 200; seed += 1) ever.add(picked({ ...picture, seed }));
  return [...ever].sort();
}

/**
 * The block an idle neighbour is asked for although another was: `1/2` is block 2 of piece 1; or `nothing`. All blocks that were asked
 * for come in three seconds, but for those that `dueMs` names; the idle neighbour answers at once, and nothing else is missing.
 */
export function duplicated(
  picture: Picture,
  dueMs: Readonly<Record<string, number>> = {},
  outlook: Partial<Outlook> = {},
): string {
  const scene = sceneOf(picture);
  const found = pickDuplicate(peerOf(picture), busyBlocks(scene, dueMs), { restMs: 0, answerMs: 0, ...outlook });
  return found === null ? 'nothing' : `${found.partial.piece}/${found.block}`;
}

function busyBlocks({ open }: PickScene, dueMs: Readonly<Record<string, number>>): BusyBlock[] {
  return [...open.values()].flatMap((partial) =>
    Array.from({ length: partial.blocks }, (_, block) => block)
      .filter((block) => partial.askedFrom(block) > 0)
      .map((block) => ({ partial, block, dueMs: dueMs[`${partial.piece}/${block}`] ?? 3000 })),
  );
}

function sceneOf(picture: Picture): PickScene {
  const words = picture.pieces.split(' ');
  const availability = new Availability(words.length);
  const lacking = new Bitfield(words.length);
  const copies = picture.copies?.split(' ').map(Number) ?? words.map(() => 1);
  copies.forEach((count, piece) => {
    for (let copy = 0; copy < count; copy += 1) availability.add(pieceIndex(piece));
  });
  picture.begun?.split(' ').forEach((count, piece) => {
    for (let part = 0; part < Number(count); part += 1) availability.addPart(pieceIndex(piece));
  });
  const open = new Map(
    words.flatMap((word, piece) => (isStarted(word) ? [[pieceIndex(piece), partialOf(word, piece)]] : [])),
  );
  words.forEach((word, piece) => {
    if (word !== '-') availability.exclude(pieceIndex(piece));
    if (word !== '*') lacking.add(pieceIndex(piece));
  });
  return {
    policies: { ...SHIPPED, ...picture.policies },
    availability,
    wishes: { first: picture.first ?? [], lacking },
    open,
    blame: picture.blame ?? new Blame(),
    verified: picture.verified ?? words.filter((word) => word === '*').length,
    previous: picture.previous === undefined ? null : pieceIndex(picture.previous),
    mayStart: picture.mayStart ?? true,
  };
}

function peerOf(picture: Picture): PickPeer {
  const words = picture.pieces.split(' ');
  const marks = picture.has?.split(' ') ?? words.map(() => 'x');
  const pieces = new Bitfield(words.length);
  marks.forEach((mark, piece) => mark === 'x' && pieces.add(pieceIndex(piece)));
  const startable = words.filter((word, piece) => word === '-' && marks[piece] === 'x').length;
  return { peer: ASKED, pieces, startable, isSnubbed: picture.isSnubbed ?? false };
}

function blocksOf({ blocks = '' }: Picture): Map<PieceIndex, number> {
  const held = new Map<PieceIndex, number>();
  blocks.split(' ').forEach((word, piece) => {
    const bits = word.split('').reduce((all, mark, block) => (mark === 'x' ? all | (1 << block) : all), 0);
    if (bits !== 0) held.set(pieceIndex(piece), bits);
  });
  return held;
}

function isStarted(word: string): boolean {
  return word !== '-' && word !== '*';
}

function partialOf(word: string, piece: number): PartialPiece {
  const [blocks, owner] = word.split(':').reverse();
  const exclusiveTo = owner === undefined ? null : peerCalled(owner);
  const partial = new PartialPiece({ piece: pieceIndex(piece), generation: piece, blocks: blocks.length, exclusiveTo });
  blocks.split('').forEach((letter, block) => {
    if (letter === 'h') partial.hold(block, peerCalled('9'));
    if (letter === 'a' || letter === 'A') partial.ask(block);
    if (letter === 'A') partial.ask(block);
  });
  return partial;
}

/**
 * What to ask a neighbour for next (BEP 3; Kurose & Ross 2.5; Cohen 2003). Everything that bears on the choice:
 *
 * 0. what the person waits for, run after run (`wishes`); where there is nothing of it:
 * 1. the rarest of the started pieces with free blocks, of equals the fullest, so that it can be checked and served soon;
 * 2. a new piece when there is none of these, or one that is clearly rarer: at random while we have fewer than four, so that
 *    there is something to give; then the rarest among the neighbours, ties by chance, or where content comes fast by what lies side by side.
 *
 * When there is none of these for an idle neighbour, `endgame` may find one to ask for twice.
 *
 * Strict finishing (Cohen 2003, 2.4.1) keeps neighbours busy with what everybody has while a rare piece is in reach: where the
 * file is still coming out of one seed, rare pieces are all there is to give.
 *
 * A piece that failed (see `blame`) is asked of one neighbour alone. A neighbour that snubs us is asked for the commonest pieces.
 */
import { type Random, randomBelow } from '../../base/random.ts';
import type { PieceRange } from '../../wire/file-layout.ts';
import { type PeerId, type PieceIndex, pieceIndex } from '../../wire/ids.ts';
import type { Policies } from '../policies.ts';
import type { Availability } from './availability.ts';
import type { Bitfield } from './bitfield.ts';
import type { Blame } from './blame.ts';
import type { PartialPiece } from './partial-piece.ts';
import type { FirstRun, WishedPieces } from './wishes.ts';

/** So many pieces are picked at random before rarity counts (libtorrent `initial_picker_threshold`). */
export const RANDOM_FIRST_PIECES = 4;

/** A new piece goes before the started ones when it has so many copies fewer: less is chance, and more pieces would lie open. */
const RARER_BY = 4;

/** Of a run, so many pieces that may be started are looked at: near enough together, and enough for peers to have different ones. */
const RUN_PIECES_MAX = 64;

/** So many pieces are an extent, whose pieces are fetched one after the other where content comes fast (libtorrent `piece_extent_affinity`: 4 MiB). */
export const EXTENT_PIECES = 16;

/** What the picker may know about our side. */
export interface PickScene {
  readonly policies: Policies;
  readonly availability: Availability;
  readonly wishes: Pick<WishedPieces, 'first' | 'lacking'>;
  readonly open: ReadonlyMap<PieceIndex, PartialPiece>;
  readonly blame: Blame;
  /** Pieces that are here and good. */
  readonly verified: number;
  /** The piece that was started last, where content comes fast: the next one is read and written at less cost. Else null. */
  readonly previous: PieceIndex | null;
  /** Whether memory allows one more started piece. */
  readonly mayStart: boolean;
}

/** What it may know about the neighbour. */
export interface PickPeer {
  readonly peer: PeerId;
  readonly pieces: Bitfield;
  /** How many of its pieces may be started. */
  readonly startable: number;
  /** It leaves our requests unanswered. */
  readonly isSnubbed: boolean;
}

/** Go on with a started piece, or start one (for this neighbour alone, or for all). */
export type Choice =
  | { readonly kind: 'continue'; readonly partial: PartialPiece }
  | { readonly kind: 'start'; readonly piece: PieceIndex; readonly isExclusive: boolean };

/** A piece with free blocks to ask `peer` for, or null. O(started pieces), beside what the rarest new one costs. */
export function pickPiece(scene: PickScene, peer: PickPeer, random: Random): Choice | null {
  for (const run of isReversed(scene, peer) ? [] : scene.wishes.first) {
    const choice = pickInRun(scene, peer, run, random);
    if (choice !== null) return choice;
  }
  const partial = bestOpen(scene, peer);
  const fresh = pickNew(scene, peer, random, copiesBelow(scene, peer, partial));
  return fresh ?? (partial === null ? null : { kind: 'continue', partial });
}

/** Of the started pieces, in a run if there is one, the rarest; for a neighbour that snubs us, the commonest. */
function bestOpen(scene: PickScene, peer: PickPeer, run: PieceRange | null = null): PartialPiece | null {
  const sign = isReversed(scene, peer) ? -1 : 1;
  let best: PartialPiece | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const partial of scene.open.values()) {
    if (partial.free === 0 || !isOfUse(peer, partial)) continue;
    if (run !== null && (partial.piece < run.first || partial.piece >= run.end)) continue;
    const copies = scene.policies.pieces === 'rarest' ? sign * scene.availability.copies(partial.piece) : 0;
    if (best !== null && (copies > least || (copies === least && partial.free >= best.free))) continue;
    best = partial;
    least = copies;
  }
  return best;
}

/** What of a run to ask for: where somebody watches, the next piece; else a started one, or the rarest of the next ones. */
function pickInRun(scene: PickScene, peer: PickPeer, run: FirstRun, random: Random): Choice | null {
  const partial = run.isInTurn ? firstOpen(scene, peer, run) : bestOpen(scene, peer, run);
  const end = partial === null ? run.end : run.isInTurn ? partial.piece : run.first;
  const piece = scene.mayStart ? newInRun(scene, peer, { ...run, end }, random) : null;
  if (piece !== null) return { kind: 'start', piece, isExclusive: scene.blame.hasFailed(piece) };
  return partial === null ? null : { kind: 'continue', partial };
}

function firstOpen({ open }: PickScene, peer: PickPeer, run: PieceRange): PartialPiece | null {
  let first: PartialPiece | null = null;
  for (const partial of open.values()) {
    const isInRun = partial.piece >= run.first && partial.piece < (first?.piece ?? run.end);
    if (isInRun && partial.free > 0 && isOfUse(peer, partial)) first = partial;
  }
  return first;
}

/** Who took part when a piece failed is not asked for it as long as somebody waits: it gets it by the rules for the rest. */
function newInRun(
  { availability, wishes, blame }: PickScene,
  peer: PickPeer,
  run: FirstRun,
  random: Random,
): PieceIndex | null {
  let best: PieceIndex | null = null;
  let ties = 0;
  let steps = 0;
  for (const piece of wishes.lacking.pieces(run.first, run.end)) {
    if (!availability.isStartable(piece)) continue;
    steps += 1;
    if (steps > RUN_PIECES_MAX) return best;
    if (!peer.pieces.has(piece) || blame.wasIn(piece, peer.peer)) continue;
    if (run.isInTurn) return piece;
    const less = best === null ? 1 : availability.copies(best) - availability.copies(piece);
    if (less < 0) continue;
    ties = less > 0 ? 1 : ties + 1;
    if (randomBelow(random, ties) === 0) best = piece;
  }
  return best;
}

/** A new piece with fewer copies than this goes before the started one. */
function copiesBelow(scene: PickScene, peer: PickPeer, partial: PartialPiece | null): number {
  const { policies, availability } = scene;
  if (partial === null || policies.finishStarted === 'off') return Number.POSITIVE_INFINITY;
  if (isFirst(scene) || policies.pieces !== 'rarest' || isReversed(scene, peer)) return 0;
  return availability.copies(partial.piece) - RARER_BY + 1;
}

function pickNew(scene: PickScene, peer: PickPeer, random: Random, below: number): Choice | null {
  const { availability, blame } = scene;
  const first = scene.mayStart && peer.startable > 0 && below > 0 ? chooseNew(scene, peer, random, below) : null;
  if (first === null) return null;
  // Who took part when a piece failed is asked for others first. Where it has no other, it repeats that piece after all, alone,
  // so that it answers for it: those who took no part may never serve us.
  const isUntried = (piece: PieceIndex): boolean => !blame.wasIn(piece, peer.peer);
  const piece = isUntried(first) ? first : (availability.rarest(peer.pieces, random, below, isUntried) ?? first);
  return { kind: 'start', piece, isExclusive: blame.hasFailed(piece) };
}

function chooseNew(scene: PickScene, peer: PickPeer, random: Random, below: number): PieceIndex | null {
  const { availability, policies } = scene;
  const { pieces } = peer;
  if (isFirst(scene) || policies.pieces === 'random') return availability.random(pieces, random);
  if (isReversed(scene, peer)) return availability.commonest(pieces, random);
  if (policies.pieces === 'sequential') return availability.first(pieces);
  const rarest = availability.rarest(pieces, random, below);
  return rarest !== null && isNextAsRare(scene, peer, rarest) ? nextOf(scene) : rarest;
}

/** Whether the piece after the last one is in the same extent, may be started, and is no commoner than the rarest. */
function isNextAsRare(scene: PickScene, { pieces }: PickPeer, rarest: PieceIndex): boolean {
  const { availability } = scene;
  const next = nextOf(scene);
  if (next === null || next % EXTENT_PIECES === 0) return false;
  return availability.isStartable(next) && pieces.has(next) && availability.copies(next) <= availability.copies(rarest);
}

function nextOf({ previous }: PickScene): PieceIndex | null {
  return previous === null ? null : pieceIndex(previous + 1);
}

function isFirst({ policies, verified }: PickScene): boolean {
  return policies.randomFirst === 'on' && verified < RANDOM_FIRST_PIECES;
}

/** Who snubs us may never send what it is asked for: rare pieces are for others (libtorrent, "reverse" picking). */
function isReversed({ policies }: PickScene, { isSnubbed }: PickPeer): boolean {
  return isSnubbed && policies.pieces === 'rarest' && policies.antiSnubbing === 'on';
}

/** Whether the neighbour has the piece, and may be asked for it. */
export function isOfUse({ peer, pieces }: PickPeer, { piece, exclusiveTo }: PartialPiece): boolean {
  return (exclusiveTo === null || exclusiveTo === peer) && pieces.has(piece);
}

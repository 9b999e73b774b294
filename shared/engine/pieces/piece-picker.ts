/**
 * What to ask a neighbour for next (BEP 3; Kurose & Ross 2.5; Cohen 2003). Everything that bears on the choice:
 *
 * 1. the rarest of the started pieces with free blocks, of equals the fullest, so that it can be checked and served soon;
 * 2. a new piece when there is none of these, or one that is clearly rarer: at random while we have fewer than four, so that
 *    there is something to give; then the rarest among the neighbours, ties by chance.
 *
 * When there is none of these for an idle neighbour, `endgame` may find one to ask for twice.
 *
 * Strict finishing (Cohen 2003, 2.4.1) keeps neighbours busy with what everybody has while a rare piece is in reach: where the
 * file is still coming out of one seed, rare pieces are all there is to give.
 *
 * A piece that failed (see `blame`) is asked of one neighbour alone.
 */
import type { Random } from '../../base/random.ts';
import type { PeerId, PieceIndex } from '../../wire/ids.ts';
import type { Policies } from '../policies.ts';
import type { Availability } from './availability.ts';
import type { Bitfield } from './bitfield.ts';
import type { Blame } from './blame.ts';
import type { PartialPiece } from './partial-piece.ts';

/** So many pieces are picked at random before rarity counts (libtorrent `initial_picker_threshold`). */
export const RANDOM_FIRST_PIECES = 4;

/** A new piece goes before the started ones when it has so many copies fewer: less is chance, and more pieces would lie open. */
const RARER_BY = 4;

/** What the picker may know about our side. */
export interface PickScene {
  readonly policies: Policies;
  readonly availability: Availability;
  readonly open: ReadonlyMap<PieceIndex, PartialPiece>;
  readonly blame: Blame;
  /** Pieces that are here and good. */
  readonly verified: number;
  /** Whether memory allows one more started piece. */
  readonly mayStart: boolean;
}

/** What it may know about the neighbour. */
export interface PickPeer {
  readonly peer: PeerId;
  readonly pieces: Bitfield;
  /** How many of its pieces may be started. */
  readonly startable: number;
}

/** Go on with a started piece, or start one (for this neighbour alone, or for all). */
export type Pick =
  | { readonly kind: 'continue'; readonly partial: PartialPiece }
  | { readonly kind: 'start'; readonly piece: PieceIndex; readonly isExclusive: boolean };

/** A piece with free blocks to ask `peer` for, or null. O(started pieces), beside what the rarest new one costs. */
export function pickPiece(scene: PickScene, peer: PickPeer, random: Random): Pick | null {
  const partial = rarestOpen(scene, peer);
  const fresh = pickNew(scene, peer, random, copiesBelow(scene, partial));
  return fresh ?? (partial === null ? null : { kind: 'continue', partial });
}

function rarestOpen(scene: PickScene, peer: PickPeer): PartialPiece | null {
  let best: PartialPiece | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const partial of scene.open.values()) {
    if (partial.free === 0 || !isOfUse(peer, partial)) continue;
    const copies = scene.policies.pieces === 'rarest' ? scene.availability.copies(partial.piece) : 0;
    if (best !== null && (copies > least || (copies === least && partial.free >= best.free))) continue;
    best = partial;
    least = copies;
  }
  return best;
}

/** A new piece with fewer copies than this goes before the started one. */
function copiesBelow(scene: PickScene, partial: PartialPiece | null): number {
  const { policies, availability } = scene;
  if (partial === null || policies.finishStarted === 'off') return Number.POSITIVE_INFINITY;
  if (isFirst(scene) || policies.pieces !== 'rarest') return 0;
  return availability.copies(partial.piece) - RARER_BY + 1;
}

function pickNew(scene: PickScene, peer: PickPeer, random: Random, below: number): Pick | null {
  const { availability, blame } = scene;
  const first = scene.mayStart && peer.startable > 0 && below > 0 ? chooseNew(scene, peer, random, below) : null;
  if (first === null) return null;
  // Who took part when a piece failed is asked for others first. Where it has no other, it repeats that piece after all, alone,
  // so that it answers for it: those who took no part may never serve us.
  const isUntried = (piece: PieceIndex): boolean => !blame.wasIn(piece, peer.peer);
  const piece = isUntried(first) ? first : (availability.rarest(peer.pieces, random, below, isUntried) ?? first);
  return { kind: 'start', piece, isExclusive: blame.hasFailed(piece) };
}

function chooseNew(scene: PickScene, { pieces }: PickPeer, random: Random, below: number): PieceIndex | null {
  const { availability, policies } = scene;
  if (isFirst(scene) || policies.pieces === 'random') return availability.random(pieces, random);
  return policies.pieces === 'rarest' ? availability.rarest(pieces, random, below) : availability.first(pieces);
}

function isFirst({ policies, verified }: PickScene): boolean {
  return policies.randomFirst === 'on' && verified < RANDOM_FIRST_PIECES;
}

/** Whether the neighbour has the piece, and may be asked for it. */
export function isOfUse({ peer, pieces }: PickPeer, { piece, exclusiveTo }: PartialPiece): boolean {
  return (exclusiveTo === null || exclusiveTo === peer) && pieces.has(piece);
}

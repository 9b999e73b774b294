/**
 * What to ask a neighbour for next (BEP 3; Kurose & Ross 2.5; Cohen 2003). Everything that bears on the choice:
 *
 * 1. the piece it is sending already;
 * 2. a started piece with free blocks, the fullest first, so that it can be checked and served soon;
 * 3. a new piece: at random while we have fewer than four, so that there is something to give; then the rarest among the
 *    neighbours, ties by chance;
 * 4. in the endgame, when no block is free anywhere: one that a single other neighbour was asked for.
 *
 * A suspect (see `blame`) gets whole pieces of its own, and so does whoever repeats a piece that failed.
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
  /** The piece it is sending. */
  readonly current: PieceIndex | null;
}

/** Go on with a started piece, or start one (for this neighbour alone, or for all). */
export type Pick =
  | { readonly kind: 'continue'; readonly partial: PartialPiece }
  | { readonly kind: 'start'; readonly piece: PieceIndex; readonly isExclusive: boolean };

/** A piece with free blocks to ask `peer` for, or null. */
export function pickPiece(scene: PickScene, peer: PickPeer, random: Random): Pick | null {
  const current = peer.current === null ? undefined : scene.open.get(peer.current);
  if (current !== undefined && current.free > 0 && isOfUse(scene, peer, current)) {
    return { kind: 'continue', partial: current };
  }
  if (scene.policies.finishStarted === 'off') return pickNew(scene, peer, random) ?? pickOpen(scene, peer);
  return pickOpen(scene, peer) ?? pickNew(scene, peer, random);
}

/** Whether no block that several may be asked for is free: time for duplicates. */
export function isEndgame(scene: PickScene): boolean {
  if (scene.availability.startable > 0) return false;
  for (const partial of scene.open.values()) if (partial.free > 0 && partial.exclusiveTo === null) return false;
  return true;
}

/** A block that one other neighbour was asked for and this one (`isAsked`) was not, or null. Endgame only. */
export function pickDuplicate(
  scene: PickScene,
  peer: PickPeer,
  isAsked: (partial: PartialPiece, block: number) => boolean,
): { readonly partial: PartialPiece; readonly block: number } | null {
  for (const partial of scene.open.values()) {
    if (!isOfUse(scene, peer, partial)) continue;
    for (let block = 0; block < partial.blocks; block += 1) {
      if (partial.askedFrom(block) === 1 && !isAsked(partial, block)) return { partial, block };
    }
  }
  return null;
}

function pickOpen(scene: PickScene, peer: PickPeer): Pick | null {
  let best: PartialPiece | null = null;
  for (const partial of scene.open.values()) {
    if (partial.free === 0 || (best !== null && partial.free >= best.free)) continue;
    if (isOfUse(scene, peer, partial)) best = partial;
  }
  return best === null ? null : { kind: 'continue', partial: best };
}

function pickNew(scene: PickScene, peer: PickPeer, random: Random): Pick | null {
  const { availability, blame } = scene;
  const first = scene.mayStart && peer.startable > 0 ? chooseNew(scene, peer, random) : null;
  if (first === null) return null;
  // Who took part when a piece failed is asked for others first. Where it has no other, it repeats that piece after all, alone,
  // so that it answers for it: those who took no part may never serve us.
  const isUntried = (piece: PieceIndex): boolean => !blame.wasIn(piece, peer.peer);
  const piece = isUntried(first) ? first : (availability.rarest(peer.pieces, random, isUntried) ?? first);
  return { kind: 'start', piece, isExclusive: blame.isSuspect(peer.peer) || blame.hasFailed(piece) };
}

function chooseNew(
  { availability, policies, verified }: PickScene,
  { pieces }: PickPeer,
  random: Random,
): PieceIndex | null {
  const isFirst = policies.randomFirst === 'on' && verified < RANDOM_FIRST_PIECES;
  if (isFirst || policies.pieces === 'random') return availability.random(pieces, random);
  return policies.pieces === 'rarest' ? availability.rarest(pieces, random) : availability.first(pieces);
}

/** Whether the neighbour has the piece, and may be asked for it. */
function isOfUse({ blame }: PickScene, { peer, pieces }: PickPeer, { piece, exclusiveTo }: PartialPiece): boolean {
  const mayShare = exclusiveTo === null ? !blame.isSuspect(peer) : exclusiveTo === peer;
  return mayShare && pieces.has(piece);
}

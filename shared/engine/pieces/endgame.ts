/**
 * Which block to ask for twice (BEP 3 "end game"; libtorrent `request_blocks.cpp`, strict): for a neighbour that serves us, has
 * nothing to do, and nothing free that we could ask it for. One block, the one that would come last; it is judged for each neighbour
 * alone, so that a piece which nobody sends us does not keep the others idle.
 */
import type { Millis } from '../../base/time.ts';
import type { PartialPiece } from './partial-piece.ts';
import { isOfUse, type PickPeer } from './piece-picker.ts';

/** Nobody is asked for a block that will be here within this time anyhow: it would mostly come twice. */
export const PATIENCE_MIN_MS = 2000;

/** Nor within this share of the time that all that is missing will take, while that is long: it holds nobody up. */
const PATIENCE_SHARE = 1 / 10;

/** But later than this is always late. */
export const PATIENCE_MAX_MS = 10_000;

/** The second neighbour must promise to be so many times as soon. */
const SOONER = 2;

/** A block that other neighbours were asked for. */
export interface BusyBlock {
  readonly partial: PartialPiece;
  readonly block: number;
  /** From now until it should be here, from whichever of them is the soonest. */
  readonly dueMs: Millis;
}

export interface Outlook {
  /** From now until everything is here. */
  readonly restMs: Millis;
  /** From asking the idle neighbour until its answer. */
  readonly answerMs: Millis;
}

/** From now until a block should be here, that nobody else is asked for it. */
export function patienceMs({ restMs, answerMs }: Outlook): Millis {
  const share = Math.max(PATIENCE_MIN_MS, Math.min(PATIENCE_MAX_MS, PATIENCE_SHARE * restMs));
  return Math.max(share, SOONER * answerMs);
}

/**
 * Of these blocks, the last to come that `peer` has, if it would be much sooner. Whom a block was asked of twice may both be silent: it
 * is asked a third time when both are late.
 */
export function pickDuplicate(peer: PickPeer, busy: Iterable<BusyBlock>, outlook: Outlook): BusyBlock | null {
  let last: BusyBlock | null = null;
  let latestMs = patienceMs(outlook);
  for (const one of busy) {
    if (one.dueMs < latestMs || !isOfUse(peer, one.partial)) continue;
    last = one;
    latestMs = one.dueMs;
  }
  return last;
}

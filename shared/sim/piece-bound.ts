/**
 * The least time when a piece must be whole, and checked, before it is passed on. Kurose & Ross 2.5 let bits flow on as they come.
 *
 * Let C(j) be the uplinks of the seed and of the j − 1 fastest others: no j holders of a piece send more. Then:
 *
 * **Spreading one piece.** Until a (j + 1)-th peer has the piece of b bytes, only j have it to send. All copies so far took
 * j·b bytes, so the times Δ(j) with j holders satisfy Σ_{i<=j} C(i)·Δ(i) >= j·b for every j. Abel's summation writes ΣΔ(j) as a sum
 * of these left sides with positive weights, since C grows: it is least when each is an equality, Δ(j) = b/C(j).
 *
 * **The last piece.** Only the seed can send first copies. So the piece whose first copy is whole last has it at F/us or later, and
 * then still has to come from two holders to all: F/us + Σ_{j=2..N} b/C(j). (Bytes of it that others got before delay the first copy
 * by more than they save later, since C(2) >= us.)
 *
 * **Idle uplinks.** At most j peers can send until j·b bytes came together, as above. Till then C(N + 1) − C(j) lies idle:
 * (N·F + Σ_{j=1..N} (C(N+1) − C(j))·b/C(j)) / C(N+1).
 *
 * With equal uplinks the sums are harmonic: ln N piece times. Mundinger, Weber and Weiss (J. Scheduling 11, 2008) have log2 N of
 * them, where each copy comes from one sender; blocks may come from many. The making of connections comes on top.
 */
import type { Millis } from '../base/time.ts';
import type { BoundTerms } from './metrics.ts';

export interface PieceBoundTerms extends BoundTerms {
  readonly pieceBytes: number;
}

/** Nobody has everything before this, in milliseconds, whatever the peers do. The bound of Kurose & Ross may be above it. */
export function pieceBound(terms: PieceBoundTerms): Millis {
  const { fileBytes, seedUp, peers } = terms;
  const ups = fastest(terms);
  const all = ups.reduce((sum, up) => sum + up, seedUp);
  const idleBytes = sumOfHolders(terms, ups, (holders) => (all - holders) / holders);
  return Math.max(lastPieceBound(terms), (1000 * (peers.length * fileBytes + idleBytes)) / all);
}

/** Before this, in milliseconds, fewer than `receivers` of the peers have everything. */
export function lastPieceBound(terms: PieceBoundTerms, receivers = terms.peers.length): Millis {
  const { fileBytes, seedUp, pieceBytes } = terms;
  const spread = sumOfHolders(terms, fastest(terms).slice(0, receivers), (holders) => 1 / holders);
  // The first term of the sum is the first copy, which F/us has in it.
  return 1000 * ((fileBytes - shortestPiece(fileBytes, pieceBytes)) / seedUp + spread);
}

function fastest({ peers }: PieceBoundTerms): number[] {
  return peers.map(({ up }) => up).toSorted((a, b) => b - a);
}

/** Σ of b·`term`(C(j)) for j = 1 … the number of `ups`. */
function sumOfHolders(
  { fileBytes, seedUp, pieceBytes }: PieceBoundTerms,
  ups: readonly number[],
  term: (holders: number) => number,
): number {
  const bytes = shortestPiece(fileBytes, pieceBytes);
  let holders = seedUp;
  let total = 0;
  for (const up of ups) {
    total += bytes * term(holders);
    holders += up;
  }
  return total;
}

/** The shortest piece: which one leaves the seed last is not known. */
function shortestPiece(fileBytes: number, pieceBytes: number): number {
  return fileBytes % pieceBytes || pieceBytes;
}

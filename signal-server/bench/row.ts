/** One line of the table: what was measured, against what, and what it must reach. */
import { readFileSync } from 'node:fs';

export interface Row {
  /** What `npm run bench:server -- <name>` calls it by. */
  readonly name: string;
  readonly work: string;
  readonly measure: () => Promise<Result>;
}

export interface Result {
  readonly against: string;
  /** Ours, and what it is compared with, in words with units. */
  readonly ours: string;
  readonly theirs: string;
  /** Ours over theirs; null where nothing is compared. */
  readonly ratio: number | null;
  readonly mustReach: string;
  readonly isReached: boolean | null;
}

/** A result with nothing to compare, and a word about it. */
export function unmeasured(theirs: string): Result {
  return { against: '–', ours: '–', theirs, ratio: null, mustReach: '–', isReached: null };
}

/** Of an odd or even number of figures. */
export function median(figures: readonly number[]): number {
  return quantile(figures, 0.5);
}

/** The figure that `share` of all do not exceed. */
export function quantile(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** As many sockets as this account may open in one process, with some files besides, and no more than are wanted. */
export function affordableSockets(wanted: number): number {
  const limit = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  const affordable = Math.min(wanted, Number(limit ?? wanted) - FILES_BESIDES);
  return affordable - (affordable % SWARM);
}

const FILES_BESIDES = 200;

/** Peers of a swarm in the rows that have many. */
export const SWARM = 50;

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

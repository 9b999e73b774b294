/** The arithmetic of measuring a swarm: the least time there is (Kurose & Ross 2.5), and how even things are. */
import type { Millis } from '../base/time.ts';

/** Least times to bring a file to everybody who lacks it, in milliseconds. */
export interface Bounds {
  /** max{N·F/us, F/dmin} */
  readonly clientServer: Millis;
  /** max{F/us, F/dmin, N·F/(us + Σui)} */
  readonly peerToPeer: Millis;
}

export interface BoundTerms {
  /** F, in bytes. */
  readonly fileBytes: number;
  /** us: all who have the file at the start, in bytes per second. */
  readonly seedUp: number;
  /** ui and di of those who lack it, in bytes per second. */
  readonly peers: readonly { readonly up: number; readonly down: number }[];
}

/**
 * Everybody is there from the start and stays to the end. Where some come later or leave before, it takes longer, so that these
 * stay bounds, but none that can be reached.
 */
export function bounds({ fileBytes, seedUp, peers }: BoundTerms): Bounds {
  let slowest = Number.POSITIVE_INFINITY;
  let upSum = seedUp;
  for (const { up, down } of peers) {
    slowest = Math.min(slowest, down);
    upSum += up;
  }
  const wanted = peers.length * fileBytes;
  return {
    clientServer: 1000 * Math.max(wanted / seedUp, fileBytes / slowest),
    peerToPeer: 1000 * Math.max(fileBytes / seedUp, fileBytes / slowest, wanted / upSum),
  };
}

/** How equal `values` are: 1 when all are, 1/n when one has everything (Jain, Chiu and Hawe 1984). */
export function jain(values: readonly number[]): number {
  let squares = 0;
  for (const value of values) squares += value * value;
  return sum(values, (value) => value) ** 2 / (values.length * squares);
}

/** How far `a` and `b` rise together, −1 … 1: Spearman's rank correlation, ties at their mean rank. NaN when one is constant. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [ranks(a), ranks(b)];
  const middle = (a.length - 1) / 2;
  const products = (u: readonly number[], v: readonly number[]): number =>
    sum(u, (_, index) => (u[index] - middle) * (v[index] - middle));
  return products(x, y) / Math.sqrt(products(x, x) * products(y, y));
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return (sorted[Math.floor(half)] + sorted[Math.ceil(half)]) / 2;
}

export function mean(values: readonly number[]): number {
  return sum(values, (value) => value) / values.length;
}

export function sum<T>(items: readonly T[], value: (item: T, index: number) => number): number {
  let total = 0;
  for (const [index, item] of items.entries()) total += value(item, index);
  return total;
}

function ranks(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2);
}

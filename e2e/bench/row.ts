/** What a row of the table is, and how its figures are judged. */
import type { Stage } from './stage.ts';

export interface Row {
  /** What `npm run bench -- <name>` takes. */
  readonly name: string;
  /** One line for the list of rows. */
  readonly shows: string;
  /** After which it is given up: something hangs. */
  readonly minutesMax: number;
  /** Measures ours and what it is compared with in one go. Rejects with an Error for a person. */
  readonly measure: (stage: Stage) => Promise<readonly Finding[]>;
}

/** One line of the table. */
export interface Finding {
  readonly what: string;
  readonly ours: string;
  /** What ours is compared with, and its figure; empty where there is nothing to compare with. */
  readonly against: string;
  /** What the limit is for: a quotient of the two, or a figure of ours alone. */
  readonly value: number;
  readonly limit: Limit | null;
}

export interface Limit {
  readonly kind: 'at least' | 'at most';
  readonly must: number;
  readonly aim: number;
}

export function isKept({ value, limit }: Finding): boolean {
  if (limit === null) return true;
  return limit.kind === 'at least' ? value >= limit.must : value <= limit.must;
}

/** The middle one; of an even number the lower of the two. Of at least one. */
export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor((values.length - 1) / 2)];
}

export function inMegabytes(bytesPerSecond: number): string {
  return `${(bytesPerSecond / 1e6).toFixed(1)} MB/s`;
}

export function inSeconds(seconds: number): string {
  return `${seconds.toFixed(1)} s`;
}

/** A cap on a rate as a person writes it, and as the swarm takes it. */

export const RATE_UNITS = ['kilobyte', 'megabyte'] as const;

export type RateUnit = (typeof RATE_UNITS)[number];

/** What stands in the field, and the unit beside it. */
export interface LimitText {
  readonly text: string;
  readonly unit: RateUnit;
}

/** Decimal units, as everywhere on the page. */
const BYTES: Readonly<Record<RateUnit, number>> = { kilobyte: 1000, megabyte: 1_000_000 };

/** So little still lets a piece through before its neighbour gives up. */
const LEAST = 1000;

/** Faster than any line. */
const MOST = 1e11;

/** Bytes per second; null for an empty field, no cap; undefined when it is not a rate. A comma is a point. */
export function readLimit({ text, unit }: LimitText): number | null | undefined {
  const written = text.trim().replace(',', '.');
  if (written === '') return null;
  if (!/^\d+(\.\d*)?$|^\.\d+$/.test(written)) return undefined;
  const rate = Math.round(Number(written) * BYTES[unit]);
  return rate >= LEAST && rate <= MOST ? rate : undefined;
}

/** The cap in the larger unit, if it is not below 1 there. */
export function writeLimit(bytesPerSecond: number | null): LimitText {
  if (bytesPerSecond === null) return { text: '', unit: 'kilobyte' };
  const unit = bytesPerSecond >= BYTES.megabyte ? 'megabyte' : 'kilobyte';
  return { text: String(bytesPerSecond / BYTES[unit]), unit };
}

/** Numbers as a person reads them: sizes, speeds, spans of time, shares of a whole. All by Intl, in the language of the page. */
import type { Millis } from '../../shared/base/time.ts';
import { spokenLanguage } from './language.ts';

/** Decimal units, as disks and networks are sold: 1 kB is 1,000 bytes. */
const UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** What stands in for a number that is not known yet: a figure dash, as wide as a digit. */
export const UNKNOWN = '‒';

/** A size in bytes: "12 bytes", "262 kB", "1.20 GB". Three digits, so that its width hardly changes while it grows. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return unitFormat('byte', { unitDisplay: 'long' }).format(bytes);
  const { value, unit } = scale(bytes);
  return unitFormat(unit, { minimumSignificantDigits: 3, maximumSignificantDigits: 3 }).format(value);
}

/** A speed in bytes per second: "0 kB/s", "840 kB/s", "3.1 MB/s". */
export function formatRate(bytesPerSecond: number): string {
  const { value, unit } = scale(bytesPerSecond);
  const digits = unit === 'kilobyte' ? 0 : 1;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return unitFormat(`${unit}-per-second`, options).format(value);
}

/**
 * A span of time, rounded up to steps that grow with it, so that a countdown is calm: "5 sec", "1 min 20 sec", "14 min",
 * "2 hr 5 min", "3 days". Never negative.
 */
export function formatDuration(span: Millis): string {
  const exact = Math.max(1, Math.ceil(span / 1000));
  if (exact <= 10) return unit(exact, 'second');
  if (exact <= 60) return oneOrTwo({ total: roundUp(exact, 5), size: 60, units: ['minute', 'second'] });
  if (exact <= 600) return oneOrTwo({ total: roundUp(exact, 10), size: 60, units: ['minute', 'second'] });
  const minutes = Math.ceil(exact / 60);
  if (minutes < 24 * 60) return oneOrTwo({ total: minutes, size: 60, units: ['hour', 'minute'] });
  return unitFormat('day', { unitDisplay: 'long' }).format(Math.ceil(minutes / (24 * 60)));
}

/** Seconds until something happens, rounded up: "5 sec". */
export const formatSeconds = (span: Millis): string => unit(Math.max(0, Math.ceil(span / 1000)), 'second');

/** Percent with one decimal, 0 … 100: "43.2%"; nothing and all are "0%" and "100%". */
export function formatPercent(percent: number): string {
  const digits = percent === 0 || percent === 100 ? 0 : 1;
  const options = { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
  return numberFormat(options).format(percent / 100);
}

/** Whole percent, rounded down: "43%". */
export const formatWholePercent = (percent: number): string =>
  numberFormat({ style: 'percent', maximumFractionDigits: 0 }).format(Math.floor(percent) / 100);

/** The unit of a speed alone: "kB/s". */
export function formatRateUnit(unit: (typeof UNITS)[number]): string {
  const parts = unitFormat(`${unit}-per-second`).formatToParts(1);
  return parts.find(({ type }) => type === 'unit')?.value.trim() ?? unit;
}

/** `value` in the largest unit that leaves it at 1 or more; just below 1,000 it moves on, so that "1,000 kB" never shows. */
function scale(bytes: number): { readonly value: number; readonly unit: (typeof UNITS)[number] } {
  let value = bytes / 1000;
  let step = 0;
  while (value >= 999.5 && step < UNITS.length - 1) {
    value /= 1000;
    step += 1;
  }
  return { value, unit: UNITS[step] };
}

function oneOrTwo(span: {
  readonly total: number;
  readonly size: number;
  readonly units: readonly [large: string, small: string];
}): string {
  const large = Math.floor(span.total / span.size);
  const small = span.total % span.size;
  const parts: string[] = [];
  if (large > 0) parts.push(unit(large, span.units[0]));
  if (small > 0) parts.push(unit(small, span.units[1]));
  return parts.join(' ');
}

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;

const unit = (count: number, name: string): string => unitFormat(name).format(count);

/** In Arabic the short form of a kilobyte is the whole word, and that of a megabyte two letters: the narrow one is as short for both. */
const unitFormat = (name: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat => {
  const unitDisplay = spokenLanguage() === 'ar' ? 'narrow' : 'short';
  return numberFormat({ style: 'unit', unit: name, unitDisplay, ...options });
};

/** To make one costs much more than to use it, and a page with many people uses hundreds a second. */
const made = new Map<string, Intl.NumberFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${spokenLanguage()} ${JSON.stringify(options)}`;
  const known = made.get(key) ?? new Intl.NumberFormat(spokenLanguage(), options);
  made.set(key, known);
  return known;
}

/** Amounts with their units, as people write them: read strictly, and printed. */
import type { Millis } from '../base/time.ts';

const BYTES = new Map([
  ['B', 1],
  ['kB', 1e3],
  ['MB', 1e6],
  ['GB', 1e9],
  ['KiB', 1024],
  ['MiB', 1024 ** 2],
  ['GiB', 1024 ** 3],
]);

/** Bytes per second. */
const RATES = new Map([
  ...[...BYTES].map(([unit, bytes]) => [`${unit}/s`, bytes] as const),
  ['kbit/s', 125],
  ['Mbit/s', 125_000],
  ['Gbit/s', 125_000_000],
]);

const SPANS = new Map([
  ['ms', 1],
  ['s', 1000],
  ['min', 60_000],
]);

/** Whole bytes of `32MiB`; null when it is no amount of bytes. */
export function parseBytes(text: string): number | null {
  const bytes = parseAmount(text, BYTES);
  return bytes === null ? null : Math.round(bytes);
}

/** Bytes per second of `1MB/s` or `8Mbit/s`; null when it is no rate. */
export function parseRate(text: string): number | null {
  return parseAmount(text, RATES);
}

/** Milliseconds of `50ms` or `0.3s`; null when it is no span. */
export function parseSpan(text: string): Millis | null {
  return parseAmount(text, SPANS);
}

/** A whole number without sign; null for anything else. */
export function parseCount(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** A share of `0.5%` or `0.005`, in 0 … 1; null when it is none. */
export function parseShare(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text);
  if (match === null) return null;
  const share = Number(match[1]) / (match[2] === '%' ? 100 : 1);
  return share <= 1 ? share : null;
}

/** In the largest unit that leaves a whole number in front, with at most one decimal. */
export function formatBytes(bytes: number): string {
  return inUnits(
    bytes,
    [...BYTES].filter(([unit]) => unit.includes('i')),
  );
}

export function formatRate(bytesPerSecond: number): string {
  return `${inUnits(
    bytesPerSecond,
    [...BYTES].filter(([unit]) => !unit.includes('i')),
  )}/s`;
}

/** Seconds. */
export function formatSpan(span: Millis): string {
  return `${(span / 1000).toFixed(span < 10_000 ? 2 : 1)} s`;
}

export function formatShare(share: number): string {
  return `${(100 * share).toFixed(Math.abs(share) < 0.1 ? 2 : 1)} %`;
}

function parseAmount(text: string, units: ReadonlyMap<string, number>): number | null {
  const match = /^(\d+(?:\.\d+)?) ?([A-Za-z/]+)$/.exec(text);
  const size = match === null ? undefined : units.get(match[2]);
  return match === null || size === undefined ? null : Number(match[1]) * size;
}

function inUnits(bytes: number, units: readonly (readonly [string, number])[]): string {
  const [unit, size] = units.findLast(([, size]) => bytes >= size) ?? ['B', 1];
  return `${trim(bytes / size)} ${unit}`;
}

const trim = (value: number): string => value.toFixed(1).replace(/\.0$/, '');

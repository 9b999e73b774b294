/** The one range that players ask for in a `Range` header (RFC 9110, 14.1.2). */

/** Bytes `start` … `end` − 1. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The range in `header` of a content of `length` bytes; null to send everything, as for what is no single range. */
export function byteRangeOf(header: string | null, length: number): ByteRange | 'unsatisfiable' | null {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (first === undefined || (first === '' && last === '')) return null;
  // Without a first byte, the last ones are asked for.
  const start = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const end = first === '' || last === '' ? length : Math.min(length, Number(last) + 1);
  if (first !== '' && last !== '' && Number(last) < start) return null;
  return start < end ? { start, end } : 'unsatisfiable';
}

/** What a decoder returns for bytes or text it will not accept. Strangers' input is data: decoders never throw. */

export interface Malformed {
  readonly kind: 'malformed';
  /** What was wrong, in words for a log. */
  readonly reason: string;
}

export const malformed = (reason: string): Malformed => ({ kind: 'malformed', reason });

export function isMalformed(value: unknown): value is Malformed {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'malformed';
}

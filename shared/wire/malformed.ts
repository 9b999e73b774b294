/** What a decoder returns for bytes or text it will not accept. Strangers' input is data: decoders never throw. */

import { troubleText } from '../base/trouble.ts';

export interface Malformed {
  readonly kind: 'malformed';
  /** What was wrong, in words for a log. */
  readonly reason: string;
}

export const malformed = (reason: string): Malformed => ({ kind: 'malformed', reason });

/** Of an info dictionary: a trouble, with what is wrong as its detail. */
export const brokenMetainfo = (detail: string): Malformed => malformed(troubleText('metainfo-broken', detail));

export function isMalformed(value: unknown): value is Malformed {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'malformed';
}

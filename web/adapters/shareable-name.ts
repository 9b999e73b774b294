/** File names that every receiver can save under. */
import { FILE_NAME_BYTES_MAX } from '../../shared/wire/limits.ts';

const LONGEST_ENDING_CHARS = 20;

/** `name` without what a metainfo may not hold: folders, control characters, more than 255 bytes; the ending survives. */
export function shareableName(name: string): string {
  // Lone surrogates have no UTF-8: the round trip makes them U+FFFD.
  const text = new TextDecoder().decode(new TextEncoder().encode(name));
  const clean = text.replaceAll(/[\p{Cc}/\\]/gu, '_');
  if (clean === '' || clean === '.' || clean === '..') return 'file';
  if (utf8Bytes(clean) <= FILE_NAME_BYTES_MAX) return clean;
  const dot = clean.lastIndexOf('.');
  const ending = dot > 0 && clean.length - dot <= LONGEST_ENDING_CHARS ? clean.slice(dot) : '';
  return truncated(clean.slice(0, clean.length - ending.length), FILE_NAME_BYTES_MAX - utf8Bytes(ending)) + ending;
}

/** As many whole characters of `text` as fit. */
function truncated(text: string, bytesMax: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(bytesMax));
  return text.slice(0, read);
}

const utf8Bytes = (text: string): number => new TextEncoder().encode(text).byteLength;

/** The link that people pass on: the info hash after a `#`, where no server ever sees it; magnet links are read too. */
import { bytesFromHex } from '../base/bytes.ts';
import { troubleText } from '../base/trouble.ts';
import { type InfoHash, infoHashFromBytes, parseInfoHash } from './ids.ts';
import { LINK_CHARS_MAX } from './limits.ts';
import { type Malformed, malformed } from './malformed.ts';
import { percentDecoded } from './plain-text.ts';

/** `<origin>/#<40 hexadecimal digits>`; `origin` has no slash at its end, as in `location.origin`. */
export function shareLink(origin: string, infoHash: InfoHash): string {
  return `${origin}/#${infoHash}`;
}

/**
 * The info hash in a fragment, a whole link, or a magnet link (BEP 9), as people paste them. Null when the text asks for
 * nothing: it is empty, or an address without a fragment. Reasons carry a trouble.
 */
export function parseShareLink(text: string): InfoHash | Malformed | null {
  if (text.length > LINK_CHARS_MAX) return malformed(troubleText('link-too-long'));
  const clean = percentDecoded(text).replace(BREAKS, '').replace(WRAPPING, '');
  const wanted = MAGNET.test(clean) ? clean : fragmentOf(clean);
  if (wanted === '') return null;
  return MAGNET.test(wanted) ? parseMagnet(wanted) : parseHash(wanted.replace(AFTER_HASH, ''));
}

/** The info hash to be read aloud and typed: base32 (RFC 4648) in groups of four, without characters that look alike. */
export function spokenCode(infoHash: InfoHash): string {
  const groups = infoHash.match(/.{5}/g) ?? [];
  return groups.map((digits) => base32FromHex(digits)).join(' ');
}

/** White space and invisible characters, which mail and chat programs put into long links. */
const BREAKS = /[\s\u00ad\u200b-\u200f\u2060\ufeff]/g;

/** Quotes, brackets and full stops around a link in running text. */
const WRAPPING = /^[<("'“‘«[]+|[>)"'”’»\],.;:!]+$/g;

/** What others hang on a link: a slash, or parameters for their statistics. */
const AFTER_HASH = /\/*(?:[?&].*)?$/;

const MAGNET = /^magnet:\?/i;
const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\//i;
const HEX_DIGITS = /^[0-9a-f]+$/i;
const BASE32_HASH = /^[a-z2-7]{32}$/i;
const BASE32_ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const HASH_DIGITS = 40;

/** Digits that base32 does not have, and the letters that a hand took for them. */
const LOOKALIKES: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 8: 'b' };

/** What follows the first `#`; of an address without one, nothing. */
function fragmentOf(text: string): string {
  const hash = text.indexOf('#');
  const fragment = hash >= 0 ? text.slice(hash + 1) : text;
  return hash < 0 && ADDRESS.test(text) ? '' : fragment.replace(/^[#!/]+/, '');
}

function parseMagnet(link: string): InfoHash | Malformed {
  const topics = [...new URLSearchParams(link.replace(MAGNET, ''))]
    .filter(([key]) => /^xt(\.\d+)?$/i.test(key))
    .map(([, topic]) => topic);
  const topic = topics.find((name) => /^urn:btih:/i.test(name));
  if (topic !== undefined) return parseHash(topic.slice('urn:btih:'.length));
  return topics.some((name) => /^urn:btmh:/i.test(name))
    ? malformed(troubleText('link-of-version-2'))
    : malformed(troubleText('link-names-no-torrent'));
}

function parseHash(text: string): InfoHash | Malformed {
  const infoHash = parseInfoHash(text);
  if (infoHash !== null) return infoHash;
  const code = text.replace(/-/g, '').replace(/[018]/g, (digit) => LOOKALIKES[digit]);
  if (BASE32_HASH.test(code) && !HEX_DIGITS.test(text)) return infoHashFromBase32(code);
  if (!HEX_DIGITS.test(text)) return malformed(troubleText('link-is-none'));
  return text.length < HASH_DIGITS
    ? malformed(troubleText('link-too-short', String(text.length)))
    : malformed(troubleText('link-has-more-digits', String(text.length)));
}

/** Base32 of RFC 4648: each letter is five bits, so that four letters are five hexadecimal digits. */
function infoHashFromBase32(text: string): InfoHash {
  let hex = '';
  for (let start = 0; start < text.length; start += 4) {
    const letters = Array.from(text.slice(start, start + 4).toLowerCase());
    const bits = letters.reduce((sum, letter) => sum * 32 + BASE32_ALPHABET.indexOf(letter), 0);
    hex += bits.toString(16).padStart(5, '0');
  }
  return infoHashFromBytes(bytesFromHex(hex));
}

/** The four letters for five hexadecimal digits. */
function base32FromHex(digits: string): string {
  const bits = Number.parseInt(digits, 16);
  return [15, 10, 5, 0].map((shift) => BASE32_ALPHABET[(bits >> shift) & 31].toUpperCase()).join('');
}

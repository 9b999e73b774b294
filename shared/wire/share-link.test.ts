/** Proves that links are understood as people really paste them, and that wrong ones get a helpful sentence. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { type InfoHash, infoHashFromBytes } from './ids.ts';
import { parseShareLink, shareLink, spokenCode } from './share-link.ts';

const SEED = 20_260_105;
const HASH = '0123456789abcdef0123456789abcdef01234567';
/** The same 20 bytes in base32 (RFC 4648). */
const BASE32 = 'AERUKZ4JVPG66AJDIVTYTK6N54ASGRLH';

test.each([
  ['the fragment', `#${HASH}`],
  ['the digits', HASH],
  ['upper case', `#${HASH.toUpperCase()}`],
  ['the whole link', `https://swarm.test/#${HASH}`],
  ['a link with a path and a query', `http://192.168.1.2:8080/a?b=c#${HASH}`],
  ['white space around it', `  \n#${HASH}\t`],
  ['a line break inside', `https://swarm.test/#${HASH.slice(0, 10)}\r\n${HASH.slice(10)}`],
  ['invisible characters inside', `#${HASH.slice(0, 10)}\u200b\u00ad${HASH.slice(10)}`],
  ['a trailing slash', `#${HASH}/`],
  ['a leading slash', `#/${HASH}`],
  ['a full stop and a bracket behind it', `(https://swarm.test/#${HASH}).`],
  ['angle brackets', `<https://swarm.test/#${HASH}>`],
  ['parameters behind it', `#${HASH}?utm_source=chat`],
  ['an encoded number sign', `https://swarm.test/%23${HASH}`],
  ['a percent sign that encodes nothing', `https://swarm.test/100%#${HASH}`],
  ['a magnet link', `magnet:?xt=urn:btih:${HASH}&dn=a%20b.txt&tr=wss%3A%2F%2Ft.test`],
  ['a code that was read aloud', `#${BASE32.match(/.{4}/g)!.join('-').toLowerCase()}`],
  ['a code with digits for letters', BASE32.replaceAll('B', '8').replaceAll('O', '0').replaceAll('I', '1')],
  ['a magnet link in base32', `magnet:?dn=a&xt=urn:btih:${BASE32}`],
  ['a magnet link in capitals', `MAGNET:?XT=URN:BTIH:${HASH.toUpperCase()}`],
  ['a magnet link for both versions', `magnet:?xt=urn:btmh:1220${HASH}&xt=urn:btih:${HASH}`],
  ['a magnet link behind our address', `https://swarm.test/#magnet:?xt=urn:btih:${HASH}`],
  ['an encoded magnet link', encodeURIComponent(`magnet:?xt=urn:btih:${HASH}`)],
])('[M7] understands %s', (_, text) => {
  expect(parseShareLink(text)).toBe(HASH);
});

test.each(['', '   ', '#', '#/', 'https://swarm.test/', 'https://swarm.test/#'])('[M7] %j asks for nothing', (text) => {
  expect(parseShareLink(text)).toBeNull();
});

test.each([
  [`#${HASH.slice(1)}`, 'link-too-short: 39'],
  [`#${HASH}0`, 'link-has-more-digits: 41'],
  ['#hello', 'link-is-none'],
  [`#${HASH.slice(1)}g`, 'link-is-none'],
  ['magnet:?dn=a', 'link-names-no-torrent'],
  ['magnet:?xt=urn:btih:xyz', 'link-is-none'],
  [`magnet:?xt=urn:btmh:1220${HASH}`, 'link-of-version-2'],
  ['a'.repeat(10_000), 'link-too-long'],
])('[M7] %.60s is refused with what is wrong with it', (text, reason) => {
  const result = parseShareLink(text);
  expect(result).toMatchObject({ kind: 'malformed' });
  expect(result).toHaveProperty('reason', reason);
});

test('[M7] every link we make is understood', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (bytes) => {
      const infoHash = infoHashFromBytes(bytes);
      const link = shareLink('https://swarm.test:8443', infoHash);
      expect(link).toBe(`https://swarm.test:8443/#${infoHash}`);
      expect(parseShareLink(link)).toBe(infoHash);
    }),
    { seed: SEED },
  );
});

test('[W5] no text makes the reader throw', () => {
  const marks = fc.constantFrom('#', '%', '%23', 'magnet:?', 'xt=urn:btih:', HASH, BASE32, '&', '/', ' ', '\ud83d');
  const texts = fc.array(fc.oneof(marks, anyText(0, 5))).map((list) => list.join(''));
  fc.assert(
    fc.property(texts, (text) => {
      const result = parseShareLink(text);
      expect(result === null || typeof result === 'object' || result.length === 40).toBe(true);
    }),
    { seed: SEED, numRuns: 500 },
  );
});

/** Text of any characters, halves of characters included. */
function anyText(minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.array(fc.nat(0x10ffff), { minLength, maxLength }).map((codes) => String.fromCodePoint(...codes));
}

test('[M7] the code to be read aloud is base32 in groups, and read back', () => {
  expect(spokenCode(HASH as InfoHash)).toBe(BASE32.match(/.{4}/g)!.join(' '));
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (bytes) => {
      const infoHash = infoHashFromBytes(bytes);
      expect(parseShareLink(spokenCode(infoHash))).toBe(infoHash);
    }),
    { seed: 20_261_126 },
  );
});

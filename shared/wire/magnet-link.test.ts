/** Magnet links of ours and of other clients. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import type { InfoHash } from './ids.ts';
import { LINK_CHARS_MAX, LINK_SOURCES_MAX } from './limits.ts';
import { NO_SOURCES, magnetLink, nameInLink, sourcesInLink } from './magnet-link.ts';
import { parseShareLink } from './share-link.ts';

const infoHash = 'ab'.repeat(20) as InfoHash;
const MAGNET = `magnet:?xt=urn:btih:${infoHash}`;

test('[M7] our magnet link names swarm, file and tracker, and is understood by ourselves', () => {
  const tracker = 'wss://share.example.org/signal?a=1&b=2';
  const link = magnetLink({ infoHash, name: 'Sommer & Meer.mp4', tracker });
  expect(link).toBe(`${MAGNET}&dn=Sommer%20%26%20Meer.mp4&tr=wss%3A%2F%2Fshare.example.org%2Fsignal%3Fa%3D1%26b%3D2`);
  expect(parseShareLink(`#${link}`)).toBe(infoHash);
  expect(sourcesInLink(`#${link}`)).toEqual({ trackers: [tracker], webSeeds: [] });
});

test('[M7] trackers over WebSocket and web seeds are read; what a browser cannot speak to is left out', () => {
  const addresses = [
    'udp://t.test:80',
    'http://t.test/announce',
    'ws://t.test/a',
    'wss://t.test/',
    'wss://t.test',
    'nonsense',
  ];
  const trackers = addresses.map((tracker) => `&tr=${encodeURIComponent(tracker)}`).join('');
  const seeds =
    '&ws=http%3A%2F%2Fs.test%2Fa&ws=ftp%3A%2F%2Fs.test%2Fa&ws=https://user:pass@s.test/a&as=http://s.test/b';
  expect(sourcesInLink(`https://share.test/#${MAGNET}${trackers}${seeds}`)).toEqual({
    trackers: ['ws://t.test/a', 'wss://t.test/'],
    webSeeds: ['http://s.test/a'],
  });
});

test('[M7] a magnet link may say what the file is called, in a name that is safe', () => {
  expect(nameInLink(`#${magnetLink({ infoHash, name: 'Sommer & Meer.mp4', tracker: '' })}`)).toBe('Sommer & Meer.mp4');
  expect(nameInLink(`${MAGNET}&dn=..%2F%E2%80%AEetc`)).toBe('.._etc');
  expect([nameInLink(MAGNET), nameInLink(`${MAGNET}&dn=+`), nameInLink(infoHash)]).toEqual([null, null, null]);
});

test('[M7] other links have no sources, and no text makes the reader throw', () => {
  expect(sourcesInLink(`#${infoHash}`)).toEqual(NO_SOURCES);
  expect(sourcesInLink(`${MAGNET}&tr=ws://t.test/${'a'.repeat(LINK_CHARS_MAX)}`)).toEqual(NO_SOURCES);
  const many = Array.from({ length: 99 }, (_, index) => `&tr=ws://t.test/${index}`).join('');
  expect(sourcesInLink(MAGNET + many).trackers.length).toBe(LINK_SOURCES_MAX);
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(sourcesInLink(`magnet:?tr=${text}&ws=${text}`).trackers.length).toBeLessThanOrEqual(LINK_SOURCES_MAX);
    }),
    { seed: 20_261_126 },
  );
});

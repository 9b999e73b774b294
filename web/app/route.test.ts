/** Addresses and the pages they stand for. */
import { expect, test } from 'vitest';

import { checkLinkOf, codeOf, fragmentIn, isLoopback, linkOf, nameOf, routeOf, sourcesOf } from './route.ts';
import { INFO_HASH } from './test-snapshot.ts';

test.each(['', '#', '#/'])('"%s" is the first page', (fragment) => {
  expect(routeOf(fragment)).toEqual({ kind: 'home' });
});

test.each([`#${INFO_HASH}`, `#${INFO_HASH.toUpperCase()}`, `#%20${INFO_HASH}`])(
  '"%s" is the page of a swarm',
  (fragment) => {
    expect(routeOf(fragment)).toEqual({ kind: 'swarm', infoHash: INFO_HASH });
  },
);

test.each([
  [`#${INFO_HASH.slice(1)}`, 'link-too-short: 39'],
  ['#hello', 'link-is-none'],
  ['#%', 'link-is-none'],
])('"%s" is a wrong link, and the reason is known', (fragment, reason) => {
  expect(routeOf(fragment)).toEqual({ kind: 'wrong-link', reason });
});

const MAGNET = `magnet:?xt=urn:btih:${INFO_HASH}&dn=a%20b.zip`;

test.each([
  [`https://share.test/#${INFO_HASH}\n`, INFO_HASH],
  [`Holiday.zip\nhttps://share.test/#${INFO_HASH}`, INFO_HASH],
  [codeOf(INFO_HASH).toLowerCase(), INFO_HASH],
  [MAGNET, MAGNET],
  ['Remember the milk.', null],
  [`one\ntwo\nhttps://share.test/#${INFO_HASH}`, null],
  ['', null],
])('of the text %j, %j is opened', (text, fragment) => {
  expect(fragmentIn(text)).toBe(fragment);
});

test('what a magnet link says is understood as well when the browser hands it over percent-encoded', () => {
  const fragment = `#${encodeURIComponent(`${MAGNET}&ws=https%3A%2F%2Fa.test%2Fb`)}`;
  expect(routeOf(fragment)).toEqual({ kind: 'swarm', infoHash: INFO_HASH });
  expect(nameOf(fragment)).toBe('a b.zip');
  expect(sourcesOf(fragment).webSeeds).toEqual(['https://a.test/b']);
});

test('the check-up has an address, alone and with the share in which devices meet', () => {
  expect(routeOf('#check')).toEqual({ kind: 'check', infoHash: null });
  const link = checkLinkOf('https://example.org', INFO_HASH);
  expect(routeOf(new URL(link).hash)).toEqual({ kind: 'check', infoHash: INFO_HASH });
  expect(routeOf('#check-7')).toMatchObject({ kind: 'wrong-link' });
});

test('the link of a swarm leads to its page', () => {
  const link = linkOf('https://example.org', INFO_HASH);
  expect(routeOf(new URL(link).hash)).toEqual({ kind: 'swarm', infoHash: INFO_HASH });
});

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['[::1]', true],
  ['192.168.1.4', false],
  ['example.org', false],
])('%s can be reached from this computer only: %s', (hostname, expected) => {
  expect(isLoopback(hostname)).toBe(expected);
});

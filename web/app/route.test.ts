/** Addresses and the pages they stand for. */
import { expect, test } from 'vitest';

import { checkLinkOf, isLoopback, linkOf, routeOf } from './route.ts';
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

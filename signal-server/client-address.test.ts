/** Whose address counts, with honest proxies and with clients that pretend to be some. */
import type { IncomingMessage } from 'node:http';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { addressReader, isPublicHost, networkOf } from './client-address.ts';

const request = (remoteAddress: string | undefined, forwardedFor?: string): IncomingMessage =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwardedFor } }) as unknown as IncomingMessage;

test.each([
  { trusted: [], peer: '192.0.2.1', says: '198.51.100.9', address: '192.0.2.1' },
  { trusted: [], peer: '::ffff:192.0.2.1', says: undefined, address: '192.0.2.1' },
  { trusted: ['loopback'], peer: '127.0.0.1', says: '198.51.100.9', address: '198.51.100.9' },
  { trusted: ['loopback'], peer: '::ffff:127.0.0.1', says: '198.51.100.9', address: '198.51.100.9' },
  { trusted: ['loopback'], peer: '127.0.0.1', says: undefined, address: '127.0.0.1' },
  { trusted: ['loopback'], peer: '192.0.2.1', says: '198.51.100.9', address: '192.0.2.1' },
  { trusted: ['loopback'], peer: '127.0.0.1', says: '10.9.9.9, 198.51.100.9', address: '198.51.100.9' },
  { trusted: ['loopback', '10.0.0.0/8'], peer: '127.0.0.1', says: '198.51.100.9, 10.1.1.1', address: '198.51.100.9' },
  { trusted: ['loopback'], peer: '127.0.0.1', says: 'unknown', address: '127.0.0.1' },
  { trusted: ['loopback'], peer: '127.0.0.1', says: '198.51.100.9, <script>', address: '127.0.0.1' },
  { trusted: ['fd00::/8'], peer: 'fd00::1', says: '2001:DB8::0:5', address: '2001:db8::5' },
])('$peer behind $trusted that says "$says" is $address', ({ trusted, peer, says, address }) => {
  expect(addressReader(trusted)(request(peer, says))).toBe(address);
});

test('a socket that is gone has no address, and takes none from a header', () => {
  expect(addressReader([])(request(undefined, '192.0.2.1'))).toBe('unknown');
});

test('no header makes it throw, or gives an address that is none', () => {
  const read = addressReader(['loopback']);
  const entry = fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.constantFrom('', '127.0.0.1', ' ', '::1', 'a%b'));
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      expect(read(request('127.0.0.1', entries.join(',')))).toMatch(/^[\da-f.:]+$/);
    }),
  );
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['unknown', 'unknown'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test.each([
  ['share.example.org', true],
  ['8.8.8.8', true],
  ['2606:4700::1', true],
  ['localhost', false],
  ['tabs.localhost', false],
  ['classroom', false],
  ['school.local', false],
  ['192.168.1.20', false],
  ['10.0.0.1', false],
  ['100.64.0.1', false],
  ['127.0.0.1', false],
  ['::1', false],
  ['fe80::1%eth0', false],
  ['fd00::1', false],
  ['', false],
])('a page at "%s" is in the internet: %s', (host, isPublic) => {
  expect(isPublicHost(host)).toBe(isPublic);
});

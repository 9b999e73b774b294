/** Which servers a page is told of, by where it was opened and what is configured. */
import { expect, test } from 'vitest';

import { iceFor } from './ice.ts';

const NOTHING = { turnUrls: [], turnSecret: null, stunPort: null };
const question = (host: string) => ({ host, nowSeconds: 1_433_895_918, user: 'ninefingers' });

test.each([
  'localhost:8080',
  '192.168.1.20:8080',
  'school.local',
  '[fe80::1]:80',
  'classroom',
  '',
  'a b',
  'a/b',
  'x@y',
])('a page at "%s" is told of no server', (host) => {
  expect(iceFor({ ...NOTHING, stunPort: 3478 }, question(host)).iceServers).toEqual([]);
});

test.each([
  ['share.example.org', 'stun:share.example.org:3478'],
  ['share.example.org:8080', 'stun:share.example.org:3478'],
  ['8.8.8.8:80', 'stun:8.8.8.8:3478'],
  ['[2606:4700::1111]:80', 'stun:[2606:4700::1111]:3478'],
])('a page at %s is told of %s', (host, url) => {
  expect(iceFor({ ...NOTHING, stunPort: 3478 }, question(host)).iceServers).toEqual([{ urls: [url] }]);
});

test('without STUN it is told of nothing', () => {
  expect(iceFor(NOTHING, question('share.example.org')).iceServers).toEqual([]);
});

// The HMAC was made by: printf 1433982318:ninefingers | openssl dgst -sha1 -hmac north -binary | base64
test('a relay comes with a name that tells its end, and a password only the relay can check, on a LAN too', () => {
  const turnUrls = ['turn:turn.example.org:3478', 'turns:turn.example.org:5349?transport=tcp'];
  const answer = iceFor({ ...NOTHING, turnUrls, turnSecret: 'north' }, question('localhost'));
  expect(answer).toEqual({
    iceServers: [{ urls: turnUrls, username: '1433982318:ninefingers', credential: 'Sg6tKrlQmpp18Ql2cCY27uZ8nHU=' }],
    lifetimeSeconds: 86_400,
  });
});

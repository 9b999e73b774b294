/** The list of helping servers, asked for over HTTP: with answers, with nonsense, with silence, and as it grows old. */
import { expect, inject, test } from 'vitest';

import { createIceServers } from './ice-servers.ts';

let now = 0;
const answering = (path: string) =>
  createIceServers({ url: inject('standInUrl').replace('ws:', 'http:') + path, now: () => now });

test('what the server names is what connections are made with', async () => {
  const servers = answering('/ice');
  expect(servers.current()).toEqual([]);
  await servers.refresh();
  expect(servers.current()).toEqual([{ urls: ['turn:192.0.2.1:3478'], username: '1', credential: 'a' }]);
  expect(() => new RTCPeerConnection({ iceServers: [...servers.current()] }).close()).not.toThrow();
});

test('after half of its life the list is asked for again, and the old one holds meanwhile', async () => {
  const servers = answering('/ice');
  await servers.refresh();
  now += 29_000;
  await servers.refresh();
  expect(servers.current()[0].username).toBe('2');
  now += 2000;
  expect(servers.current()[0].username).toBe('2');
  await servers.refresh();
  expect(servers.current()[0].username).toBe('3');
});

test.each(['/missing', '/nonsense', '/hanging-up'])('a server that answers %s is done without', async (path) => {
  const servers = answering(path);
  await servers.refresh();
  expect(servers.current()).toEqual([]);
});

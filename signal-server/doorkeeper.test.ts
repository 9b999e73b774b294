/** Who may open a socket, and what the others are told. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';

import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { addressReader } from './client-address.ts';
import { Doorkeeper, type DoorkeeperParts } from './doorkeeper.ts';
import { Client, start, stopAll } from './server.test-kit.ts';

afterEach(stopAll);

const request = (headers: IncomingMessage['headers'], remoteAddress = '192.0.2.1'): IncomingMessage =>
  ({ socket: { remoteAddress }, headers: { host: 'share.example', ...headers } }) as unknown as IncomingMessage;

function doorkeeper(parts: Partial<DoorkeeperParts> = {}): Doorkeeper {
  const usual = { allowedOrigins: [], socketsPerAddressMax: 2, isMemoryShort: () => false };
  return new Doorkeeper({ ...usual, readAddress: addressReader(['loopback']), ...parts });
}

test.each([
  { allowed: [], origin: 'https://evil.example', kind: 'admitted' },
  { allowed: ['https://friend.example'], origin: 'https://evil.example', kind: 'turned-away' },
  { allowed: ['https://friend.example'], origin: 'https://friend.example.evil.example', kind: 'turned-away' },
  { allowed: ['https://friend.example'], origin: 'null', kind: 'turned-away' },
  { allowed: ['https://friend.example'], origin: 'https://friend.example', kind: 'admitted' },
  { allowed: ['https://friend.example'], origin: 'https://share.example', kind: 'admitted' },
  { allowed: ['https://friend.example'], origin: undefined, kind: 'admitted' },
])('where $allowed may come, a page of $origin is $kind', ({ allowed, origin, kind }) => {
  const headers = origin === undefined ? {} : { origin };
  expect(doorkeeper({ allowedOrigins: allowed }).admit(request(headers))).toMatchObject({ kind });
});

test('[T12] a network has so many sockets, and another one as soon as one is gone', () => {
  const door = doorkeeper();
  const first = door.admit(request({}, '2001:db8::1'));
  expect(door.admit(request({}, '2001:db8::2'))).toMatchObject({ kind: 'admitted' });
  expect(door.admit(request({}, '2001:db8::3'))).toEqual({ kind: 'crowded' });
  expect(door.admit(request({}, '2001:db8:0:1::3'))).toMatchObject({ kind: 'admitted' });
  if (first.kind === 'admitted') first.leave();
  expect(door.admit(request({}, '2001:db8::3'))).toMatchObject({ kind: 'admitted' });
});

test('[T12] behind a trusted proxy, the address that it names is counted', () => {
  const door = doorkeeper();
  const from = (address: string) => door.admit(request({ 'x-forwarded-for': address }, '127.0.0.1')).kind;
  expect(['192.0.2.7', '192.0.2.7', '192.0.2.7', '192.0.2.8'].map(from)).toEqual([
    'admitted',
    'admitted',
    'crowded',
    'admitted',
  ]);
});

test('[T12] [S11] one socket too many is told why and when to come back, and counts no more', async () => {
  const server = await start({ door: { socketsPerAddressMax: 1 } });
  const one = await Client.open(server);
  const two = new Client(server);
  const closed = once(two.socket, 'close') as Promise<[number, Buffer]>;
  expect(await two.message()).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/from this address/) });
  const [code, text] = await closed;
  expect({ code, text: text.toString() }).toEqual({ code: 1013, text: expect.stringMatching(/^retry in [23]\d\./) });
  const gone = once(one.socket, 'close');
  one.socket.close();
  await gone;
  const three = await Client.open(server);
  expect(await three.announce('c')).toMatchObject({ kind: 'announced' });
});

test('[T12] when memory is short, newcomers get 503, and those inside are served', async () => {
  let isShort = false;
  const server = await start({ door: { isMemoryShort: () => isShort } });
  const inside = await Client.open(server);
  isShort = true;
  const { socket } = new Client(server);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  expect(response).toMatchObject({ statusCode: 503, headers: { 'retry-after': '20' } });
  expect(await inside.announce('a')).toMatchObject({ kind: 'announced' });
});

test('a page of a stranger gets 403', async () => {
  const server = await start({ door: { allowedOrigins: ['https://friend.example'] } });
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/signal`, { origin: 'https://evil.example' });
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  expect(response.statusCode).toBe(403);
});

/** Clients that mean harm, over real sockets: what they do costs them their own connection, and an honest pair nothing. */
import { once } from 'node:events';
import { type Socket, connect } from 'node:net';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { seededRandom } from '../shared/base/random.ts';
import { encodeClientMessage } from '../shared/wire/signal-codec.ts';
import type { ClientMessage } from '../shared/wire/signal-message.ts';
import { makeStream } from './fuzz/streams.ts';
import { Client, type Running, start, stopAll } from './server.test-kit.ts';
import { announce, offer, peer, swarm } from './test-tracker.ts';

let server: Running;
let a: Client;
let b: Client;

beforeEach(async () => {
  server = await start();
  [a, b] = [await Client.open(server), await Client.open(server)];
  await a.announce('a');
  await b.announce('b');
});

/** Whatever was tried: the honest pair still meets, hears of nothing else, and the server had no fault. */
afterEach(async () => {
  const session = { ...ids('a', 'b'), offerId: offer('last'), sdp: 'v=0' };
  say(a, { kind: 'offer', ...session });
  expect(await b.message()).toMatchObject({ kind: 'offer', peerId: peer('a'), offerId: offer('last') });
  say(b, { kind: 'answer', ...session, ...ids('b', 'a') });
  expect(await a.message()).toMatchObject({ kind: 'answer', peerId: peer('b'), offerId: offer('last') });
  expect(server.faults).toEqual([]);
  await stopAll();
});

const ids = (from: string, to: string) => ({ infoHash: swarm('film'), peerId: peer(from), toPeerId: peer(to) });

function say({ socket }: Client, message: ClientMessage): void {
  socket.send(encodeClientMessage(message));
}

const refused = (reason: RegExp): object => ({ kind: 'refused', reason: expect.stringMatching(reason) });

test('[T9] [T10] a spoofed peer id is refused whatever is done in its name', async () => {
  const thief = await Client.open(server);
  expect(await thief.announce('a')).toMatchObject(refused(/belongs to another connection/));
  say(thief, { kind: 'offer', ...ids('a', 'b'), offerId: offer('1'), sdp: 'v=0' });
  expect(await thief.message()).toMatchObject(refused(/Announce before/));
  say(thief, announce('a', { event: 'stopped' }));
  expect(await thief.message()).toMatchObject({ kind: 'announced', incomplete: 2 });
  expect(await b.announce('b')).toMatchObject({ incomplete: 2 });
});

test('[T8] an answer to an offer that was never made goes nowhere', async () => {
  const liar = await Client.open(server);
  await liar.announce('liar');
  for (const to of ['a', 'b', 'liar', 'nobody']) {
    say(liar, { kind: 'answer', ...ids('liar', to), offerId: offer('1'), sdp: 'v=0' });
    expect(await liar.message()).toMatchObject(refused(/No such offer/));
  }
});

test('[T7] an offer to oneself goes nowhere', async () => {
  const lonely = await Client.open(server);
  await lonely.announce('lonely');
  say(lonely, { kind: 'offer', ...ids('lonely', 'lonely'), offerId: offer('1'), sdp: 'v=0' });
  expect(await lonely.message()).toMatchObject(refused(/oneself/));
});

test('[T12] who announces 10,000 hashes on one socket gets a hundred, then the door', async () => {
  const greedy = await Client.open(server);
  const closed = greedy.closing();
  for (let index = 0; index < 10_000; index += 1) say(greedy, announce('greedy', { infoHash: swarm(String(index)) }));
  for (let index = 0; index < 100; index += 1) expect(await greedy.message()).toMatchObject({ kind: 'announced' });
  expect(await greedy.message()).toMatchObject(refused(/may be in 100 swarms/));
  expect((await server.world.directory.size()).swarms).toBeLessThanOrEqual(101);
  expect(await closed).toBe(1008);
});

/** A TCP connection after a handshake that also offers compression. */
async function upgraded(): Promise<{ stream: Socket; answer: string }> {
  const stream = connect(server.port, '127.0.0.1');
  const lines = [
    'GET /signal HTTP/1.1',
    'Host: localhost',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Extensions: permessage-deflate',
  ];
  stream.write(`${lines.join('\r\n')}\r\n\r\n`);
  const [answer] = (await once(stream, 'data')) as [Buffer];
  return { stream, answer: answer.toString('latin1') };
}

/** A masked frame, its mask zeros, so that the payload is as it stands (RFC 6455, 5.2). Up to 125 bytes. */
function frame(firstByte: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([firstByte, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

test('[T12] compression is not agreed to, and a compressed frame, perhaps a bomb, ends its socket unread', async () => {
  const { stream, answer } = await upgraded();
  expect(answer).toMatch(/^HTTP\/1\.1 101/);
  expect(answer).not.toMatch(/deflate/);
  const answered = once(stream, 'data') as Promise<[Buffer]>;
  stream.write(frame(0xc1, Buffer.alloc(100)));
  const [[close]] = [await answered];
  expect(close.subarray(0, 4)).toEqual(Buffer.from([0x88, close[1], 0x03, 0xea]));
  stream.destroy();
});

test.each([
  ['a reserved opcode', frame(0x83, Buffer.from('x'))],
  ['a continuation of nothing', frame(0x80, Buffer.from('x'))],
  ['a frame without a mask', Buffer.from([0x81, 0x01, 0x78])],
  ['a ping in parts', frame(0x09, Buffer.from('x'))],
  ['text that is no UTF-8', frame(0x81, Buffer.from([0xff, 0xfe]))],
  ['a length of many gigabytes', Buffer.from([0x81, 0xff, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0])],
])('[T12] %s ends its socket', async (_, bytes) => {
  const { stream } = await upgraded();
  const ended = once(stream, 'close');
  stream.resume();
  stream.on('data', () => stream.end());
  stream.write(bytes);
  await ended;
});

test('[T12] sockets that stop halfway, in handshake or frame, hold up nobody', async () => {
  const streams = Array.from({ length: 20 }, () => connect(server.port, '127.0.0.1'));
  await Promise.all(streams.map((stream) => once(stream, 'connect')));
  for (const stream of streams) stream.write('GET /signal HTTP/1.1\r\nHost: localhost\r\nUpg');
  const halves = await Promise.all(Array.from({ length: 20 }, upgraded));
  for (const { stream } of halves) stream.write(frame(0x81, Buffer.alloc(100)).subarray(0, 50));
  expect(await b.announce('b')).toMatchObject({ incomplete: 2 });
  for (const stream of [...streams, ...halves.map(({ stream }) => stream)]) stream.destroy();
});

test('[T3] a half-open socket that sends nothing and answers no ping is dropped after two', async () => {
  const dead = await Client.open(server, { autoPong: false });
  await dead.announce('dead');
  const closed = dead.closing();
  for (let round = 0; round < 3; round += 1) {
    server.signal.ping();
    await Promise.all([once(a.socket, 'ping'), once(b.socket, 'ping')]);
    await Promise.all([a.announce('a'), b.announce('b')]);
  }
  expect(await closed).toBe(1006);
  await a.announceUntil('a', 2);
});

/** Pings everybody, and lets the honest ones answer. */
async function pingAll(): Promise<void> {
  server.signal.ping();
  await Promise.all([once(a.socket, 'ping'), once(b.socket, 'ping')]);
  await Promise.all([a.announce('a'), b.announce('b')]);
}

test('[T3] [T12] whoever falls silent anywhere in a frame, or sends it byte by byte, is dropped by the pings', async () => {
  const random = seededRandom(5);
  const long = frame(0x81, Buffer.alloc(100, 'x'));
  const silent = [...Array.from(long.keys()).slice(0, 8), long.length - 1].map((cut) => [long.subarray(0, cut)]);
  const broken = Array.from({ length: 40 }, () => makeStream(random));
  const closed: Promise<unknown>[] = [];
  const begin = async (pieces: readonly Buffer[]): Promise<Socket> => {
    const { stream } = await upgraded();
    closed.push(once(stream.resume(), 'close'));
    for (const piece of pieces) stream.write(piece);
    return stream;
  };
  await Promise.all([...silent, ...broken].map(begin));
  const slow = await begin([]);
  slow.write(long.subarray(0, 6));
  while (server.signal.sockets > 2) {
    slow.write('x');
    await pingAll();
  }
  await Promise.all(closed);
});

/** The server over real sockets on the loopback: frames in, frames out, and how connections end. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { type Socket, connect } from 'node:net';

import { afterEach, expect, test } from 'vitest';

import { encodeClientMessage } from '../shared/wire/signal-codec.ts';
import { readRetryText } from '../shared/wire/signal-retry.ts';
import { SOCKET_LIMITS } from './limits.ts';
import { Client, start, stopAll } from './server.test-kit.ts';
import { announce, offer, peer, swarm } from './test-tracker.ts';

afterEach(stopAll);

test('[T7] [T8] two tabs announce, and exchange an offer and its answer', async () => {
  const server = await start();
  const [a, b] = [await Client.open(server), await Client.open(server)];
  await a.announce('a');
  expect(await b.announce('b')).toMatchObject({ kind: 'announced', incomplete: 2 });
  const ids = { infoHash: swarm('film'), offerId: offer('1') };
  const session = { ...ids, peerId: peer('a'), toPeerId: peer('b'), sdp: 'v=0' };
  a.socket.send(encodeClientMessage({ ...session, kind: 'offer' }));
  expect(await b.message()).toEqual({ ...ids, kind: 'offer', peerId: peer('a'), sdp: 'v=0' });
  b.socket.send(encodeClientMessage({ ...session, kind: 'answer', peerId: peer('b'), toPeerId: peer('a') }));
  expect(await a.message()).toEqual({ ...ids, kind: 'answer', peerId: peer('b'), sdp: 'v=0' });
});

test('[T7] a session description with characters beyond ASCII arrives as it was sent', async () => {
  const server = await start();
  const [a, b] = [await Client.open(server), await Client.open(server)];
  await a.announce('a');
  await b.announce('b');
  const sdp = 'v=0 é ✓ 😀 \u0000 " \\ \ud800';
  const ids = { infoHash: swarm('film'), offerId: offer('1'), peerId: peer('a') };
  a.socket.send(encodeClientMessage({ ...ids, kind: 'offer', toPeerId: peer('b'), sdp }));
  expect(await b.message()).toEqual({ ...ids, kind: 'offer', sdp });
});

test('a client that pings is answered, with what it said', async () => {
  const server = await start();
  const client = await Client.open(server);
  const pong = once(client.socket, 'pong') as Promise<[Buffer]>;
  client.socket.ping('é');
  expect((await pong)[0].toString()).toBe('é');
});

test('a client that closes is answered with its code', async () => {
  const server = await start();
  const client = await Client.open(server);
  const closed = client.closing();
  client.socket.close(4001, 'bye');
  expect(await closed).toBe(4001);
});

test('[S2] [S7] frames that are no messages are refused with action and info hash, and the socket stays open', async () => {
  const server = await start();
  const client = await Client.open(server);
  const infoHash = Buffer.from(swarm('film'), 'hex').toString('latin1');
  for (const text of ['', 'null', '{', '[]', '{"action":"announce"}', '{"action":"dance"}', '\0'.repeat(1000)]) {
    client.socket.send(text);
    expect(JSON.parse(await client.frame())).toMatchObject({
      action: 'announce',
      'failure reason': expect.any(String),
    });
  }
  client.socket.send(JSON.stringify({ action: 'announce', info_hash: infoHash, peer_id: 5 }));
  expect(JSON.parse(await client.frame())).toMatchObject({ action: 'announce', info_hash: infoHash });
  client.socket.send(JSON.stringify({ action: 'scrape' }));
  expect(JSON.parse(await client.frame())).toMatchObject({ action: 'scrape' });
  client.socket.send(Buffer.from('{"action":"announce"}'), { binary: true });
  expect(await client.message()).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/Binary/) });
  expect(await client.announce('a')).toMatchObject({ kind: 'announced' });
  expect(server.faults).toEqual([]);
});

test.each([
  ['a byte longer than may be', SOCKET_LIMITS.frameBytesMax + 1],
  ['many times as long', 20 * SOCKET_LIMITS.frameBytesMax],
])('[S8] a client whose frame is %s is told why and closed, and its peers leave', async (_, length) => {
  const server = await start();
  const [bad, good] = [await Client.open(server), await Client.open(server)];
  await bad.announce('a');
  const closed = bad.closing();
  bad.socket.send('x'.repeat(length));
  const reason = expect.stringMatching(/may have 262144 bytes/) as string;
  expect(await bad.message()).toMatchObject({ kind: 'refused', reason });
  expect(await closed).toBe(1009);
  await good.announceUntil('b', 1);
});

test('[T12] a client that earns refusal after refusal is told, and loses its socket', async () => {
  const server = await start({ socket: { refusals: { burst: 3, perSecond: 0 } } });
  const bad = await Client.open(server);
  const closed = bad.closing();
  for (let index = 0; index < 9; index += 1) bad.socket.send('{}');
  // The three that are allowed, and the one too many; what comes after it is not read any more.
  for (let index = 0; index < 4; index += 1) {
    expect(await bad.message()).toMatchObject({ reason: expect.stringMatching(/action is unknown/) });
  }
  expect(await bad.message()).toMatchObject({ reason: expect.stringMatching(/had to be refused/) });
  expect(await closed).toBe(1008);
});

test('[T12] a client that floods is told why and closed, and others do not notice', async () => {
  const server = await start({ socket: { frames: { burst: 3, perSecond: 1 } } });
  const [flood, good] = [await Client.open(server), await Client.open(server)];
  for (let index = 0; index < 50; index += 1) flood.socket.send('x');
  const closed = flood.closing();
  for (let index = 0; index < 3; index += 1) await flood.frame();
  expect(await flood.message()).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/Too many/) });
  expect(await closed).toBe(1008);
  expect(await good.announce('b')).toMatchObject({ kind: 'announced' });
});

test('[T12] what one client says is handled in its order, however much comes at once', async () => {
  const server = await start({ socket: { framesWaitingMax: 2 } });
  const client = await Client.open(server);
  for (let index = 0; index < 100; index += 1) {
    client.socket.send(encodeClientMessage(announce('a', { infoHash: swarm(String(index)) })));
  }
  for (let index = 0; index < 100; index += 1) {
    expect(await client.message()).toMatchObject({ kind: 'announced', infoHash: swarm(String(index)) });
  }
});

test('[T12] a client that does not read loses its socket before it fills the memory', { timeout: 30_000 }, async () => {
  const unlimited = { burst: 1e9, perSecond: 0 };
  const server = await start({
    socket: { sendQueueBytesMax: 64 * 1024, frames: unlimited },
    tracker: { relays: unlimited, offersWaitingPerPeerMax: 1e9 },
  });
  const [slow, fast] = [await Client.open(server), await Client.open(server)];
  await slow.announce('a');
  await fast.announce('b');
  slow.socket.pause();
  const ids = { infoHash: swarm('film'), peerId: peer('b'), toPeerId: peer('a'), sdp: 'v=0'.padEnd(16_000, '.') };
  // The kernel holds some megabytes for a reader that sleeps; only then the server's own queue grows. 64 MB are too many.
  for (let id = 0; server.signal.sockets === 2 && id < 4000; id += 1) {
    const frame = encodeClientMessage({ ...ids, kind: 'offer', offerId: offer(String(id)) });
    await new Promise<void>((resolve) => fast.socket.send(frame, () => resolve()));
  }
  expect(server.signal.sockets).toBe(1);
  fast.socket.send(encodeClientMessage({ ...ids, kind: 'offer', offerId: offer('late') }));
  expect(await fast.message()).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/not in the swarm/) });
});

test('[T3] [T9] a client that does not answer two pings is dropped, one that does stays', async () => {
  const server = await start();
  const dead = await Client.open(server, { autoPong: false });
  const alive = await Client.open(server);
  await dead.announce('a');
  const closed = dead.closing();
  for (let round = 0; round < 3; round += 1) {
    server.signal.ping();
    await once(alive.socket, 'ping');
    expect(await alive.announce('b')).toMatchObject({ kind: 'announced' });
  }
  expect(await closed).toBe(1006);
  expect(await alive.announce('b')).toMatchObject({ incomplete: 1 });
});

test('[T3] a client that ends without a word leaves its swarms', async () => {
  const server = await start();
  const [a, b] = [await Client.open(server), await Client.open(server)];
  await a.announce('a');
  await b.announce('b');
  const closed = a.closing();
  a.socket.terminate();
  await closed;
  await b.announceUntil('b', 1);
  expect(server.signal.sockets).toBe(1);
});

test('only /signal upgrades; other paths are not found', async () => {
  const server = await start();
  for (const path of ['/', '/signal/', '/signals', '//signal', '/%73ignal']) {
    const client = new Client(server, { path });
    const [, response] = (await once(client.socket, 'unexpected-response')) as [unknown, IncomingMessage];
    expect({ path, status: response.statusCode }).toEqual({ path, status: 404 });
  }
  const client = new Client(server, { path: '/signal?from=anywhere' });
  await once(client.socket, 'open');
});

test('handshakes that are broken or broken off harm nobody', async () => {
  const server = await start();
  const requests = [
    'GET /signal HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    'GET /signal HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 99\r\n\r\n',
    'GET /elsewhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    'POST /signal HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    'no HTTP at all\r\n\r\n',
  ];
  for (const request of requests) {
    const stream: Socket = connect(server.port, '127.0.0.1');
    stream.end(request);
    stream.resume();
    await once(stream, 'close');
  }
  const abrupt = connect(server.port, '127.0.0.1');
  await once(abrupt, 'connect');
  abrupt.write(requests[2]);
  abrupt.resetAndDestroy();
  const client = await Client.open(server);
  expect(await client.announce('a')).toMatchObject({ kind: 'announced' });
  expect(server.faults).toEqual([]);
});

test('[S11] a server that stops answers what was asked, and tells everybody another time to come back', async () => {
  const server = await start();
  const clients = await Promise.all(Array.from({ length: 20 }, () => Client.open(server)));
  const closings = clients.map(({ socket }) => once(socket, 'close') as Promise<[number, Buffer]>);
  clients[0].socket.send(encodeClientMessage(announce('a')));
  await clients[1].announce('b');
  await server.signal.close();
  expect(await clients[0].message()).toMatchObject({ kind: 'announced' });
  const ends = await Promise.all(closings);
  expect(ends.map(([code]) => code)).toEqual(clients.map(() => 1012));
  const times = ends.map(([, text]) => readRetryText(text.toString()) ?? 0).toSorted((a, b) => a - b);
  expect(new Set(times).size).toBe(times.length);
  expect(times[0]).toBeGreaterThanOrEqual(1000);
  expect(times.at(-1)).toBeLessThan(3000);
  expect(times.at(-1)! - times[0]).toBeGreaterThan(1000);
  expect(await server.world.directory.size()).toEqual({ swarms: 0, peers: 0 });
});

test('a server that stops waits for nobody who does not go, and lets nobody in', async () => {
  const server = await start();
  const stubborn = await Client.open(server);
  stubborn.socket.pause();
  const stopped = server.signal.close();
  const { socket } = new Client(server);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  expect(response.statusCode).toBe(503);
  await stopped;
  expect(server.signal.sockets).toBe(0);
});

test('a fault of the directory is reported, costs one message, and the next is handled', async () => {
  const server = await start();
  const client = await Client.open(server);
  const { directory } = server.world;
  const enter = directory.enter.bind(directory);
  directory.enter = () => Promise.reject(new Error('the directory is away'));
  expect(await client.announce('a')).toMatchObject({ kind: 'refused', infoHash: swarm('film') });
  directory.enter = enter;
  expect(await client.announce('a')).toMatchObject({ kind: 'announced' });
  expect(server.faults).toEqual([new Error('the directory is away')]);
});

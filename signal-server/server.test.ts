/** The server over real sockets on the loopback: frames in, frames out, and how connections end. */
import { type IncomingMessage, type Server, createServer } from 'node:http';
import { type AddressInfo, type Socket, connect } from 'node:net';
import { once } from 'node:events';

import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { decodeServerMessage, encodeClientMessage } from '../shared/wire/signal-codec.ts';
import type { ServerMessage } from '../shared/wire/signal-message.ts';
import { SOCKET_LIMITS, type SocketLimits, type TrackerLimits } from './limits.ts';
import { SignalServer } from './server.ts';
import { TestTracker, announce, offer, peer, swarm } from './test-tracker.ts';
import { Traffic } from './traffic.ts';

interface Running {
  readonly world: TestTracker;
  readonly signal: SignalServer;
  readonly http: Server;
  readonly port: number;
  /** What went wrong in the server itself. */
  readonly faults: unknown[];
}

const running: Running[] = [];

afterEach(async () => {
  for (const { signal, http } of running.splice(0)) {
    await signal.close();
    http.closeAllConnections();
    http.close();
  }
});

async function start(limits: Partial<SocketLimits> = {}, trackerLimits: Partial<TrackerLimits> = {}): Promise<Running> {
  const world = new TestTracker(trackerLimits);
  const faults: unknown[] = [];
  const signal = new SignalServer({
    tracker: world.tracker,
    limits: { ...SOCKET_LIMITS, ...limits },
    traffic: new Traffic(),
    now: () => world.now,
    report: (error) => faults.push(error),
    nodeName: 'test',
  });
  const http = createServer();
  http.on('upgrade', (request, stream, head) => signal.upgrade(request, stream, head));
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const started = { world, signal, http, port: (http.address() as AddressInfo).port, faults };
  running.push(started);
  return started;
}

/** A client whose frames are read one by one. */
class Client {
  readonly socket: WebSocket;
  readonly #frames: string[] = [];
  #awaken: () => void = () => {};

  constructor({ port }: Running, options: { path?: string; autoPong?: boolean } = {}) {
    this.socket = new WebSocket(`ws://127.0.0.1:${port}${options.path ?? '/signal'}`, { autoPong: options.autoPong });
    this.socket.on('message', (data: Buffer) => {
      this.#frames.push(data.toString());
      this.#awaken();
    });
  }

  static async open(server: Running, options: { autoPong?: boolean } = {}): Promise<Client> {
    const client = new Client(server, options);
    await once(client.socket, 'open');
    return client;
  }

  async frame(): Promise<string> {
    while (this.#frames.length === 0) await new Promise<void>((resolve) => (this.#awaken = resolve));
    return this.#frames.shift()!;
  }

  async message(): Promise<ServerMessage> {
    return decodeServerMessage(await this.frame()) as ServerMessage;
  }

  async announce(name: string): Promise<ServerMessage> {
    this.socket.send(encodeClientMessage(announce(name, { event: 'started' })));
    return this.message();
  }

  /** The code that the connection closes with. */
  async closing(): Promise<number> {
    const [code] = (await once(this.socket, 'close')) as [number];
    return code;
  }
}

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

test('[S8] a frame that is too long ends its socket, and the peers of that socket leave', async () => {
  const server = await start();
  const [bad, good] = [await Client.open(server), await Client.open(server)];
  await bad.announce('a');
  bad.socket.send('x'.repeat(SOCKET_LIMITS.frameBytesMax + 1));
  expect(await bad.closing()).toBe(1009);
  expect(await good.announce('b')).toMatchObject({ incomplete: 1 });
});

test('[T12] a client that floods is told why and closed, and others do not notice', async () => {
  const server = await start({ frames: { burst: 3, perSecond: 1 } });
  const [flood, good] = [await Client.open(server), await Client.open(server)];
  for (let index = 0; index < 50; index += 1) flood.socket.send('x');
  const closed = flood.closing();
  for (let index = 0; index < 3; index += 1) await flood.frame();
  expect(await flood.message()).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/Too many/) });
  expect(await closed).toBe(1008);
  expect(await good.announce('b')).toMatchObject({ kind: 'announced' });
});

test('[T12] what one client says is handled in its order, however much comes at once', async () => {
  const server = await start({ framesWaitingMax: 2 });
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
  const server = await start(
    { sendQueueBytesMax: 64 * 1024, frames: unlimited },
    { relays: unlimited, offersWaitingPerPeerMax: 1e9 },
  );
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
  let incomplete = 2;
  while (incomplete > 1) ({ incomplete } = (await b.announce('b')) as { incomplete: number } & ServerMessage);
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

test('a server that stops says so to its clients', async () => {
  const server = await start();
  const client = await Client.open(server);
  const closed = client.closing();
  await server.signal.close();
  expect(await closed).toBe(1001);
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

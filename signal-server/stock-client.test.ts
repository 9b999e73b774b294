/** The stock tracker client, which nobody here wrote, against our server: all that it can say, and what others may say to it. */
import { once } from 'node:events';

import { type Announced, Client, type IntroducedPeer, type Scraped, type StockSocket } from 'bittorrent-tracker';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';

import { isMalformed } from '../shared/wire/malformed.ts';
import { readConfig } from './config.ts';
import { NO_ICE_SERVERS, sayWhenGathered } from './node-webrtc.test-kit.ts';
import { logInto } from './log.test-kit.ts';
import { START_MS_MAX, TestRedis } from './redis.test-kit.ts';
import { type Service, startService } from './service.ts';

const FILM = 'f1'.repeat(20);
const SONG = '50'.repeat(20);

let service: Service;
let url: string;
const clients: StockClient[] = [];
const faults: unknown[] = [];

beforeAll(sayWhenGathered);

beforeEach(async () => {
  service = await start(0);
  url = `ws://127.0.0.1:${service.port}/signal`;
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.leave()));
  await service.close();
  expect(faults.splice(0)).toEqual([]);
});

/** A stock client with what it was told. */
class StockClient {
  readonly client: Client;
  readonly warnings: string[] = [];
  readonly peers: IntroducedPeer[] = [];
  readonly peerId: string;

  constructor(name: string, infoHash = FILM) {
    this.peerId = hexOf(name);
    this.client = new Client({
      infoHash,
      peerId: this.peerId,
      announce: [`${url}?${name}`],
      port: 6881,
      rtcConfig: NO_ICE_SERVERS,
    });
    this.client.on('warning', ({ message }) => this.warnings.push(message));
    this.client.on('peer', (peer) => {
      // Closing the other end is an error to this one.
      peer.on('error', () => {});
      this.peers.push(peer);
    });
    clients.push(this);
  }

  /** The socket to the server; clients of one name share it, as all torrents of a stock client do. */
  get socket(): StockSocket | null {
    return this.client._trackers[0].socket;
  }

  /** Connects again at once, where a stock client waits for up to five minutes; gives what the server answered. */
  async comeBack(): Promise<Announced> {
    const [tracker] = this.client._trackers;
    clearTimeout(tracker.reconnectTimer ?? undefined);
    const answered = once(this.client, 'update') as Promise<[Announced]>;
    tracker._openSocket();
    return (await answered)[0];
  }

  /** Says it without offers; gives what the server answered. */
  async say(what: 'start' | 'update' | 'complete' | 'stop', left = 1): Promise<Announced> {
    const answered = once(this.client, 'update') as Promise<[Announced]>;
    this.client[what]({ left, numwant: 0 });
    return (await answered)[0];
  }

  async scrape(infoHashes: string | readonly string[]): Promise<Scraped[]> {
    const scraped: Scraped[] = [];
    const count = typeof infoHashes === 'string' ? 1 : infoHashes.length;
    const all = new Promise<Scraped[]>((resolve) => {
      this.client.on('scrape', (one) => scraped.push(one) === count && resolve(scraped));
    });
    this.client.scrape({ infoHash: infoHashes });
    return all;
  }

  async leave(): Promise<void> {
    for (const peer of this.peers) peer.destroy();
    await new Promise<void>((resolve) => this.client.destroy(resolve));
  }
}

test('[T1] [T2] [T3] a stock client starts, updates, completes and stops, and the counts are right', async () => {
  const [a, b] = [new StockClient('a'), new StockClient('b')];
  expect(await a.say('start')).toMatchObject({ complete: 0, incomplete: 1, interval: 120 });
  expect(await b.say('start', 0)).toMatchObject({ complete: 1, incomplete: 1 });
  expect(await a.say('update')).toMatchObject({ complete: 1, incomplete: 1 });
  expect(await a.say('complete', 0)).toMatchObject({ complete: 2, incomplete: 0 });
  expect(await a.say('stop', 0)).toMatchObject({ complete: 1, incomplete: 0 });
  expect([...a.warnings, ...b.warnings]).toEqual([]);
});

test('[T11] [S9] a stock client scrapes one swarm, and several', async () => {
  const [a, b] = [new StockClient('a'), new StockClient('b', SONG)];
  await a.say('start');
  await b.say('complete', 0);
  expect(await a.scrape(FILM)).toMatchObject([{ infoHash: FILM, complete: 0, incomplete: 1, downloaded: 0 }]);
  const several = await a.scrape([FILM, SONG]);
  expect(several).toMatchObject([{ infoHash: FILM }, { infoHash: SONG, complete: 1, incomplete: 0, downloaded: 1 }]);
});

// WebRTC in Node now and then refuses a good description when the machine is busy.
test('[T6] [T8] [S4] offers and answers of two stock clients are relayed, and they connect', { retry: 3 }, async () => {
  const [a, b] = [new StockClient('a'), new StockClient('b')];
  await a.say('start');
  const [atA, atB] = [once(a.client, 'peer'), once(b.client, 'peer')] as Promise<[IntroducedPeer]>[];
  b.client.start({ left: 1 });
  const [[peerOfA], [peerOfB]] = await Promise.all([atA, atB]);
  expect([peerOfA.id, peerOfB.id]).toEqual([b.peerId, a.peerId]);
  await Promise.all([once(peerOfA, 'connect'), once(peerOfB, 'connect')]);
});

test('[T12] a stock client has many torrents on one socket', async () => {
  const torrents = Array.from({ length: 100 }, (_, index) => index.toString(16).padStart(40, 'f1'));
  const many = torrents.map((infoHash) => new StockClient('a', infoHash));
  const answers = await Promise.all(many.map((client) => client.say('start')));
  expect(answers.map(({ infoHash, incomplete }) => ({ infoHash, incomplete }))).toEqual(
    torrents.map((infoHash) => ({ infoHash, incomplete: 1 })),
  );
  expect(new Set(many.map(({ socket }) => socket)).size).toBe(1);
  const oneTooMany = new StockClient('a', SONG);
  const warned = once(oneTooMany.client, 'warning');
  oneTooMany.client.start({ numwant: 0 });
  expect(await warned).toEqual([new Error('One connection may be in 100 swarms.')]);
});

test('[T3] [T9] a stock client comes back over a new socket, as the same peer', async () => {
  const [a, b] = [new StockClient('a'), new StockClient('b')];
  await a.say('start');
  expect(await b.say('start')).toMatchObject({ incomplete: 2 });
  await service.close();
  service = await start(service.port);
  expect(await a.comeBack()).toMatchObject({ incomplete: 1 });
  expect(await b.comeBack()).toMatchObject({ incomplete: 2 });
});

test(
  '[T1] a stock client keeps its socket while Redis is away, is served by its node, and has the other node’s peers after it',
  { timeout: START_MS_MAX },
  async () => {
    const redis = await TestRedis.start();
    const shared = { REDIS_URL: redis.url };
    await service.close();
    service = await start(service.port, shared);
    const other = await start(0, shared);
    const a = new StockClient('a');
    url = `ws://127.0.0.1:${other.port}/signal`;
    const b = new StockClient('b');
    await Promise.all([a.say('start'), b.say('start')]);
    const { socket } = a;
    await knownPeers(service, 2);
    expect(await a.say('update')).toMatchObject({ incomplete: 2, interval: 120 });
    await redis.kill();
    await knownPeers(service, 1);
    expect(await a.say('update')).toMatchObject({ incomplete: 1, interval: 20 });
    await redis.start();
    await knownPeers(service, 2);
    expect(await a.say('update')).toMatchObject({ incomplete: 2, interval: 120 });
    expect(a.socket).toBe(socket);
    expect([...a.warnings, ...b.warnings]).toEqual([]);
    await other.close();
    await redis.kill();
  },
);

const RECORD = { action: 'announce', info_hash: binary(FILM), peer_id: binary(hexOf('a')) };

/** Frames that no client should send, each of a kind of its own. */
const MALFORMED: Record<string, unknown> = {
  'no JSON': '{',
  'no object': '[]',
  'no action': '{}',
  'an unknown action': { ...RECORD, action: 'dance' },
  'no info hash': { action: 'announce' },
  'an info hash too short': { ...RECORD, info_hash: 'short' },
  'an info hash that is a number': { ...RECORD, info_hash: 7 },
  'no peer id': { ...RECORD, peer_id: null },
  'an unknown event': { ...RECORD, event: 'sing' },
  'offers that are none': { ...RECORD, offers: [7] },
  'an answer to nobody': { ...RECORD, answer: { type: 'answer', sdp: 'v=0' } },
  'an answer that nobody waits for': {
    ...RECORD,
    answer: { type: 'answer', sdp: 'v=0' },
    to_peer_id: binary(hexOf('b')),
    offer_id: binary(FILM),
  },
  'a scrape of everything': { action: 'scrape' },
  'a scrape of what is no hash': { action: 'scrape', info_hash: 7 },
  'a peer id of somebody else': { ...RECORD, peer_id: binary(hexOf('b')) },
  'bytes instead of text': new Uint8Array(99),
};

test.each(Object.entries(MALFORMED))('[S2] [S7] %s: a stock client stays', async (_, malformed) => {
  const [a, b] = [new StockClient('a'), new StockClient('b')];
  await Promise.all([a.say('start'), b.say('start')]);
  const { socket } = a;
  const isText = typeof malformed === 'string' || malformed instanceof Uint8Array;
  socket?.send(isText ? malformed : JSON.stringify(malformed));
  expect(await a.say('update')).toMatchObject({ incomplete: 2 });
  expect(a.socket).toBe(socket);
});

function start(port: number, environment: NodeJS.ProcessEnv = {}): Promise<Service> {
  const config = readConfig({ HOST: '127.0.0.1', PORT: String(port), ...environment });
  if (isMalformed(config)) throw new Error(config.reason);
  return startService({ config, webFolder: 'web', log: logInto(faults) });
}

/** Resolves when the node knows of so many peers, on all nodes while Redis is there; the test's own time is the limit. */
async function knownPeers({ port }: Service, count: number): Promise<void> {
  for (;;) {
    const health = (await (await fetch(`http://127.0.0.1:${port}/healthz`)).json()) as { readonly peers: number };
    if (health.peers === count) return;
  }
}

function binary(hex: string): string {
  return Buffer.from(hex, 'hex').toString('latin1');
}

function hexOf(name: string): string {
  return Buffer.from(name.padEnd(20, '.')).toString('hex');
}

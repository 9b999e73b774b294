/** Several nodes that share one Redis: they serve one swarm, and each of them, and Redis, may be lost and come back. */
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from 'vitest';

import { seededRandom } from '../shared/base/random.ts';
import type { Millis } from '../shared/base/time.ts';
import type { ServerMessage } from '../shared/wire/signal-message.ts';
import { type Backing, openBacking } from './backing.ts';
import { TRACKER_LIMITS } from './limits.ts';
import { START_MS_MAX, TestCluster, TestRedis } from './redis.test-kit.ts';
import { socketId } from './relay.ts';
import { TestClient, type TestWorld, offer, peer } from './test-tracker.ts';
import { Tracker } from './tracker.ts';

/** A machine at work lets a process of its own wait: what is proven here are outcomes, not times. */
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let redis: TestRedis;
const nodes: Node[] = [];

beforeAll(async () => {
  redis = await TestRedis.start();
}, START_MS_MAX);

afterAll(async () => {
  await redis.kill();
});

afterEach(async () => {
  redis.thaw();
  for (const node of nodes.splice(0)) await node.close();
  await redis.kill();
  await redis.start();
});

/** A node without sockets of its own: a tracker, and what stands behind it. */
class Node implements TestWorld {
  readonly tracker: Tracker;
  readonly name: string;
  readonly #backing: Backing;
  #isAway = true;
  #awaken: () => void = () => {};
  #sockets = 0;

  constructor(redisUrls: readonly string[]) {
    this.name = `node${(made += 1)}`;
    const note = (isAway: boolean) => (): void => {
      this.#isAway = isAway;
      this.#awaken();
    };
    this.#backing = openBacking({
      redisUrls,
      nodeName: this.name,
      random: seededRandom(made),
      now: () => this.now,
      onBack: note(false),
      onAway: note(true),
    });
    let secrets = 0;
    this.tracker = new Tracker({
      ...this.#backing,
      limits: TRACKER_LIMITS,
      isBlocked: () => false,
      newTrackerId: () => `secret of ${this.name} ${(secrets += 1)}`,
    });
    nodes.push(this);
  }

  get now(): Millis {
    return performance.now();
  }

  /** Resolves when the node has noticed that Redis is away, or is there. */
  async notices(isAway: boolean): Promise<void> {
    while (this.#isAway !== isAway) await new Promise<void>((resolve) => (this.#awaken = resolve));
  }

  open(name: string): TestClient {
    this.#sockets += 1;
    return new TestClient(this, name, socketId(this.name, this.#sockets));
  }

  close(): Promise<void> {
    return this.#backing.close();
  }
}

let made = 0;

async function start(count: number, redisUrls = redis.urls): Promise<Node[]> {
  const started = Array.from({ length: count }, () => new Node(redisUrls));
  await Promise.all(started.map((node) => node.notices(false)));
  return started;
}

/** Announces until the answer is as wished; the test's own time is the limit. */
async function announceUntil(client: TestClient, wished: (reply: ServerMessage) => boolean): Promise<ServerMessage> {
  for (;;) {
    const reply = await client.announce({ neighboursWanted: 50 });
    if (wished(reply)) return reply;
  }
}

const counts = (incomplete: number) => (reply: ServerMessage) =>
  reply.kind === 'announced' && reply.incomplete === incomplete;

test('[T5] [T7] [T8] peers of three nodes are one swarm, whose offers and answers cross over', async () => {
  const clients = (await start(3)).map((node, index) => node.open('abc'[index]));
  for (const client of clients) await client.announce({ neighboursWanted: 50 });
  const [a, b, c] = clients;
  const reply = await a.announce({ neighboursWanted: 50 });
  expect(reply).toMatchObject({ incomplete: 3, neighbours: expect.arrayContaining([peer('b'), peer('c')]) });
  expect(await a.offer('b')).toEqual([]);
  expect(b.inbox).toMatchObject([{ kind: 'offer', peerId: peer('a'), offerId: offer('offer') }]);
  expect(await c.answer('a')).toMatchObject([{ kind: 'refused', reason: expect.stringMatching(/No such offer/) }]);
  expect(await b.answer('a')).toEqual([]);
  expect(a.inbox).toMatchObject([{ kind: 'answer', peerId: peer('b') }]);
});

test('[T5] [T7] [T8] nodes on a Redis Cluster are one swarm, too', async () => {
  const cluster = await TestCluster.start();
  onTestFinished(() => cluster.kill());
  const [one, two, three] = await start(3, cluster.urls.slice(0, 2));
  const [a, b] = [one.open('a'), two.open('b')];
  await a.announce();
  expect(await b.announce({ neighboursWanted: 50 })).toMatchObject({ neighbours: [peer('a')], incomplete: 2 });
  expect(await b.offer('a')).toEqual([]);
  expect(a.inbox).toMatchObject([{ kind: 'offer', peerId: peer('b'), offerId: offer('offer') }]);
  expect(await a.answer('b')).toEqual([]);
  expect(b.inbox).toMatchObject([{ kind: 'answer', peerId: peer('a') }]);
  await one.close();
  const c = three.open('c');
  await c.announce();
  expect(await c.offer('a')).toMatchObject([{ kind: 'refused', reason: expect.stringMatching(/not in the swarm/) }]);
});

test('[T9] [T10] a peer id is held by its socket on another node, moves by its secret, and then is there once', async () => {
  const [one, two, three] = await start(3);
  await one.open('a').announce();
  expect(await two.open('a').announce({ trackerId: 'a guess' })).toMatchObject({ kind: 'refused' });
  const moved = two.open('a');
  expect(await moved.announce({ trackerId: `secret of ${one.name} 1` })).toMatchObject({ kind: 'announced' });
  const b = three.open('b');
  expect(await b.announce({ neighboursWanted: 50 })).toMatchObject({ neighbours: [peer('a')], incomplete: 2 });
  await b.offer('a');
  expect(moved.inbox).toHaveLength(1);
});

test('[T4] [T7] peers of a node that ended are gone at the first offer, and come back by any other node', async () => {
  const [one, two] = await start(2);
  await one.open('a').announce();
  const b = two.open('b');
  await b.announce();
  await one.close();
  expect(await b.offer('a')).toMatchObject([{ kind: 'refused', reason: expect.stringMatching(/not in the swarm/) }]);
  expect(await b.announce()).toMatchObject({ incomplete: 1 });
  await two.open('a').announce();
  expect(await b.announce({ neighboursWanted: 50 })).toMatchObject({ neighbours: [peer('a')], incomplete: 2 });
});

test('[T1] without Redis a node answers with its own peers, and soon asks to be asked again', async () => {
  const [one, two] = await start(2);
  const [a, b] = [one.open('a'), one.open('b')];
  for (const client of [a, b, two.open('c')]) await client.announce();
  await redis.kill();
  await one.notices(true);
  const reply = await a.announce({ neighboursWanted: 50 });
  expect(reply).toMatchObject({ kind: 'announced', intervalSeconds: 20, incomplete: 2, neighbours: [peer('b')] });
  expect(await a.offer('b')).toEqual([]);
  expect(await b.answer('a')).toEqual([]);
});

test('[T1] when Redis is back with nothing, all nodes enter their peers again, newcomers and moved ones too', async () => {
  const [one, two] = await start(2);
  const [a, b] = [one.open('a'), two.open('b')];
  for (const client of [a, b]) await client.announce();
  await redis.kill();
  await Promise.all([one.notices(true), two.notices(true)]);
  const late = two.open('c');
  await late.announce();
  await redis.start();
  await Promise.all([one.notices(false), two.notices(false)]);
  const reply = await announceUntil(a, counts(3));
  expect(reply).toMatchObject({ intervalSeconds: 120 });
  expect(await a.offer('c')).toEqual([]);
  expect(late.inbox).toHaveLength(1);
});

test('[T3] who left while Redis was away is not entered again', async () => {
  const [one] = await start(1);
  const [a, b] = [one.open('a'), one.open('b')];
  for (const client of [a, b]) await client.announce();
  await redis.kill();
  await one.notices(true);
  await b.close();
  await redis.start();
  await one.notices(false);
  expect(await announceUntil(a, counts(1))).toMatchObject({ neighbours: [] });
});

test(
  '[T1] a Redis that hangs holds nobody up for long, and serves again when it moves',
  { timeout: 20_000 },
  async () => {
    const [one, two] = await start(2);
    const [a, b] = [one.open('a'), two.open('b')];
    for (const client of [a, b]) await client.announce();
    redis.freeze();
    expect(await a.announce()).toMatchObject({ kind: 'announced', intervalSeconds: 20, incomplete: 1 });
    redis.thaw();
    await Promise.all([one.notices(false), two.notices(false)]);
    expect(await announceUntil(a, counts(2))).toMatchObject({ neighbours: [peer('b')] });
  },
);

test('[T1] a node that starts before Redis serves its own peers, and the others’ as soon as Redis is there', async () => {
  await redis.kill();
  const node = new Node(redis.urls);
  const a = node.open('a');
  expect(await a.announce()).toMatchObject({ kind: 'announced', intervalSeconds: 20 });
  await redis.start();
  await node.notices(false);
  expect(await announceUntil(a, (reply) => reply.kind === 'announced' && reply.intervalSeconds === 120)).toBeTruthy();
  const [other] = await start(1);
  const b = other.open('b');
  expect(await b.announce({ neighboursWanted: 9 })).toMatchObject({ neighbours: [peer('a')] });
  expect(await b.offer('a')).toEqual([]);
  expect(a.inbox).toHaveLength(1);
});

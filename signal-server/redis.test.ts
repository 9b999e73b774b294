/** Three nodes on a real Redis, or a real cluster, are a directory, and a relay, by the contracts that one node in memory keeps. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';

import { seededRandom } from '../shared/base/random.ts';
import { peerIdFromBytes } from '../shared/wire/ids.ts';
import { directoryContract } from './directory.contract.ts';
import type { Directory } from './directory.ts';
import { NodeLink } from './node-link.ts';
import { RedisConnection } from './redis-connection.ts';
import { RedisDirectory } from './redis-directory.ts';
import { RedisRelay } from './redis-relay.ts';
import { START_MS_MAX, TestCluster, TestRedis } from './redis.test-kit.ts';
import { relayContract } from './relay.contract.ts';
import { peer, socket, swarm } from './test-tracker.ts';

/** A machine at work lets a process of its own wait: what is proven here are outcomes, not times. */
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const KINDS = [
  ['one Redis', (): Promise<TestRedis> => TestRedis.start()],
  ['a cluster of three', (): Promise<TestCluster> => TestCluster.start()],
] as const;

test('a Redis that finds its port taken is not tested against', async () => {
  const redis = await TestRedis.start();
  onTestFinished(() => redis.kill());
  const taken = new URL(redis.url).port;
  await expect(TestRedis.start(['--port', taken])).rejects.toThrow(/did not start[^]*in use/);
});

describe.each(KINDS)('on %s', (_, start) => {
  let redis: TestRedis | TestCluster;
  const connections: RedisConnection[] = [];

  beforeAll(async () => {
    redis = await start();
  }, START_MS_MAX);

  afterAll(async () => {
    await redis.kill();
  });

  beforeEach(async () => {
    await redis.flush();
  });

  afterEach(() => {
    for (const connection of connections.splice(0)) connection.close();
  });

  /** A connection that is there, after `prepare` was done with it. */
  async function connect(prepare: (connection: RedisConnection) => void = () => {}): Promise<RedisConnection> {
    return new Promise((resolve) => {
      const connection = new RedisConnection(redis.urls, () => performance.now(), {
        onBack: () => resolve(connection),
        onAway: () => {},
      });
      connections.push(connection);
      prepare(connection);
    });
  }

  async function relayNode(name: string): Promise<RedisRelay> {
    let relay: RedisRelay;
    await connect((connection) => {
      relay = new RedisRelay(new NodeLink(connection, name), () => 7000);
      relay.open();
    });
    return relay!;
  }

  describe('three nodes are a directory', () => {
    directoryContract(async (random) => {
      const nodes = await Promise.all([connect(), connect(), connect()]);
      return byTurns(nodes.map((connection) => new RedisDirectory(connection, random, (moment) => moment)));
    });
  });

  describe('a node is a relay to itself', () => {
    relayContract(async () => {
      const relay = await relayNode('one');
      return { here: relay, there: relay, nodeThere: 'one' };
    });
  });

  describe('two nodes are a relay', () => {
    relayContract(async () => ({ here: await relayNode('one'), there: await relayNode('two'), nodeThere: 'two' }));
  });

  test('[T1] it is away when a master of it is gone, and back when that is there again', async () => {
    const heard: string[] = [];
    let awaken = (): void => {};
    const hear = (what: string) => (): void => {
      heard.push(what);
      awaken();
    };
    const events = { onBack: hear('back'), onAway: hear('away') };
    const connection = new RedisConnection(redis.urls, () => performance.now(), events);
    connections.push(connection);
    const until = async (story: string): Promise<void> => {
      while (heard.join(' ') !== story) await new Promise<void>((resolve) => (awaken = resolve));
    };
    await until('back');
    const last = redis.masters.at(-1)!;
    await last.kill();
    await until('back away');
    await expect(connection.run((client) => client.get('a'))).rejects.toThrow('Redis is away.');
    await last.start();
    await until('back away back');
    const directory = new RedisDirectory(connection, seededRandom(1));
    expect(await directory.size()).toEqual({ swarms: 0, peers: 0 });
  });

  test('[T5] in a swarm of hundreds every peer is as likely as any other', async () => {
    const directory = new RedisDirectory(await connect(), seededRandom(5));
    const size = 300;
    const names = Array.from({ length: size }, (_, index) => peer(`peer ${index}`));
    const enter = (peerId: (typeof names)[0], index: number): Promise<unknown> => {
      const record = { peerId, socket: socket('s-1'), isComplete: index % 3 === 0, trackerId: 'secret' };
      const entry = { infoHash: swarm('film'), peer: record, hasFinished: false, claimedTrackerId: null };
      return directory.enter({ ...entry, takeFrom: null, peersMax: size }, index);
    };
    await Promise.all(names.map(enter));
    const counts = new Map<string, number>(names.map((name) => [name, 0]));
    const [rounds, count] = [600, 50];
    for (let round = 0; round < rounds; round += 1) {
      const sample = await directory.sample({ infoHash: swarm('film'), count, except: names[7], isForSeed: false });
      expect(new Set(sample.map(({ peerId }) => peerId)).size).toBe(count);
      for (const { peerId } of sample) counts.set(peerId, counts.get(peerId)! + 1);
    }
    expect(counts.get(names[7])).toBe(0);
    const expected = (rounds * count) / (size - 1);
    const spread = [...counts.values()].reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, 0) - expected;
    // The quantile of 0.999 for 298 degrees of freedom.
    expect(spread).toBeLessThan(378);
  });

  test('[T3] [T4] nothing is left in Redis of a swarm whose peers have left or expired', async () => {
    const directory = new RedisDirectory(await connect(), seededRandom(1));
    for (let index = 0; index < 50; index += 1) {
      const peerId = peerIdFromBytes(new Uint8Array(20).fill(index));
      const record = { peerId, socket: socket('s-1'), isComplete: index % 2 === 0, trackerId: 'secret' };
      const entry = { infoHash: swarm(`swarm ${index % 5}`), peer: record, hasFinished: true, claimedTrackerId: null };
      await directory.enter({ ...entry, takeFrom: null, peersMax: 100 }, index);
      if (index < 25) await directory.leave(swarm(`swarm ${index % 5}`), peerId, socket('s-1'));
    }
    expect(await directory.size()).toEqual({ swarms: 5, peers: 25 });
    await directory.expire(1000);
    expect(await redis.keys()).toBe(0);
  });
});

/** A directory that sends every call through the next of its nodes. */
function byTurns(nodes: readonly Directory[]): Directory {
  let turn = 0;
  const next = (): Directory => nodes[(turn += 1) % nodes.length];
  return {
    enter: (...words) => next().enter(...words),
    leave: (...words) => next().leave(...words),
    find: (...words) => next().find(...words),
    sample: (...words) => next().sample(...words),
    counts: (...words) => next().counts(...words),
    expire: (...words) => next().expire(...words),
    size: () => next().size(),
  };
}

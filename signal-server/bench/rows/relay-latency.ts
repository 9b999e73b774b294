/** How long a directed offer takes to its peer at a steady load: one node, and three that share a Redis. Printed, not judged. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

import { Crowd } from '../crowd.ts';
import { announce, isResponse, offer } from '../frames.ts';
import { MeasuredServer } from '../measured-server.ts';
import { type Result, type Row, quantile, wait } from '../row.ts';

const CLIENTS = 1000;
const SWARMS = CLIENTS / 50;
const SECONDS = 8;

/** What two cores carry beside the clients that share them: an eighth of what `relays` measures, and less where nodes and Redis share them too. */
const PER_SECOND = { one: 4000, three: 1000 } as const;

const REDIS_PORT = 16_399;

export const relayOnOneNode: Row = {
  name: 'relay-one-node',
  work: `relay latency at ${PER_SECOND.one} offers a second, 1 node: p50, p99`,
  measure: async (): Promise<Result> => {
    const server = await MeasuredServer.ours();
    const result = await latencies([server], PER_SECOND.one, 10);
    await server.stop();
    return result;
  },
};

export const relayOnThreeNodes: Row = {
  name: 'relay-three-nodes',
  work: `relay latency at ${PER_SECOND.three} offers a second, 3 nodes over Redis: p50, p99`,
  measure: async (): Promise<Result> => {
    const redis = startRedis();
    if (redis === null) return unmeasured('no redis-server is installed');
    const environment = { REDIS_URL: `redis://127.0.0.1:${REDIS_PORT}` };
    const servers = await Promise.all([1, 2, 3].map(() => MeasuredServer.ours(environment)));
    const result = await latencies(servers, PER_SECOND.three, 25);
    await Promise.all(servers.map((server) => server.stop()));
    redis.kill('SIGKILL');
    await once(redis, 'exit');
    return result;
  },
};

/** Offers at an even pace, each to a peer on the next node, whose description says when it was sent. */
async function latencies(servers: readonly MeasuredServer[], perSecond: number, p99Aim: number): Promise<Result> {
  const crowd = await Crowd.open(
    servers.map(({ url }) => url),
    CLIENTS,
  );
  const frameOf = (client: number): string => announce(client % SWARMS, client, { neighbours: 1 });
  await crowd.exchange({ times: 1, atOnce: 50, frameOf, isDone: isResponse });
  const tookMs: number[] = [];
  crowd.onFrame = (_, frame) => {
    const sentAt = /at=([\d.]+)/.exec(frame.toString('latin1'))?.[1];
    if (sentAt !== undefined) tookMs.push(performance.now() - Number(sentAt));
  };
  const begun = performance.now();
  for (let sent = 0; sent < perSecond * SECONDS;) {
    const due = ((performance.now() - begun) / 1000) * perSecond;
    for (; sent < Math.min(due, perSecond * SECONDS); sent += 1) {
      const client = sent % CLIENTS;
      const to = { client: (client + SWARMS) % CLIENTS, turn: sent, note: `at=${performance.now()};` };
      crowd.send(client, offer(client % SWARMS, client, to));
    }
    await wait(1);
  }
  await wait(1000);
  crowd.close();
  const [p50, p99] = [quantile(tookMs, 0.5), quantile(tookMs, 0.99)];
  const arrived = tookMs.length / (perSecond * SECONDS);
  return {
    ...unmeasured(`${(100 * arrived).toFixed(1)} % arrived`),
    ours: `${p50.toFixed(1)} ms, ${p99.toFixed(1)} ms`,
    mustReach: `aim: p99 < ${p99Aim} ms`,
  };
}

function unmeasured(theirs: string): Result {
  return { against: '–', ours: '–', theirs, ratio: null, mustReach: '–', isReached: null };
}

function startRedis(): ChildProcess | null {
  if (spawnSync('redis-server', ['--version']).status !== 0) return null;
  const options = ['--port', String(REDIS_PORT), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  return spawn('redis-server', options, { stdio: 'ignore' });
}

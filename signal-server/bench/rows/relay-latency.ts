/**
 * How long a directed offer takes to its peer at half of what the servers carry: one node, and three that share a Redis. What they
 * carry is found first, by the same clients on the same sockets. Printed, not judged.
 */
import { Crowd } from '../crowd.ts';
import { announce, isOffer, isResponse, offer } from '../frames.ts';
import { MeasuredRedis } from '../measured-redis.ts';
import { MeasuredServer } from '../measured-server.ts';
import { textFrame } from '../raw-client.ts';
import { type Result, type Row, quantile, unmeasured, wait } from '../row.ts';

const CLIENTS = 2000;
const SWARMS = CLIENTS / 50;
const NEIGHBOURS = 50;
const SECONDS = 5;

/** Offers of each client that find out what the servers carry, and of each before, so that all is compiled. */
const SATURATING_OFFERS = 20;
const WARM_UP_OFFERS = 20;

export const relayOnOneNode: Row = {
  name: 'relay-one-node',
  work: 'relay latency at half load, 1 node: p50, p99',
  measure: async (): Promise<Result> => {
    const server = await MeasuredServer.ours();
    const result = await latencies([server], 10);
    await server.stop();
    return result;
  },
};

export const relayOnThreeNodes: Row = {
  name: 'relay-three-nodes',
  work: 'relay latency at half load, 3 nodes over Redis on the same cores: p50, p99',
  measure: async (): Promise<Result> => {
    const redis = MeasuredRedis.start();
    if (redis === null) return unmeasured('no redis-server is installed');
    const servers = await Promise.all([1, 2, 3].map(() => MeasuredServer.ours({ REDIS_URL: redis.url })));
    const result = await latencies(servers, 25);
    await Promise.all(servers.map((server) => server.stop()));
    await redis.stop();
    return result;
  },
};

async function latencies(servers: readonly MeasuredServer[], p99Aim: number): Promise<Result> {
  const crowd = await Crowd.open(
    servers.map(({ url }) => url),
    CLIENTS,
  );
  const join = (client: number): string => announce(client % SWARMS, client, { neighbours: NEIGHBOURS });
  await crowd.exchange({ times: 1, atOnce: 50, frameOf: join, isDone: isResponse });
  await offersPerSecond(crowd, { times: WARM_UP_OFFERS, firstTurn: 0 });
  const most = await offersPerSecond(crowd, { times: SATURATING_OFFERS, firstTurn: WARM_UP_OFFERS });
  const perSecond = Math.round(most / 2);
  const tookMs = await offerAtPace(crowd, perSecond);
  crowd.close();
  const [p50, p99] = [quantile(tookMs, 0.5), quantile(tookMs, 0.99)];
  const arrived = tookMs.length / (perSecond * SECONDS);
  return {
    ...unmeasured(`${(100 * arrived).toFixed(1)} % arrived`),
    against: `${perSecond} offers a second, of ${Math.round(most)} that they carry`,
    ours: `${p50.toFixed(1)} ms, ${p99.toFixed(1)} ms`,
    mustReach: `aim: p99 < ${p99Aim} ms`,
  };
}

/** An offer to a peer of the same swarm; of three nodes, mostly on another one. */
function offerOf(client: number, turn: number, note = ''): string {
  const to = (client + SWARMS * (1 + (turn % (NEIGHBOURS - 1)))) % CLIENTS;
  return offer(client % SWARMS, client, { client: to, turn, note });
}

/** What the servers carry when every client makes its next offer as soon as one has arrived. */
async function offersPerSecond(
  crowd: Crowd,
  { times, firstTurn }: { readonly times: number; readonly firstTurn: number },
): Promise<number> {
  let begun = 0;
  const frameOf = (client: number, turn: number): string => offerOf(client, firstTurn + turn);
  const { done } = await crowd.exchange({ times, frameOf, isDone: isOffer }, () => (begun = performance.now()));
  return done / ((performance.now() - begun) / 1000);
}

/** How long each took of offers at an even pace, which begin when they are due, be the clients late or not. */
async function offerAtPace(crowd: Crowd, perSecond: number): Promise<number[]> {
  const total = perSecond * SECONDS;
  const firstTurn = WARM_UP_OFFERS + SATURATING_OFFERS;
  const frames = Array.from({ length: total }, (_, index) =>
    textFrame(offerOf(index % CLIENTS, firstTurn + Math.floor(index / CLIENTS), `number=${index};`)),
  );
  const tookMs: number[] = [];
  const begun = performance.now();
  const dueAt = (index: number): number => begun + (index / perSecond) * 1000;
  crowd.onFrame = (_, frame) => {
    const index = /number=(\d+)/.exec(frame.toString('latin1'))?.[1];
    if (index !== undefined) tookMs.push(performance.now() - dueAt(Number(index)));
  };
  for (let sent = 0; sent < total;) {
    for (; sent < total && dueAt(sent) <= performance.now(); sent += 1) crowd.sendFrame(sent % CLIENTS, frames[sent]);
    await wait(1);
  }
  await wait(1000);
  return tookMs;
}

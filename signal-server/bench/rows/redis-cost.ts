/** What a join and an offer cost a node whose directory is in Redis, and what they cost Redis. Printed, not judged. */
import { Contender } from '../contender.ts';
import type { Load } from '../crowd.ts';
import { announce, isOffer, isResponse, offer } from '../frames.ts';
import { MeasuredRedis } from '../measured-redis.ts';
import { MeasuredServer } from '../measured-server.ts';
import { type Result, type Row, unmeasured } from '../row.ts';

const CLIENTS = 2000;
const SWARMS = CLIENTS / 50;
const NEIGHBOURS = 50;
const TIMES = 5;

/** How many clients wait for their reply at once: what Redis is asked then fits between two answers. */
const AT_ONCE = 500;

const join = (repetition: number): Load => ({
  times: TIMES,
  atOnce: AT_ONCE,
  frameOf: (client, turn) =>
    announce(client % SWARMS, client, { turn: repetition * TIMES + turn, neighbours: NEIGHBOURS }),
  isDone: isResponse,
});

const relay = (repetition: number): Load => ({
  times: TIMES,
  atOnce: AT_ONCE,
  frameOf: (client, turn) => {
    const step = repetition * TIMES + turn;
    return offer(client % SWARMS, client, { client: (client + SWARMS * (1 + (step % 40))) % CLIENTS, turn: step });
  },
  isDone: isOffer,
});

export const joinOverRedis: Row = rowOf('join-over-redis', `a join with ${NEIGHBOURS} neighbours`, join);
export const offerOverRedis: Row = rowOf('offer-over-redis', 'a directed offer', relay);

function rowOf(name: string, what: string, loadOf: (repetition: number) => Load): Row {
  return {
    name,
    work: `${what} on a node with Redis: processor time of the node, and of Redis`,
    measure: async (): Promise<Result> => {
      const redis = MeasuredRedis.start();
      if (redis === null) return unmeasured('no redis-server is installed');
      const node = await Contender.start(MeasuredServer.ours({ REDIS_URL: redis.url }), CLIENTS);
      await node.run(join(0));
      await node.run(loadOf(1));
      const begun = redis.cpuSeconds();
      const { done, perCpuSecond } = await node.run(loadOf(2));
      const redisSeconds = redis.cpuSeconds() - begun;
      await node.stop();
      await redis.stop();
      const micros = (seconds: number): string => `${(1_000_000 * seconds).toFixed(0)} µs`;
      return { ...unmeasured('–'), ours: `${micros(1 / perCpuSecond)}, ${micros(redisSeconds / done)}` };
    },
  };
}

/** All rows of the bench, in the order of the table. */
import type { Row } from './row.ts';
import { churn } from './rows/churn.ts';
import { idleMemory } from './rows/idle-memory.ts';
import { joins, relays } from './rows/joins-and-relays.ts';
import { oneSwarm } from './rows/one-swarm.ts';
import { joinOverRedis, offerOverRedis } from './rows/redis-cost.ts';
import { relayOnOneNode, relayOnThreeNodes } from './rows/relay-latency.ts';
import { restart } from './rows/restart.ts';
import { stockAnnounces } from './rows/stock-announces.ts';

export const ROWS: readonly Row[] = [
  stockAnnounces,
  joins,
  relays,
  idleMemory,
  oneSwarm,
  relayOnOneNode,
  relayOnThreeNodes,
  joinOverRedis,
  offerOverRedis,
  restart,
  churn,
];

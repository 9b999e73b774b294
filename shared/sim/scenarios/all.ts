/** All scenarios there are, in the order in which they are listed. */
import type { Scenario } from '../scenario.ts';
import { freeRiders, liarsAboutHaves, liarsInBlocks, snubbers } from './bad-neighbours.ts';
import { capped } from './capped.ts';
import { churn } from './churn.ts';
import { acrossAContinent, acrossTheWorld, fastAndFar, twoRooms } from './distances.ts';
import { flashCrowd } from './flash-crowd.ts';
import { legout2007 } from './legout-2007.ts';
import { mixedLines } from './mixed-lines.ts';
import { poisson } from './poisson.ts';
import { seedLeaves } from './seed-leaves.ts';
import { selfish } from './selfish.ts';
import { slowSeed } from './slow-seed.ts';
import { mixedUplinks, slowUplinks } from './slow-uplinks.ts';

export const SCENARIOS: readonly Scenario[] = [
  flashCrowd,
  mixedLines,
  legout2007,
  slowSeed,
  slowUplinks,
  mixedUplinks,
  poisson,
  selfish,
  seedLeaves,
  churn,
  capped,
  freeRiders,
  liarsInBlocks,
  liarsAboutHaves,
  snubbers,
  acrossAContinent,
  acrossTheWorld,
  fastAndFar,
  twoRooms,
];

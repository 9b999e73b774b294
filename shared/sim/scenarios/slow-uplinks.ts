/** Peers whose own content stands before what they ask for. */
import { flashCrowd, HONEST } from './flash-crowd.ts';
import type { Scenario } from '../scenario.ts';

const MB = 1_000_000;

export const slowUplinks: Scenario = {
  ...flashCrowd,
  name: 'slow-uplinks',
  shows:
    'A few peers with a tenth of the seed’s uplink, and one queue on each: requests wait behind the content that their peer sends.',
  source:
    'Queues of home routers: Gettys and Nichols, “Bufferbloat” (CACM 2012); the rates are those of a test in browsers.',
  fileBytes: 8 * MB,
  seed: { up: 1.5 * MB, down: 4 * MB },
  peers: 3,
  classes: [{ ...HONEST, name: 'slow uplinks', rates: { up: 0.15 * MB, down: 4 * MB } }],
  uplinks: 'shared-queue',
};

/** What a line of one megabit per second carries of content, in bytes per second. */
const MEGABIT = 110_000;

const behind = (up: number): typeof HONEST => ({
  ...HONEST,
  name: `${up} Mbit/s`,
  rates: { up: up * MEGABIT, down: 16 * MEGABIT },
});

export const mixedUplinks: Scenario = {
  ...flashCrowd,
  name: 'mixed-uplinks',
  shows: 'Uplinks of 1, 2, 4 and 8 Mbit/s: who has a slow one asks behind blocks of its own that take a second.',
  source: 'The lines of `npm run bench -- mixed-uplinks-slow`, with a quarter of the file.',
  fileBytes: 10 * MB,
  roundTripMs: 4,
  seed: { up: 4 * MEGABIT, down: 16 * MEGABIT },
  peers: 8,
  classes: [behind(1), behind(2), behind(4), behind(8)],
};

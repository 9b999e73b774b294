/** Lines as different as those of real homes. */
import type { PeerClass, Scenario } from '../scenario.ts';
import { flashCrowd } from './flash-crowd.ts';

/** kbit/s down and up, and the share of peers in per cent. */
const CLASSES = [
  [640, 320, 20],
  [920, 460, 20],
  [1340, 670, 20],
  [1800, 900, 10],
  [2400, 1200, 10],
  [3600, 1800, 10],
  [6000, 3000, 10],
] as const;

const BYTES_PER_KBIT = 125;

const classes = CLASSES.map(([down, up, weight]): PeerClass => ({
  name: `${up} kbit/s`,
  weight,
  rates: { up: up * BYTES_PER_KBIT, down: down * BYTES_PER_KBIT },
  conduct: 'honest',
}));

export const mixedLines: Scenario = {
  ...flashCrowd,
  name: 'mixed-lines',
  shows: 'Seven classes of lines: who gives more is served more, and peers of one class fare alike.',
  source:
    'The classes used with Bharambe, Herley and Padmanabhan (INFOCOM 2006), as VAST quotes them; the seed is of the fastest.',
  seed: { up: 375_000, down: 750_000 },
  classes,
};

/** Peers whose persons keep most of their lines for other things. */
import type { PeerClass, Scenario } from '../scenario.ts';
import { flashCrowd, HONEST } from './flash-crowd.ts';

const KB = 1000;

const CAPPED: PeerClass = { ...HONEST, name: 'capped', limits: { upload: 200 * KB, download: 500 * KB } };

export const capped: Scenario = {
  ...flashCrowd,
  name: 'capped',
  shows: 'A fifth of the peers cap what they send at 200 kB/s and what they receive at 500 kB/s.',
  source: 'The rates are our own.',
  classes: [{ ...HONEST, weight: 4 }, CAPPED],
};

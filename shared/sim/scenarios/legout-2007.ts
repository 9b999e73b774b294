/** A published experiment on PlanetLab, to compare with. */
import type { PeerClass, Scenario } from '../scenario.ts';
import { flashCrowd } from './flash-crowd.ts';

/** Downloads were not limited. */
const DOWN = 10_000_000;

const peersOf = (up: number, weight: number): PeerClass => ({
  name: `${up / 1000} kB/s`,
  weight,
  rates: { up, down: DOWN },
  conduct: 'honest',
});

export const legout2007: Scenario = {
  ...flashCrowd,
  name: 'legout-2007',
  shows:
    'Three classes of 13, 14 and 13 leechers: peers of like rate find each other and finish together, the fast ones first.',
  source:
    'Legout, Liogkas, Kohler and Zhang, Clustering and Sharing Incentives in BitTorrent Systems, SIGMETRICS 2007.',
  fileBytes: 113_000_000,
  seed: { up: 200_000, down: DOWN },
  peers: 40,
  classes: [peersOf(20_000, 13), peersOf(50_000, 14), peersOf(200_000, 13)],
};

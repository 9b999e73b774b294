/** Peers that come one by one. */
import type { Scenario } from '../scenario.ts';
import { flashCrowd } from './flash-crowd.ts';

export const poisson: Scenario = {
  ...flashCrowd,
  name: 'poisson',
  shows:
    'Peers come one by one, one a second on average, and stay: the more there are, the faster the next one is served.',
  source: 'Qiu and Srikant, Modeling and Performance Analysis of BitTorrent-Like Peer-to-Peer Networks, SIGCOMM 2004.',
  arrivalsPerSecond: 1,
};

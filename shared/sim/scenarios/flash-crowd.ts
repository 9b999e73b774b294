/** The textbook's story, from which the other scenarios differ in one thing each: equal peers that all come at once. */
import { SHIPPED } from '../../engine/policies.ts';
import type { PeerClass, Scenario } from '../scenario.ts';

/** 8 Mbit/s up, 32 Mbit/s down, in bytes per second. */
export const HOME = { up: 1_000_000, down: 4_000_000 };

export const HONEST: PeerClass = { name: 'homes', weight: 1, rates: HOME, conduct: 'honest' };

export const flashCrowd: Scenario = {
  name: 'flash-crowd',
  shows: 'Equal peers that open the link at the same moment: how near the swarm comes to the least time there is.',
  source: 'Kurose & Ross, Computer Networking, 2.5; the rates are those of a common home line.',
  fileBytes: 32 * 1024 * 1024,
  seed: HOME,
  peers: 50,
  classes: [HONEST],
  roundTripMs: 50,
  farRoundTripMs: null,
  loss: 0,
  uplinks: 'fair',
  arrivalsPerSecond: null,
  departures: { kind: 'nobody' },
  policies: SHIPPED,
};

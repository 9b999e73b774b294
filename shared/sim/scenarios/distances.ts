/** Peers that are far from each other. */
import type { Scenario } from '../scenario.ts';
import { flashCrowd, HONEST } from './flash-crowd.ts';

const SOURCE =
  'Pipelining: Cohen 2003, 2; Kurose & Ross 3.4. Windows open by 10 packets and one more a round trip (RFC 9260).';

/** 80 Mbit/s both ways, in bytes per second. */
const FAST = { up: 10_000_000, down: 10_000_000 };

export const acrossAContinent: Scenario = {
  ...flashCrowd,
  name: 'rtt-100ms',
  shows: 'Round trips of 100 ms: requests must be under way before they are needed.',
  source: SOURCE,
  roundTripMs: 100,
};

export const acrossTheWorld: Scenario = {
  ...flashCrowd,
  name: 'rtt-300ms',
  shows: 'Round trips of 300 ms: flows open slowly, and every change of mind costs a third of a second.',
  source: SOURCE,
  roundTripMs: 300,
};

export const fastAndFar: Scenario = {
  ...flashCrowd,
  name: 'fast-and-far',
  shows: 'Two receivers with fast lines, 100 ms away: what one link carries when much is under way on it at once.',
  source: SOURCE,
  peers: 2,
  seed: FAST,
  classes: [{ ...HONEST, rates: FAST }],
  roundTripMs: 100,
};

export const twoRooms: Scenario = {
  ...flashCrowd,
  name: 'two-rooms',
  shows: 'Two rooms, 2 ms within and 200 ms between: each piece crosses, and then spreads in its room.',
  source: 'Locality: Karagiannis, Rodriguez and Papagiannaki, IMC 2005.',
  roundTripMs: 2,
  farRoundTripMs: 200,
};

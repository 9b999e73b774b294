/** A sharer that closes its tab as early as it can. */
import type { Scenario } from '../scenario.ts';
import { flashCrowd } from './flash-crowd.ts';

export const seedLeaves: Scenario = {
  ...flashCrowd,
  name: 'seed-leaves',
  shows: 'The seed leaves after it has sent 1.05 copies: every piece must have left it, and the others finish alone.',
  source: 'Rarest first and the seed’s own rule: Legout, Urvoy-Keller and Michiardi, IMC 2006; BEP 16.',
  departures: { kind: 'the-seed', afterCopies: 1.05 },
};

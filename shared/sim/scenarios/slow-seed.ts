/** A sharer whose uplink is what everybody waits for. */
import type { Scenario } from '../scenario.ts';
import { flashCrowd } from './flash-crowd.ts';

export const slowSeed: Scenario = {
  ...flashCrowd,
  name: 'slow-seed',
  shows:
    'A seed with a fifth of the others’ uplink: whatever it sends twice before all has left once delays everybody.',
  source: 'The term F/us of Kurose & Ross 2.5; Legout 2007, 5.3 (“slow seed”).',
  fileBytes: 8 * 1024 * 1024,
  seed: { up: 200_000, down: 4_000_000 },
};

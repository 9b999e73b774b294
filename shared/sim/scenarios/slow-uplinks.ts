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

/** Tabs that are closed and opened again. */
import { seconds } from '../../base/time.ts';
import type { Scenario } from '../scenario.ts';
import { flashCrowd } from './flash-crowd.ts';

export const churn: Scenario = {
  ...flashCrowd,
  name: 'churn',
  shows:
    'Half the peers leave in the middle and return 15 s later with what they had stored: nothing is fetched twice.',
  source:
    'Kurose & Ross 2.5: “it may rejoin with only a subset of chunks”; leaving and returning as in Legout 2006, 4.',
  departures: { kind: 'half', from: seconds(8), to: seconds(20), awayMs: seconds(15) },
};

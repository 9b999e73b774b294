/** Peers that think of themselves. */
import type { Scenario } from '../scenario.ts';
import { flashCrowd } from './flash-crowd.ts';

export const selfish: Scenario = {
  ...flashCrowd,
  name: 'selfish',
  shows: 'Every peer leaves at 100 %: the last ones must manage with each other and the seed.',
  source: 'Kurose & Ross 2.5: “it may (selfishly) leave the torrent”.',
  departures: { kind: 'the-complete' },
};

/** Tells people who do not see the bar how far it is, and seldom: at each quarter of the way. The state itself is told by its line. */
import type { JSX } from 'preact';

import { formatWholePercent } from './format.ts';
import { say } from './language.ts';

const QUARTER = 25;

export function ProgressAnnouncer({ percent }: { readonly percent: number }): JSX.Element {
  const quarters = Math.floor(percent / QUARTER);
  const isUnderWay = quarters > 0 && percent < 100;
  return (
    <p class="visually-hidden" role="status">
      {isUnderWay && say('swarm.percentReceived', { percent: formatWholePercent(quarters * QUARTER) })}
    </p>
  );
}

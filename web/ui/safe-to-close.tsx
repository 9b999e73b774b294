/** Whether the swarm lives on without this tab, in a light and a sentence: how many whole copies exist elsewhere. */
import type { JSX } from 'preact';

import type { SwarmView } from '../app/swarm-view.ts';
import { formatWholePercent } from './format.ts';
import { say } from './language.ts';

/** The file is here. A receiver whom nobody is connected to is told nothing: others may have the file and be away. */
export function SafeToClose({ view }: { readonly view: SwarmView }): JSX.Element | null {
  const { kind } = view.situation;
  if (kind !== 'sharing' && !(kind === 'complete' && view.people.length > 0)) return null;
  const isSafe = view.copiesElsewhere > 0;
  return (
    <p class={`safe ${isSafe ? 'safe-yes' : 'safe-no'}`} role="status">
      <span class="light" aria-hidden="true" />
      <span>{safetySentence(view)}</span>
    </p>
  );
}

export function safetySentence({ copiesElsewhere, percentElsewhere }: SwarmView): string {
  if (copiesElsewhere > 0) return say('safe.yes', { count: copiesElsewhere });
  if (percentElsewhere === 0) return say('safe.onlyHere');
  return say('safe.partElsewhere', { percent: formatWholePercent(percentElsewhere) });
}

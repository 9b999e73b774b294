/** Tells people who do not see the screen what has changed, and seldom: a new state, and each quarter of the way. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';

import type { SwarmView } from '../app/swarm-view.ts';
import { formatWholePercent } from './format.ts';
import { describe } from './sentences.ts';

const QUARTER = 25;

export function Announcer({ view }: { readonly view: SwarmView }): JSX.Element {
  const said = useRef({ about: '', text: '' });
  const quarters = Math.floor(view.percent / QUARTER);
  const about = `${view.situation.kind} ${quarters}`;
  if (about !== said.current.about) said.current = { about, text: announcement(view, quarters * QUARTER) };
  return (
    <p class="visually-hidden" role="status" aria-live="polite">
      {said.current.text}
    </p>
  );
}

function announcement(view: SwarmView, percent: number): string {
  const { word, sentence } = describe(view);
  if (view.situation.kind === 'downloading' && percent > 0) return `${word}, ${formatWholePercent(percent)}`;
  return `${word}. ${sentence}`;
}

/** One word for the state: with a dot before it, and a tick when it is done. */
import type { JSX } from 'preact';

import type { Tone } from './sentences.ts';

export function StateLine({ tone, word }: { readonly tone: Tone; readonly word: string }): JSX.Element {
  return (
    <p class={`state state-${tone}`} role="status">
      {tone === 'good' ? <Tick /> : <span class="dot" aria-hidden="true" />}
      {word}
    </p>
  );
}

function Tick(): JSX.Element {
  return (
    <svg class="tick" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="8" />
      <path d="m4.5 8.5 2.5 2.5 5-5.5" />
    </svg>
  );
}

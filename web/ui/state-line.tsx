/** One word for the state, with a dot that breathes while the tab is at work. */
import type { JSX } from 'preact';

import type { Tone } from './sentences.ts';

export function StateLine({ tone, word }: { readonly tone: Tone; readonly word: string }): JSX.Element {
  return (
    <p class={`state state-${tone}`}>
      <span class="dot" aria-hidden="true" />
      {word}
    </p>
  );
}

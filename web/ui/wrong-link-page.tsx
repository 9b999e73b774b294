/** What is said of a link that leads nowhere. */
import type { JSX } from 'preact';

import { StateLine } from './state-line.tsx';
import { useTitle } from './use-title.ts';

export function WrongLinkPage({ reason }: { readonly reason: string }): JSX.Element {
  useTitle('Wrong link');
  return (
    <section class="card">
      <StateLine tone="trouble" word="Wrong link" />
      <h1 class="title">This link leads nowhere</h1>
      <p>{reason}</p>
      <p class="hint">As soon as the right link is in the address bar, the page goes on by itself.</p>
    </section>
  );
}

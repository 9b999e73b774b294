/** What is said of a link that leads nowhere. */
import type { JSX } from 'preact';

import { addEnglish, say } from './language.ts';
import { enOfWrongLink } from './messages/en-wrong-link.ts';
import { sayReason } from './reasons.ts';
import { StateLine } from './state-line.tsx';
import { useTitle } from './use-title.ts';

addEnglish(enOfWrongLink);

export function WrongLinkPage({ reason }: { readonly reason: string }): JSX.Element {
  useTitle(say('title.wrongLink'));
  return (
    <section class="card">
      <StateLine tone="trouble" word={say('title.wrongLink')} />
      <h1 class="title">{say('wrongLink.title')}</h1>
      <p>{sayReason(reason)}</p>
      <p class="hint">{say('wrongLink.hint')}</p>
    </section>
  );
}

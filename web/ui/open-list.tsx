/** The swarms that this tab is in, while the first page is shown. */
import type { JSX } from 'preact';

import type { Session } from '../app/session.ts';
import { FileName } from './file-name.tsx';
import { formatWholePercent } from './format.ts';
import { say } from './language.ts';
import { describe } from './sentences.ts';
import { useReading } from './use-reading.ts';

export function OpenList({ sessions }: { readonly sessions: readonly Session[] }): JSX.Element {
  return (
    <section aria-labelledby="open-title">
      <h2 id="open-title" class="subtitle">
        {say('home.openHere')}
      </h2>
      <ul class="rows">
        {sessions.map((session) => (
          <OpenRow key={session.infoHash} session={session} />
        ))}
      </ul>
    </section>
  );
}

function OpenRow({ session }: { readonly session: Session }): JSX.Element {
  const [view] = useReading(() => session.view());
  const { word } = describe(view);
  return (
    <li>
      <div>
        {view.name === null ? say('file.nameUnknown') : <FileName name={view.name} />}
        <p class="hint">
          {view.percent < 100
            ? say('home.stateAndPercent', { state: word, percent: formatWholePercent(view.percent) })
            : word}
        </p>
      </div>
      <a class="button button-small" href={`#${session.infoHash}`}>
        {say('home.show')}
      </a>
    </li>
  );
}

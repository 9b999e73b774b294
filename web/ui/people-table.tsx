/** Who is connected, how far they are, and what flows between us. */
import type { JSX } from 'preact';

import type { PersonView } from '../app/swarm-view.ts';
import { UNKNOWN, formatRate, formatWholePercent } from './format.ts';
import { addEnglish, say } from './language.ts';
import { enOfPanels } from './messages/en-panels.ts';

addEnglish(enOfPanels);

/** Rows shown at most; the rest is counted. */
const ROWS_MAX = 60;

export function PeopleTable({ people }: { readonly people: readonly PersonView[] }): JSX.Element {
  if (people.length === 0) return <p class="hint">{say('people.nobody')}</p>;
  const more = people.length - ROWS_MAX;
  return (
    <>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('people.program')}</th>
            <th scope="col">{say('people.has')}</th>
            <th scope="col">{say('people.givesYou')}</th>
            <th scope="col">{say('people.getsFromYou')}</th>
          </tr>
        </thead>
        <tbody>
          {people.slice(0, ROWS_MAX).map((person) => (
            <PersonRow key={person.id} person={person} />
          ))}
        </tbody>
      </table>
      {people.some(({ mayHaveMore }) => mayHaveMore) && <p class="hint">{say('people.mayHaveMore')}</p>}
      {more > 0 && <p class="hint">{say('people.more', { count: more })}</p>}
    </>
  );
}

function PersonRow({ person }: { readonly person: PersonView }): JSX.Element {
  return (
    <tr>
      <th scope="row">
        <bdi>{person.client ?? say('people.programUnknown')}</bdi>{' '}
        <small>{person.isRelayed ? say('people.relayed') : say('people.direct')}</small>
      </th>
      <td>{shareOf(person)}</td>
      <td>{formatRate(person.downloadRate)}</td>
      <td>{formatRate(person.uploadRate)}</td>
    </tr>
  );
}

/** A lone sharer shows hardly anything of what it has while it gives each piece to somebody else. */
function shareOf({ percent, mayHaveMore }: PersonView): string {
  if (!mayHaveMore) return formatWholePercent(percent);
  return percent === 0 ? UNKNOWN : say('people.atLeast', { percent: formatWholePercent(percent) });
}

/** Who is connected, how far they are, and what flows between us. Closed until somebody wants to know. */
import type { JSX } from 'preact';

import type { PersonView } from '../app/swarm-view.ts';
import { UNKNOWN, formatRate, formatWholePercent } from './format.ts';

/** Rows shown at most; the rest is counted. */
const ROWS_MAX = 50;

export function PeopleList({ people }: { readonly people: readonly PersonView[] }): JSX.Element {
  const more = people.length - ROWS_MAX;
  return (
    <details class="people">
      <summary>Who is connected</summary>
      {people.length === 0 ? (
        <p class="hint">Nobody at the moment.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Program</th>
              <th scope="col">Has</th>
              <th scope="col">Gives you</th>
              <th scope="col">Gets from you</th>
            </tr>
          </thead>
          <tbody>
            {people.slice(0, ROWS_MAX).map((person) => (
              <PersonRow key={person.id} person={person} />
            ))}
          </tbody>
        </table>
      )}
      {people.some(({ mayHaveMore }) => mayHaveMore) && <p class="hint">+ may have more than it shows so far</p>}
      {more > 0 && <p class="hint">and {more} more</p>}
    </details>
  );
}

function PersonRow({ person }: { readonly person: PersonView }): JSX.Element {
  return (
    <tr>
      <th scope="row">
        <bdi>{person.client ?? 'Unknown'}</bdi> <small>{person.isRelayed ? 'relayed' : 'direct'}</small>
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
  return percent === 0 ? UNKNOWN : `${formatWholePercent(percent)}+`;
}

/** Who is connected, how far they are, and what flows between us; after the people, the web servers that the link names. */
import type { JSX } from 'preact';

import type { PersonView, WebServerView } from '../app/swarm-view.ts';
import { UNKNOWN, formatRate, formatWholePercent } from './format.ts';
import { addEnglish, say } from './language.ts';
import { enOfPanels } from './messages/en-panels.ts';
import { sayReason } from './reasons.ts';

addEnglish(enOfPanels);

/** Rows shown at most; the rest is counted. */
const ROWS_MAX = 60;

export interface PeopleTableProps {
  readonly people: readonly PersonView[];
  readonly webServers: readonly WebServerView[];
}

export function PeopleTable({ people, webServers }: PeopleTableProps): JSX.Element {
  if (people.length + webServers.length === 0) return <p class="hint">{say('people.nobody')}</p>;
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
          {webServers.map((server) => (
            <WebServerRow key={server.host} server={server} />
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
        <bdi>{person.client ?? say('people.programUnknown')}</bdi> <small>{say(`people.${person.route}`)}</small>
      </th>
      <td>{shareOf(person)}</td>
      <td>{formatRate(person.downloadRate)}</td>
      <td>{formatRate(person.uploadRate)}</td>
    </tr>
  );
}

/** Nothing goes to a web server. What is the matter with it has a row of its own, as wide as all columns. */
function WebServerRow({ server }: { readonly server: WebServerView }): JSX.Element {
  const { host, isConnected, downloadRate, trouble } = server;
  return (
    <>
      <tr class={trouble === null ? '' : 'people-troubled'}>
        <th scope="row">
          <bdi>{host}</bdi> <small>{say('people.webServer')}</small>
        </th>
        <td>{isConnected ? formatWholePercent(100) : UNKNOWN}</td>
        <td>{isConnected ? formatRate(downloadRate) : UNKNOWN}</td>
        <td>{UNKNOWN}</td>
      </tr>
      {trouble !== null && (
        <tr>
          <td class="people-trouble hint-trouble" colSpan={4}>
            {sayReason(trouble)}
          </td>
        </tr>
      )}
    </>
  );
}

/** A lone sharer shows hardly anything of what it has while it gives each piece to somebody else. */
function shareOf({ percent, mayHaveMore }: PersonView): string {
  if (!mayHaveMore) return formatWholePercent(percent);
  return percent === 0 ? UNKNOWN : say('people.atLeast', { percent: formatWholePercent(percent) });
}

/**
 * The check-up, for before a lesson: what a connection needs, tried one by one, and then a connection to another device. That
 * is a share like any other, of a few bytes, under a link of its own.
 */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { CHECKS, type CheckKind, type CheckResult, type RunCheck, verdictOf } from '../app/check-up.ts';
import type { Session } from '../app/session.ts';
import { checkName, checkSentence } from './check-sentences.ts';
import { formatBytes } from './format.ts';
import { addEnglish, say } from './language.ts';
import { enOfCheckUp } from './messages/en-check-up.ts';
import { ShareLink, type ShareLinkProps } from './share-link.tsx';
import { StateLine } from './state-line.tsx';
import { useReading } from './use-reading.ts';
import { useTitle } from './use-title.ts';

addEnglish(enOfCheckUp);

export interface CheckPageProps extends Pick<ShareLinkProps, 'device' | 'isOnlyHere'> {
  readonly runCheck: RunCheck;
  /** The share of a few bytes, in which two devices meet; null while it is made. */
  readonly meeting: Session | null;
  /** Its link. */
  readonly url: string;
}

export function CheckPage({ runCheck, meeting, ...link }: CheckPageProps): JSX.Element {
  const [results, setResults] = useState<readonly CheckResult[]>([]);
  useTitle(say('check.title'));
  useEffect(() => {
    let isShown = true;
    const note = (result: CheckResult): void => {
      if (isShown) setResults((before) => [...before, result]);
    };
    for (const kind of CHECKS) void runCheck(kind).then(note);
    return () => {
      isShown = false;
    };
  }, [runCheck]);
  return (
    <>
      <section class="card" aria-labelledby="check-title">
        <h1 class="title" id="check-title">
          {say('check.title')}
        </h1>
        <p>{say('check.lead')}</p>
        <ul class="rows">
          {CHECKS.map((kind) => (
            <CheckRow key={kind} kind={kind} result={results.find((one) => one.kind === kind) ?? null} />
          ))}
        </ul>
      </section>
      {meeting !== null && <Meeting meeting={meeting} {...link} />}
    </>
  );
}

function CheckRow({ kind, result }: { readonly kind: CheckKind; readonly result: CheckResult | null }): JSX.Element {
  const verdict = result === null ? 'running' : verdictOf(result);
  return (
    <li class={`check check-${verdict}`}>
      <div>
        <strong>{checkName(kind)}</strong>
        <p>{result === null ? say('check.running') : checkSentence(result)}</p>
      </div>
      <span class="check-word">{say(`check.verdict.${verdict}`)}</span>
    </li>
  );
}

type MeetingProps = Pick<CheckPageProps, 'device' | 'isOnlyHere' | 'url'> & { readonly meeting: Session };

function Meeting({ meeting, url, isOnlyHere, device }: MeetingProps): JSX.Element {
  const [{ people: everybody, percent }] = useReading(() => meeting.view());
  // Another tab of this browser proves nothing about the network.
  const people = everybody.flatMap(({ route }) => (route === 'same-browser' ? [] : [{ route }]));
  return (
    <section class="card" aria-labelledby="meeting-title">
      <h2 class="subtitle" id="meeting-title">
        {say('check.meeting')}
      </h2>
      <div role="status">
        {people.length === 0 ? (
          <StateLine tone="busy" word={say('check.meetingWaits')} />
        ) : (
          <StateLine tone="good" word={say(`check.met.${people[0].route}`)} />
        )}
      </div>
      {people.length > 1 && <p class="hint">{say('facts.people', { count: people.length })}</p>}
      {people.length > 0 && percent === 100 && (
        <p>{say('check.metAndSent', { size: formatBytes(meeting.view().length ?? 0) })}</p>
      )}
      {people.length === 0 && <p>{say('check.meetingHow')}</p>}
      <ShareLink url={url} title={say('check.title')} isOnlyHere={isOnlyHere} isFirst device={device} />
    </section>
  );
}

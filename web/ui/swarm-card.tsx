/** The state of a swarm in one card: the word, the name, how far it is, the sentence, the one thing to do, and the numbers. */
import type { ComponentChildren, JSX } from 'preact';

import type { SwarmView } from '../app/swarm-view.ts';
import { FileName } from './file-name.tsx';
import { UNKNOWN, formatBytes, formatDuration, formatPercent, formatRate } from './format.ts';
import { type Fact, Facts } from './facts.tsx';
import { say } from './language.ts';
import { ProgressBar } from './progress-bar.tsx';
import { SafeToClose } from './safe-to-close.tsx';
import { describe, describeLocalCopy, describeServerTrouble } from './sentences.ts';
import { StateLine } from './state-line.tsx';

export interface SwarmCardProps {
  readonly view: SwarmView;
  /** The one obvious thing to do in this state. */
  readonly action: ComponentChildren;
  /** What else can be done. */
  readonly children: ComponentChildren;
}

export function SwarmCard({ view, action, children }: SwarmCardProps): JSX.Element {
  const { tone, word, sentence, countdown } = describe(view);
  const localCopy = view.situation.kind === 'stopped' ? '' : describeLocalCopy(view.localCopy, view.length ?? 0);
  const isSharing = hasItAll(view);
  return (
    <section class="card" aria-label={say('swarm.region')}>
      <StateLine tone={tone} word={word} />
      <div>
        <h1 class="title">{view.name === null ? say('file.titleUnknown') : <FileName name={view.name} />}</h1>
        <p class="hint">{view.length === null ? nameComing(view) : formatBytes(view.length)}</p>
      </div>
      {!isSharing && !isBlocked(view) && <Progress view={view} />}
      <p class={isSharing ? '' : 'sentence'} aria-live="polite">
        {sentence}
      </p>
      {countdown !== undefined && <p class="hint">{countdown}</p>}
      {view.serverTrouble !== null && <p class="hint hint-trouble">{describeServerTrouble(view.serverTrouble)}</p>}
      <SafeToClose view={view} />
      {action}
      {hasFacts(view) && <Facts facts={view.percent === 100 ? givingFacts(view) : receivingFacts(view)} />}
      {localCopy !== '' && <p class={`hint ${view.localCopy.kind === 'failed' ? 'hint-trouble' : ''}`}>{localCopy}</p>}
      {children}
    </section>
  );
}

/** Nothing can go on in this browser as it is. */
export const isBlocked = ({ situation }: SwarmView): boolean =>
  situation.kind === 'no-webrtc' || situation.kind === 'no-storage';

function nameComing(view: SwarmView): string {
  if (isBlocked(view) || view.situation.kind === 'unusable-link') return '';
  return view.name === null ? say('file.nameComing') : say('file.sizeComing');
}

/** A sharer who has the file has nothing to wait for; a receiver sees the full bar as well. */
const hasItAll = (view: SwarmView): boolean => view.role === 'sharer' && view.percent === 100;

function Progress({ view }: { readonly view: SwarmView }): JSX.Element {
  return (
    <div class="progress">
      <div class="measure">
        <strong>{formatPercent(view.percent)}</strong>
        {view.length !== null && (
          <span class="hint">
            {say('file.partOfSize', { part: formatBytes(view.storedBytes), size: formatBytes(view.length) })}
          </span>
        )}
      </div>
      <ProgressBar label={say('swarm.bar')} percent={view.percent} />
    </div>
  );
}

/** Before anybody is there and anything is here, they would all be nothing. */
const hasFacts = (view: SwarmView): boolean =>
  !isBlocked(view) && (view.percent === 100 || view.storedBytes + view.people.length + view.webServers.length > 0);

function receivingFacts(view: SwarmView): Fact[] {
  return [
    { name: say('facts.speed'), value: formatRate(view.downloadRate) },
    { name: say('facts.timeLeft'), value: view.timeLeft === null ? UNKNOWN : formatDuration(view.timeLeft) },
    { name: say('facts.connected'), value: say('facts.people', { count: view.people.length }) },
    { name: say('facts.passedOn'), value: formatBytes(view.uploadedBytes) },
  ];
}

function givingFacts(view: SwarmView): Fact[] {
  const whole = view.people.filter(({ percent }) => percent === 100).length;
  return [
    { name: say('facts.connected'), value: say('facts.people', { count: view.people.length }) },
    {
      name: say('facts.haveAll'),
      value: view.people.length === 0 ? UNKNOWN : say('facts.wholeOf', { whole, all: view.people.length }),
    },
    {
      name: view.role === 'sharer' ? say('facts.uploaded') : say('facts.passedOn'),
      value: formatBytes(view.uploadedBytes),
    },
    { name: say('facts.uploadSpeed'), value: formatRate(view.uploadRate) },
  ];
}

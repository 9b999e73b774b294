/** The state of a swarm in one card: the word, the name, how far it is, the sentence, the numbers, and what can be done. */
import type { ComponentChildren, JSX } from 'preact';

import type { SwarmView } from '../app/swarm-view.ts';
import { FileName } from './file-name.tsx';
import { UNKNOWN, formatBytes, formatDuration, formatPercent, formatRate } from './format.ts';
import { type Fact, Facts } from './facts.tsx';
import { ProgressBar } from './progress-bar.tsx';
import { describe, describeLocalCopy, describeServerTrouble } from './sentences.ts';
import { StateLine } from './state-line.tsx';

export interface SwarmCardProps {
  readonly view: SwarmView;
  readonly children: ComponentChildren;
}

export function SwarmCard({ view, children }: SwarmCardProps): JSX.Element {
  const { tone, word, sentence } = describe(view);
  const localCopy = describeLocalCopy(view.localCopy, view.length ?? 0);
  return (
    <section class="card" aria-label="State">
      <StateLine tone={tone} word={word} />
      <div>
        <h1 class="title">{view.name === null ? 'A file, not known yet' : <FileName name={view.name} />}</h1>
        <p class="hint">
          {view.length === null ? 'Name and size come from the first person who is here.' : formatBytes(view.length)}
        </p>
      </div>
      {!hasItAll(view) && <Progress view={view} />}
      <p class="sentence">{sentence}</p>
      {view.serverTrouble !== null && <p class="hint hint-trouble">{describeServerTrouble(view.serverTrouble)}</p>}
      <Facts facts={hasItAll(view) ? sharingFacts(view) : receivingFacts(view)} />
      {localCopy !== '' && <p class={`hint ${view.localCopy.kind === 'failed' ? 'hint-trouble' : ''}`}>{localCopy}</p>}
      {children}
    </section>
  );
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
            {formatBytes(view.storedBytes)} of {formatBytes(view.length)}
          </span>
        )}
      </div>
      <ProgressBar label="Received" percent={view.percent} />
    </div>
  );
}

function receivingFacts(view: SwarmView): Fact[] {
  return [
    { name: 'Speed', value: formatRate(view.downloadRate) },
    { name: 'Time left', value: view.timeLeft === null ? UNKNOWN : formatDuration(view.timeLeft) },
    { name: 'People connected', value: String(view.people.length) },
    { name: 'Passed on', value: formatBytes(view.uploadedBytes) },
  ];
}

function sharingFacts(view: SwarmView): Fact[] {
  return [
    { name: 'People connected', value: String(view.people.length) },
    { name: 'Uploaded', value: formatBytes(view.uploadedBytes) },
    { name: 'Upload speed', value: formatRate(view.uploadRate) },
  ];
}

/** The file that was chosen, while it is read once to make its link. */
import type { JSX } from 'preact';

import type { PreparationView } from '../app/preparation.ts';
import { FileName } from './file-name.tsx';
import { UNKNOWN, formatBytes, formatDuration, formatPercent, formatRate } from './format.ts';
import { Facts } from './facts.tsx';
import { say } from './language.ts';
import { ProgressBar } from './progress-bar.tsx';
import { StateLine } from './state-line.tsx';

export interface PreparationPanelProps {
  readonly view: PreparationView;
  readonly onCancel: () => void;
}

export function PreparationPanel({ view, onCancel }: PreparationPanelProps): JSX.Element {
  const { name, length, percent, rate, timeLeft } = view;
  return (
    <section class="card" aria-label={say('preparing.region')}>
      <StateLine tone="busy" word={say('preparing.word')} />
      <div>
        <h1 class="title">
          <FileName name={name} />
        </h1>
        <p class="hint">{formatBytes(length)}</p>
      </div>
      <p>{say('preparing.sentence')}</p>
      <div class="progress">
        <div class="measure">
          <strong>{formatPercent(percent)}</strong>
        </div>
        <ProgressBar label={say('preparing.bar')} percent={percent} />
      </div>
      <Facts
        facts={[
          { name: say('facts.speed'), value: rate === null ? UNKNOWN : formatRate(rate) },
          { name: say('facts.timeLeft'), value: timeLeft === null ? UNKNOWN : formatDuration(timeLeft) },
        ]}
      />
      <div class="buttons">
        <button class="button" type="button" onClick={onCancel}>
          {say('preparing.cancel')}
        </button>
      </div>
    </section>
  );
}

/** The file that was chosen, while it is read once to make its link. */
import type { JSX } from 'preact';

import type { PreparationView } from '../app/preparation.ts';
import { FileName } from './file-name.tsx';
import { UNKNOWN, formatBytes, formatDuration, formatPercent, formatRate } from './format.ts';
import { Facts } from './facts.tsx';
import { ProgressBar } from './progress-bar.tsx';
import { StateLine } from './state-line.tsx';

export interface PreparationPanelProps {
  readonly view: PreparationView;
  readonly onCancel: () => void;
}

export function PreparationPanel({ view, onCancel }: PreparationPanelProps): JSX.Element {
  const { name, length, percent, rate, timeLeft } = view;
  return (
    <section class="card" aria-label="It is being prepared">
      <StateLine tone="busy" word="Preparing" />
      <div>
        <h1 class="title">
          <FileName name={name} />
        </h1>
        <p class="hint">{formatBytes(length)}</p>
      </div>
      <p>Reading it once, to make its link. It stays on this device.</p>
      <div class="progress">
        <div class="measure">
          <strong>{formatPercent(percent)}</strong>
        </div>
        <ProgressBar label="Preparing the file" percent={percent} />
      </div>
      <Facts
        facts={[
          { name: 'Speed', value: rate === null ? UNKNOWN : formatRate(rate) },
          { name: 'Time left', value: timeLeft === null ? UNKNOWN : formatDuration(timeLeft) },
        ]}
      />
      <div class="buttons">
        <button class="button" type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </section>
  );
}

/** How fast content came and went in the last minute and a half: two lines, drawn by hand, and their figures in words. */
import type { JSX } from 'preact';

import { HISTORY_SAMPLES_MAX, type RateSample } from '../app/rate-history.ts';
import { formatRate } from './format.ts';
import { say } from './language.ts';

const HEIGHT = 40;

/** Below this, lines would show noise. In bytes per second. */
const SCALE_MIN = 100_000;

export function SpeedGraph({ history }: { readonly history: readonly RateSample[] }): JSX.Element {
  const most = Math.max(SCALE_MIN, ...history.map(({ download, upload }) => Math.max(download, upload)));
  const words = {
    download: formatRate(history.at(-1)?.download ?? 0),
    upload: formatRate(history.at(-1)?.upload ?? 0),
    most: formatRate(most),
  };
  return (
    <figure class="graph">
      <svg
        viewBox={`0 0 ${HISTORY_SAMPLES_MAX - 1} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={say('numbers.graph', words)}
      >
        <polyline class="graph-upload" points={pointsOf(history, most, ({ upload }) => upload)} />
        <polyline class="graph-download" points={pointsOf(history, most, ({ download }) => download)} />
      </svg>
      <figcaption class="legend hint">
        <span class="key-download">{say('numbers.download', { rate: words.download })}</span>
        <span class="key-upload">{say('numbers.upload', { rate: words.upload })}</span>
        <span>{say('numbers.top', { rate: words.most })}</span>
      </figcaption>
    </figure>
  );
}

/** The latest sample is at the end, so that the line runs in from there. */
function pointsOf(history: readonly RateSample[], most: number, rateOf: (sample: RateSample) => number): string {
  const begin = HISTORY_SAMPLES_MAX - history.length;
  const y = (sample: RateSample): number => (1 - rateOf(sample) / most) * (HEIGHT - 2) + 1;
  return history.map((sample, index) => `${begin + index},${y(sample).toFixed(1)}`).join(' ');
}

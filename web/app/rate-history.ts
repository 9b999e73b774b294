/** How fast content came and went in the last minute and a half: one sample a second, the oldest first. */

export interface RateSample {
  /** Bytes per second. */
  readonly download: number;
  readonly upload: number;
}

/** Seconds that are kept. */
export const HISTORY_SAMPLES_MAX = 90;

/** `history` with one more sample, without those that are too old. */
export const withSample = (history: readonly RateSample[], sample: RateSample): readonly RateSample[] => [
  ...history.slice(Math.max(0, history.length - HISTORY_SAMPLES_MAX + 1)),
  sample,
];

/** When a download will be finished, estimated so that the time left runs down calmly and does not jump. */
import { seconds, type Millis } from '../../shared/base/time.ts';
import type { Snapshot } from '../../shared/engine/snapshot.ts';

/** What was estimated, and when. Both on the clock of the snapshots. */
export interface Estimate {
  readonly finish: Millis;
  readonly at: Millis;
}

/** A fresh figure takes over half of the old one in this time. */
const HALF_LIFE_MS = seconds(3);

/** Slower than this, a time left would be a guess about people, not about a transfer. In bytes per second. */
const RATE_MIN = 100;

/** The estimate after this snapshot; null while the download stands still. */
export function estimateFinish(before: Estimate | null, snapshot: Snapshot, now: Millis): Estimate | null {
  const rate = snapshot.rates.download;
  const remaining = snapshot.wanted.bytes - snapshot.wanted.verifiedBytes;
  if (rate < RATE_MIN || remaining <= 0) return null;
  return blend(before, { finish: now + (remaining / rate) * 1000, at: now });
}

/** Halfway between old and fresh after the half-life. A difference as long as the time left means that all has changed. */
function blend(before: Estimate | null, fresh: Estimate): Estimate {
  if (before === null) return fresh;
  const difference = fresh.finish - before.finish;
  if (Math.abs(difference) > fresh.finish - fresh.at) return fresh;
  const weight = 1 - 0.5 ** ((fresh.at - before.at) / HALF_LIFE_MS);
  return { finish: before.finish + difference * weight, at: fresh.at };
}

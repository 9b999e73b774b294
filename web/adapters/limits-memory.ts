/** The caps that the person chose, remembered on this device: in localStorage, so that every tab and every later visit begins with them. */
import type { RateLimits } from '../../shared/base/rate-limits.ts';

const KEY = 'tabswarm-limits';

export interface LimitsMemory {
  /** What was remembered last; no caps when there is nothing, or nothing sensible. */
  readonly recall: () => RateLimits;
  readonly remember: (limits: RateLimits) => void;
}

/** Where the browser allows no memory, nothing is remembered. */
export const limitsMemory: LimitsMemory = {
  recall: () => {
    const written = read();
    return { upload: rateIn(written, 'upload'), download: rateIn(written, 'download') };
  },
  remember: (limits) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(limits));
    } catch {
      // Full, or forbidden: the caps hold until this page is closed.
    }
  },
};

function read(): unknown {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null');
  } catch {
    return null;
  }
}

/** Anybody with access to this device may have written there: a rate is a finite number above 0. */
function rateIn(written: unknown, name: keyof RateLimits): number | null {
  if (typeof written !== 'object' || written === null || !(name in written)) return null;
  const rate: unknown = Object.entries(written).find(([key]) => key === name)?.[1];
  return typeof rate === 'number' && Number.isFinite(rate) && rate > 0 ? rate : null;
}

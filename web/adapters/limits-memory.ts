/** The caps that the person chose, remembered on this device: in localStorage, so that every tab and every later visit begins with them. */
import type { RateLimits } from '../../shared/base/rate-limits.ts';

export interface ChosenLimits extends RateLimits {
  /** Nothing is uploaded on mobile data. */
  readonly sparesMobileData: boolean;
}

const KEY = 'tabswarm-limits';

export interface LimitsMemory {
  /** What was remembered last; no caps when there is nothing, or nothing sensible. */
  readonly recall: () => ChosenLimits;
  readonly remember: (limits: ChosenLimits) => void;
}

/** Where the browser allows no memory, nothing is remembered. */
export const limitsMemory: LimitsMemory = {
  recall: () => {
    const written = read();
    return {
      upload: rateIn(written, 'upload'),
      download: rateIn(written, 'download'),
      sparesMobileData: fieldIn(written, 'sparesMobileData') === true,
    };
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
  const rate = fieldIn(written, name);
  return typeof rate === 'number' && Number.isFinite(rate) && rate > 0 ? rate : null;
}

function fieldIn(written: unknown, name: keyof ChosenLimits): unknown {
  if (typeof written !== 'object' || written === null) return undefined;
  return Object.entries(written).find(([key]) => key === name)?.[1];
}

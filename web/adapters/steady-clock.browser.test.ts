/** The clock against the contract, with its worker and without. */
import { afterEach, beforeEach, describe, vi } from 'vitest';

import { clockContract } from '../../shared/driver/clock.contract.ts';
import { type SteadyClock, createSteadyClock } from './steady-clock.ts';

const clocks: SteadyClock[] = [];

const until = async (condition: () => boolean): Promise<void> => {
  await vi.waitUntil(condition, { timeout: 5000, interval: 1 });
};

const newWorld = () => {
  const clock = createSteadyClock();
  clocks.push(clock);
  return { clock, until };
};

afterEach(() => {
  for (const clock of clocks.splice(0)) clock.stop();
});

clockContract('steady clock', newWorld);

describe('where workers are forbidden', () => {
  beforeEach(() => {
    vi.stubGlobal('Worker', vi.fn<() => never>().mockThrow(new Error('forbidden')));
    return () => vi.unstubAllGlobals();
  });
  clockContract('steady clock without a worker', newWorld);
});

describe('where the worker does not load', () => {
  beforeEach(() => {
    const Native = Worker;
    vi.stubGlobal(
      'Worker',
      class extends Native {
        constructor() {
          super('/no-such-worker.js');
        }
      },
    );
    return () => vi.unstubAllGlobals();
  });
  clockContract('steady clock with a broken worker', newWorld);
});

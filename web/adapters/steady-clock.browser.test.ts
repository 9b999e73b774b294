/** The clock against the contract: in a page that is looked at, and in a hidden one, with its worker and without. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { clockContract } from '../../shared/driver/clock.contract.ts';
import { type SteadyClock, createSteadyClock } from './steady-clock.ts';

const clocks: SteadyClock[] = [];

const until = async (condition: () => boolean): Promise<void> => {
  await vi.waitUntil(condition, { timeout: 5000, interval: 1 });
};

const hide = (): void => void vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);

/** As browsers do with hidden pages, only more so. */
const stopPageTimers = (): void => void vi.stubGlobal('setTimeout', () => 0);

const newWorld = () => {
  const clock = createSteadyClock();
  clocks.push(clock);
  return { clock, until };
};

afterEach(() => {
  for (const clock of clocks.splice(0)) clock.stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

clockContract('steady clock', newWorld);

describe('in a hidden page', () => {
  beforeEach(() => {
    hide();
    stopPageTimers();
  });
  clockContract('steady clock of a hidden page', newWorld);
});

describe('its worker', () => {
  const made = vi.fn<() => void>();
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const Native = Worker;
    vi.stubGlobal(
      'Worker',
      class extends Native {
        constructor(url: URL, options: WorkerOptions) {
          super(url, options);
          made();
        }
      },
    );
    made.mockClear();
  });

  test('is started three seconds later in a page that is looked at', () => {
    const { clock } = newWorld();
    clock.setAlarm(clock.now() + 60_000, () => undefined);
    vi.advanceTimersByTime(2999);
    expect(made).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(made).toHaveBeenCalledOnce();
  });

  test('is started with the first alarm in a hidden page, and only once', () => {
    hide();
    const { clock } = newWorld();
    clock.setAlarm(clock.now() + 60_000, () => undefined);
    expect(made).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(10_000);
    expect(made).toHaveBeenCalledOnce();
  });

  test('is not started for a clock that was stopped before', () => {
    newWorld().clock.stop();
    vi.advanceTimersByTime(10_000);
    expect(made).not.toHaveBeenCalled();
  });
});

test('an alarm of a page that is hidden meanwhile rings on time', async () => {
  const { clock } = newWorld();
  stopPageTimers();
  const ring = vi.fn<() => void>();
  clock.setAlarm(clock.now() + 20, ring);
  hide();
  document.dispatchEvent(new Event('visibilitychange'));
  await until(() => ring.mock.calls.length > 0);
  expect(ring).toHaveBeenCalledOnce();
});

describe('where workers are forbidden', () => {
  beforeEach(() => {
    hide();
    vi.stubGlobal('Worker', vi.fn<() => never>().mockThrow(new Error('forbidden')));
  });
  clockContract('steady clock without a worker', newWorld);
});

describe('where the worker does not load', () => {
  beforeEach(() => {
    hide();
    const Native = Worker;
    vi.stubGlobal(
      'Worker',
      class extends Native {
        constructor() {
          super('/no-such-worker.js');
        }
      },
    );
  });
  clockContract('steady clock with a broken worker', newWorld);
});

/** The clock against the contract: in a page that is looked at, and in a hidden one, with its worker and without. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { NEVER } from '../../shared/base/time.ts';
import { clockContract } from '../../shared/driver/clock.contract.ts';
import { type SteadyClock, createFollowingClock, createSteadyClock } from './steady-clock.ts';

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
clockContract('following clock', () => ({ clock: createFollowingClock(), until }));

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

  test('is one for all clocks, and started again for a clock that comes after the last has stopped', () => {
    hide();
    const [one, other] = [newWorld().clock, newWorld().clock];
    for (const clock of [one, other, one]) clock.setAlarm(clock.now() + 60_000, () => undefined);
    expect(made).toHaveBeenCalledOnce();
    for (const clock of [one, one, other]) clock.stop();
    const { clock } = newWorld();
    clock.setAlarm(clock.now() + 60_000, () => undefined);
    expect(made).toHaveBeenCalledTimes(2);
  });

  test('is not started for a clock that only follows others', () => {
    hide();
    const clock = createFollowingClock();
    clock.setAlarm(clock.now() + 60_000, () => undefined);
    clock.setAlarm(NEVER, () => undefined);
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

describe('clocks of one page', () => {
  test('ring each in its own time, whatever the order in which they were set', async () => {
    const rings: string[] = [];
    const begun = performance.now();
    const set = (name: string, delay: number): void => newWorld().clock.setAlarm(begun + delay, () => rings.push(name));
    set('second', 40);
    set('first', 20);
    set('third', 60);
    await until(() => rings.length === 3);
    expect(rings).toEqual(['first', 'second', 'third']);
  });

  test('ring though what another one rang for has failed', async () => {
    const error = new Error('a failure of this test');
    const thrown = vi.fn<(event: ErrorEvent) => void>((event) => event.preventDefault());
    addEventListener('error', thrown, { once: true });
    const [failing, other] = [newWorld().clock, newWorld().clock];
    failing.setAlarm(failing.now() + 10, () => {
      throw error;
    });
    const ring = vi.fn<() => void>();
    other.setAlarm(other.now() + 10, ring);
    await until(() => ring.mock.calls.length > 0);
    expect(thrown.mock.calls[0][0].error).toBe(error);
  });

  test('that follow others are on time in a hidden page while a steady one runs, also when they were set before it came', async () => {
    hide();
    const following = createFollowingClock();
    const ring = vi.fn<() => void>();
    const begun = following.now();
    stopPageTimers();
    following.setAlarm(begun + 20, ring);
    newWorld();
    await until(() => ring.mock.calls.length > 0);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(20);
  });
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

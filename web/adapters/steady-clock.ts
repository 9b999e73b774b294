/** Monotonic time, and an alarm that rings on time in hidden tabs too, whose own timers are slowed to one a second or a minute. */
import { type Millis, NEVER, seconds } from '../../shared/base/time.ts';
import type { Clock } from '../../shared/driver/ports.ts';

export interface SteadyClock extends Clock {
  /** Ends the timer for good. */
  readonly stop: () => void;
}

/** One delay at a time: `start` replaces the one before; `over` is called when it has passed. */
interface Timer {
  readonly start: (delay: Millis) => void;
  readonly stop: () => void;
}

/** Longest delay of `setTimeout`; longer ones would be over at once. */
const DELAY_MAX: Millis = 2 ** 31 - 1;

/**
 * The worker is started when the page is hidden, or so long after the clock: what a person waits for at the beginning comes first, and later
 * the server that has its script may be gone.
 */
const WORKER_AFTER_MS: Millis = seconds(3);

const now = (): Millis => performance.now();

export function createSteadyClock(): SteadyClock {
  let alarm: { readonly at: Millis; readonly ring: () => void } | null = null;
  /** When the timer rings next; NEVER while it is not running. */
  let timerAt = NEVER;

  const over = (): void => {
    timerAt = NEVER;
    if (alarm === null) return;
    if (alarm.at > now()) {
      arm();
      return;
    }
    const { ring } = alarm;
    alarm = null;
    ring();
  };

  /** A timer that rings too early is left as it is: alarms are moved far more often than they ring, and mostly later. */
  const arm = (): void => {
    if (alarm === null || timerAt <= alarm.at) return;
    timerAt = alarm.at;
    // Browsers slow down the timers of hidden pages only, and every alarm by way of the worker has two threads wait for each other.
    const timer = document.hidden ? startHidden() : seenTimer;
    timer.start(Math.min(alarm.at - now(), DELAY_MAX));
  };

  /** The timer of before may still ring: in vain, as one that rings too early. */
  const changeTimer = (): void => {
    timerAt = NEVER;
    arm();
  };

  const seenTimer = pageTimer(over);
  let hiddenTimer: Timer | null = null;
  const startHidden = (): Timer => {
    try {
      hiddenTimer ??= workerTimer(over, () => {
        hiddenTimer = seenTimer;
        changeTimer();
      });
    } catch {
      // No workers here: the page's own timer it is.
      hiddenTimer = seenTimer;
    }
    return hiddenTimer;
  };
  const atLeisure = setTimeout(startHidden, WORKER_AFTER_MS);
  document.addEventListener('visibilitychange', changeTimer);

  return {
    now,
    setAlarm: (at, ring) => {
      alarm = at === NEVER ? null : { at, ring };
      arm();
    },
    stop: () => {
      alarm = null;
      document.removeEventListener('visibilitychange', changeTimer);
      clearTimeout(atLeisure);
      seenTimer.stop();
      hiddenTimer?.stop();
    },
  };
}

/** In a worker; `fail` is called when it turns out not to start. Throws where there are no workers. */
function workerTimer(over: () => void, fail: () => void): Timer {
  const worker = new Worker(new URL('./alarm-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', over);
  worker.addEventListener('error', (event) => {
    // It is dealt with here, so that the browser need not log it.
    event.preventDefault();
    worker.terminate();
    fail();
  });
  return { start: (delay) => worker.postMessage(delay, []), stop: () => worker.terminate() };
}

function pageTimer(over: () => void): Timer {
  let handle: ReturnType<typeof setTimeout> | undefined;
  return {
    start: (delay) => {
      clearTimeout(handle);
      handle = setTimeout(over, delay);
    },
    stop: () => clearTimeout(handle),
  };
}

/** Monotonic time, and an alarm that rings on time in hidden tabs too, whose own timers are slowed to one a second or a minute. */
import { type Millis, NEVER } from '../../shared/base/time.ts';
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
  const timer = workerTimer(over);

  /** A timer that rings too early is left as it is: alarms are moved far more often than they ring, and mostly later. */
  const arm = (): void => {
    if (alarm === null || timerAt <= alarm.at) return;
    timerAt = alarm.at;
    timer.start(Math.min(Math.max(0, alarm.at - now()), DELAY_MAX));
  };

  return {
    now,
    setAlarm: (at, ring) => {
      alarm = at === NEVER ? null : { at, ring };
      arm();
    },
    stop: () => {
      alarm = null;
      timer.stop();
    },
  };
}

/** In a worker; in the page from the moment on when the worker turns out not to start. */
function workerTimer(over: () => void): Timer {
  let timer: Timer = pageTimer(over);
  try {
    const worker = new Worker(new URL('./alarm-worker.ts', import.meta.url), { type: 'module' });
    let isBroken = false;
    let endsAt = NEVER;
    const fallback = timer;
    worker.addEventListener('message', over);
    worker.addEventListener('error', (event) => {
      // It is dealt with here, so that the browser need not log it.
      event.preventDefault();
      if (isBroken) return;
      isBroken = true;
      worker.terminate();
      timer = fallback;
      if (endsAt !== NEVER) timer.start(Math.max(0, endsAt - now()));
    });
    timer = {
      start: (delay) => {
        endsAt = now() + delay;
        worker.postMessage(delay, []);
      },
      stop: () => {
        isBroken = true;
        worker.terminate();
      },
    };
  } catch {
    // No workers here: the page's own timer it is.
  }
  return { start: (delay) => timer.start(delay), stop: () => timer.stop() };
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

/**
 * Monotonic time, and alarms that ring on time in hidden tabs too, whose own timers are slowed to one a second or a minute. All clocks of a
 * page share one timer: its own while it is looked at, and that of a worker while it is hidden.
 */
import { type Millis, NEVER, seconds } from '../../shared/base/time.ts';
import type { Clock } from '../../shared/driver/ports.ts';

export interface SteadyClock extends Clock {
  /** Ends its alarm for good. */
  readonly stop: () => void;
}

/** One delay at a time: `start` replaces the one before. */
interface Timer {
  readonly start: (delay: Millis) => void;
  readonly stop: () => void;
}

/** What a clock is set to. */
interface Alarm {
  at: Millis;
  ring: () => void;
}

/** Longest delay of `setTimeout`; longer ones would be over at once. */
const DELAY_MAX: Millis = 2 ** 31 - 1;

/**
 * The worker is started when the page is hidden, or so long after the first clock that needs it: what a person waits for at the beginning
 * comes first, and later the server that has its script may be gone.
 */
const WORKER_AFTER_MS: Millis = seconds(3);

const now = (): Millis => performance.now();

/** Those that are set, of all clocks. */
const alarms = new Set<Alarm>();

/** When the timer rings next; NEVER while it is not running. */
let timerAt = NEVER;

const pageTimer = timerOfPage();

/** null before it is started; the page's own where workers do not start. */
let hiddenTimer: Timer | null = null;

/** Clocks that must be on time. The worker lives while there are any. */
let needed = 0;
let atLeisure: ReturnType<typeof setTimeout> | undefined;

document.addEventListener('visibilitychange', changeTimer);

/** A clock that is on time in hidden tabs too. */
export function createSteadyClock(): SteadyClock {
  const clock = createFollowingClock();
  let isNeeded = true;
  needed += 1;
  if (needed === 1) {
    atLeisure = setTimeout(startHidden, WORKER_AFTER_MS);
    changeTimer();
  }
  return {
    ...clock,
    stop: () => {
      clock.setAlarm(NEVER, () => undefined);
      if (isNeeded) needed -= 1;
      isNeeded = false;
      if (needed === 0) stopHidden();
    },
  };
}

/** A clock for what follows others: it is on time in hidden tabs while a steady clock runs. Without one, nothing there is worth a worker. */
export function createFollowingClock(): Clock {
  const alarm: Alarm = { at: NEVER, ring: () => undefined };
  return {
    now,
    setAlarm: (at, ring) => {
      alarm.at = at;
      alarm.ring = ring;
      if (at === NEVER) alarms.delete(alarm);
      else alarms.add(alarm);
      startFor(at);
    },
  };
}

/** A timer that rings too early is left as it is: alarms are moved far more often than they ring, and mostly later. */
function startFor(at: Millis): void {
  if (timerAt <= at) return;
  timerAt = at;
  // Browsers slow down the timers of hidden pages only, and every alarm by way of the worker has two threads wait for each other.
  const timer = document.hidden && needed > 0 ? startHidden() : pageTimer;
  timer.start(Math.min(at - now(), DELAY_MAX));
}

/** The time of a timer is over. */
function over(): void {
  timerAt = NEVER;
  try {
    const due = [...alarms].filter(({ at }) => at <= now());
    // What one of them does may clear another, or set it anew.
    for (const alarm of due) if (alarm.at <= now() && alarms.delete(alarm)) alarm.ring();
  } finally {
    startForAll();
  }
}

function startForAll(): void {
  for (const { at } of alarms) startFor(at);
}

/** The timer of before may still ring: in vain, as one that rings too early. */
function changeTimer(): void {
  timerAt = NEVER;
  startForAll();
}

function startHidden(): Timer {
  try {
    hiddenTimer ??= timerOfWorker(() => {
      hiddenTimer = pageTimer;
      changeTimer();
    });
  } catch {
    // No workers here: the page's own timer it is.
    hiddenTimer = pageTimer;
  }
  return hiddenTimer;
}

function stopHidden(): void {
  clearTimeout(atLeisure);
  hiddenTimer?.stop();
  hiddenTimer = null;
  changeTimer();
}

/** `fail` is called when the worker turns out not to start. Throws where there are no workers. */
function timerOfWorker(fail: () => void): Timer {
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

function timerOfPage(): Timer {
  let handle: ReturnType<typeof setTimeout> | undefined;
  return {
    start: (delay) => {
      clearTimeout(handle);
      handle = setTimeout(over, delay);
    },
    stop: () => clearTimeout(handle),
  };
}

/** For tests: a clock whose alarm is a timer, which fake timers move. */
import { NEVER } from '../../shared/base/time.ts';
import type { StoppableClock } from './world.ts';

export function testClock(): StoppableClock {
  let timer: ReturnType<typeof setTimeout>;
  return {
    now: () => performance.now(),
    setAlarm: (at, ring) => {
      clearTimeout(timer);
      if (at !== NEVER) timer = setTimeout(ring, at - performance.now());
    },
    stop: () => clearTimeout(timer),
  };
}

/** Work that is done again and again by the alarm of a clock. */
import type { Millis } from '../../shared/base/time.ts';
import type { Clock } from '../../shared/driver/ports.ts';

/** Has `work` done every so many milliseconds, until the alarm is cleared; the work itself may do so. */
export function repeat(clock: Clock, everyMs: Millis, work: () => void): void {
  clock.setAlarm(clock.now() + everyMs, () => {
    repeat(clock, everyMs, work);
    work();
  });
}

/**
 * When what changes by itself is read again: everything in one go, so that the page is drawn once for all of it, and so seldom that the
 * tab's work comes first. On a machine that thirty tabs share, the drawing would take more of it than the transfer.
 */
import { type Millis, seconds } from '../../shared/base/time.ts';
import type { StoppableClock } from '../app/world.ts';

/** Monotonic time, and one alarm. */
export type PageClock = Omit<StoppableClock, 'stop'>;

/** How long the pause after a reading is. */
interface Pace {
  /** The shortest and the longest. */
  readonly least: Millis;
  readonly most: Millis;
  /** Between these, so many times as long as the reading took, and what was drawn of it. */
  readonly times: number;
}

/** Numbers that change more often are not read by anybody. */
const SEEN: Pace = { least: seconds(1) / 2, most: seconds(2), times: 30 };

/** A page that nobody looks at needs its title now and then. On a machine that thirty tabs keep busy, these are all but one. */
const HIDDEN: Pace = { least: seconds(1), most: seconds(10), times: 100 };

const readers = new Set<() => void>();
let clock: PageClock;

/** To be called before all else, with a clock that is on time in hidden tabs too: their titles tell what came of the transfer. */
export function readBy(pageClock: PageClock): void {
  clock = pageClock;
}

/** Has `read` called again and again, until the function that it gives is called. */
export function readInTurn(read: () => void): () => void {
  readers.add(read);
  if (readers.size === 1) readAfter(SEEN.least);
  return () => void readers.delete(read);
}

/** What a person waits for has come: the next reading is as soon as the work in hand is done. */
export function readSoon(): void {
  readAfter(0);
}

/** How long to wait after a reading that took so long. */
export function pauseAfter(tookMs: Millis, isHidden: boolean): Millis {
  const { least, most, times } = isHidden ? HIDDEN : SEEN;
  return Math.max(least, Math.min(most, tookMs * times));
}

/** In place of the reading that was due. */
function readAfter(pause: Millis): void {
  clock.setAlarm(clock.now() + pause, readAll);
}

function readAll(): void {
  const begunAt = clock.now();
  try {
    for (const read of readers) read();
  } finally {
    // Preact draws in a microtask that was asked for before this one.
    queueMicrotask(() => {
      if (readers.size > 0) readAfter(pauseAfter(clock.now() - begunAt, document.hidden));
    });
  }
}

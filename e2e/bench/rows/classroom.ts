/** Thirty tabs of one machine: nobody is left behind, and no page stops answering. */
import type { CDPSession, Page } from '@playwright/test';

import { MEGABYTE } from '../../files.ts';
import { arrivals } from '../arrivals.ts';
import { TABSWARM_IN_ONE_BROWSER } from '../contenders.ts';
import { type Row, inSeconds, median } from '../row.ts';
import { crowd } from '../transfer.ts';

const TABS = 30;
const BYTES = 5 * MEGABYTE;

export const classroom: Row = {
  name: 'classroom',
  shows: `1 → ${TABS} tabs, 5 MB, one machine`,
  minutesMax: 4,
  measure: async (stage) => {
    const { tabs, transfer } = await crowd(stage, {
      bytes: BYTES,
      receivers: TABS,
      contender: TABSWARM_IN_ONE_BROWSER,
      prepare: watchTasks,
    });
    const begunAt = Date.now();
    const session = await tabs[0].context().newCDPSession(tabs[0]);
    const processorMs = await busiestTaskMs(session, transfer);
    const ends = (await Promise.all(tabs.map(arrivals))).map(({ lastAt }) => (lastAt - begunAt) / 1000);
    const longestMs = Math.max(...(await Promise.all(tabs.map(longestTaskMs))));
    return [
      {
        what: `${classroom.shows}: slowest tab`,
        ours: inSeconds(Math.max(...ends)),
        against: `median tab ${inSeconds(median(ends))}`,
        value: Math.max(...ends) / median(ends),
        limit: { kind: 'at most', must: 2, aim: 1.5 },
      },
      {
        what: `${classroom.shows}: longest task of a page, in ms`,
        ours: `${longestMs} ms`,
        against: '',
        value: longestMs,
        limit: { kind: 'at most', must: 200, aim: 100 },
      },
      {
        what: `${classroom.shows}: most time of the processor that anything took which held a page up for 100 ms, in ms`,
        ours: `${processorMs.toFixed(1)} ms`,
        against: '',
        value: processorMs,
        limit: { kind: 'at most', must: 200, aim: 100 },
      },
    ];
  },
};

/** Of events that the browser's trace tells of, in microseconds: from begin to end, and of that the time in which its thread had a processor. */
interface TraceEvent {
  readonly ph: string;
  readonly dur?: number;
  readonly tdur?: number;
}

const LONG_MICROSECONDS = 100_000;

/**
 * The most time of the processor, in ms, that any step of any page took (a callback, a layout, a collection of garbage) of those that lasted
 * long while `work` went on. The rest of such a step is waiting: for a core, or for another process.
 */
async function busiestTaskMs(session: CDPSession, work: () => Promise<void>): Promise<number> {
  let most = 0;
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const { ph, dur = 0, tdur = 0 } of value as unknown as TraceEvent[]) {
      if (ph === 'X' && dur > LONG_MICROSECONDS) most = Math.max(most, tdur / 1000);
    }
  });
  const traceConfig = {
    includedCategories: ['devtools.timeline'],
    excludedCategories: ['*'],
    recordMode: 'recordAsMuchAsPossible' as const,
  };
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
  await work();
  const isOver = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.end');
  await isOver;
  return most;
}

async function watchTasks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = { longestTaskMs: 0 };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longestTaskMs = Math.max(seen.longestTaskMs, duration);
    }).observe({ type: 'longtask', buffered: true });
  });
}

async function longestTaskMs(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { seen: { longestTaskMs: number } }).seen.longestTaskMs);
}

/** Thirty tabs of one machine: nobody is left behind, and no page stops answering. */
import type { Page } from '@playwright/test';

import { MEGABYTE } from '../../files.ts';
import { arrivals } from '../arrivals.ts';
import { type Row, inSeconds, median } from '../row.ts';
import { crowd } from '../transfer.ts';

const TABS = 30;
const BYTES = 5 * MEGABYTE;

export const classroom: Row = {
  name: 'classroom',
  shows: `1 → ${TABS} tabs, 5 MB, one machine`,
  minutesMax: 4,
  measure: async (stage) => {
    const { tabs, transfer } = await crowd(stage, { bytes: BYTES, receivers: TABS, prepare: watchTasks });
    const begunAt = Date.now();
    await transfer();
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
    ];
  },
};

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

/** Thirty tabs of one machine, in one browser, of which a person looks at the last: nobody is left behind, and no page stops answering. */
import type { Browser, CDPSession, Page } from 'puppeteer-core';

import { MEGABYTE } from '../../files.ts';
import { type Arrivals, arrivals, watchArrivals } from '../arrivals.ts';
import { isComplete } from '../contenders.ts';
import { inRealBrowser, shareFrom, until } from '../real-tabs.ts';
import { type Row, inSeconds, median } from '../row.ts';
import type { Stage } from '../stage.ts';

const TABS = 30;
const BYTES = 5 * MEGABYTE;
const LINKED_WITHIN_MS = 30_000;
const COMPLETE_WITHIN_MS = 200_000;

export const classroom: Row = {
  name: 'classroom',
  shows: `1 → ${TABS} tabs, 5 MB, one machine`,
  minutesMax: 4,
  measure: async (stage) => {
    const { ends, longestTaskMs, steps } = await inRealBrowser((browser) => lesson(browser, stage));
    return [
      {
        what: `${classroom.shows}: slowest tab`,
        ours: inSeconds(Math.max(...ends)),
        against: `median tab ${inSeconds(median(ends))}`,
        value: Math.max(...ends) / median(ends),
        limit: { kind: 'at most', must: 2, aim: 1.5 },
      },
      {
        what: `${classroom.shows}: longest task of the page that is looked at, in ms`,
        ours: `${longestTaskMs} ms`,
        against: `any step of any tab, hidden ones and workers included: ${steps.longestMs.toFixed(0)} ms`,
        value: longestTaskMs,
        limit: { kind: 'at most', must: 200, aim: 100 },
      },
      {
        what: `${classroom.shows}: most time of the processor that anything took which held a page up for 100 ms, in ms`,
        ours: `${steps.processorMs.toFixed(1)} ms`,
        against: '',
        value: steps.processorMs,
        limit: { kind: 'at most', must: 200, aim: 100 },
      },
    ];
  },
};

interface Lesson {
  /** When each tab was complete, in seconds. */
  readonly ends: readonly number[];
  /** The longest task of the page that is looked at, while the file came, in ms. Browsers tell nothing of hidden ones. */
  readonly longestTaskMs: number;
  readonly steps: Steps;
}

/** What pages and their workers did while the file came: callbacks, layouts, collections of garbage; as the browser's trace tells. */
interface Steps {
  /** The longest of all, in ms. */
  readonly longestMs: number;
  /** Of those that held a page up for 100 ms or more, the most time of the processor: the rest is waiting, for a core or another process. */
  readonly processorMs: number;
}

async function lesson(browser: Browser, stage: Stage): Promise<Lesson> {
  const { origin } = stage.server;
  const file = await stage.file(BYTES);
  // What the link will be tells a tab of another origin, which leaves: equal files have equal links.
  const herald = await browser.newPage();
  await herald.goto(origin.replace('localhost', 'herald.localhost'));
  const link = `${origin}/${new URL(await shareFrom(herald, file)).hash}`;
  await herald.close();
  const sharer = await browser.newPage();
  await sharer.goto(origin);
  const tabs: Page[] = [];
  for (let number = 0; number < TABS; number += 1) tabs.push(await join(browser, link, number));
  const seen = tabs.at(-1)!;
  await seen.bringToFront();
  // What opening the page took is over.
  await seen.evaluate(() => void ((globalThis as unknown as Watched).longestTaskMs = 0));
  const begunAt = Date.now();
  const steps = await stepsOf(await seen.createCDPSession(), async () => {
    await shareFrom(sharer, file);
    await Promise.all(tabs.map((tab) => until(tab, isComplete, COMPLETE_WITHIN_MS)));
  });
  const ends = (await Promise.all(tabs.map(arrivals))).map(({ lastAt }) => (lastAt - begunAt) / 1000);
  const longestTaskMs = await seen.evaluate(() => (globalThis as unknown as Watched).longestTaskMs);
  return { ends, longestTaskMs, steps };
}

/** Opens the link as a hand does, one tab after another, so that what opening them costs is over when the transfer begins. */
async function join(browser: Browser, link: string, others: number): Promise<Page> {
  const tab = await browser.newPage();
  await watchArrivals(tab);
  await tab.evaluateOnNewDocument(watchTasks);
  await tab.goto(link, { waitUntil: 'domcontentloaded' });
  await tab.evaluate((least) => Object.assign(globalThis, { least }), others);
  await until(tab, isLinked, LINKED_WITHIN_MS);
  return tab;
}
/** Of events that the browser's trace tells of, in microseconds: from begin to end, and of that the time in which its thread had a processor. */
interface TraceEvent {
  readonly ph: string;
  readonly dur?: number;
  readonly tdur?: number;
}

const LONG_MICROSECONDS = 100_000;

async function stepsOf(session: CDPSession, work: () => Promise<void>): Promise<Steps> {
  let [longestMs, processorMs] = [0, 0];
  session.on('Tracing.dataCollected', ({ value }) => {
    for (const { ph, dur = 0, tdur = 0 } of value as unknown as TraceEvent[]) {
      if (ph !== 'X') continue;
      longestMs = Math.max(longestMs, dur / 1000);
      if (dur > LONG_MICROSECONDS) processorMs = Math.max(processorMs, tdur / 1000);
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
  return { longestMs, processorMs };
}

interface Watched {
  /** How many others this tab is to be linked with. */
  readonly least: number;
  readonly arrivals: Arrivals;
  longestTaskMs: number;
}

/** Runs in a page, like those below. */
function watchTasks(): void {
  const watched = globalThis as unknown as Watched;
  watched.longestTaskMs = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.longestTaskMs = Math.max(watched.longestTaskMs, duration);
  }).observe({ type: 'longtask', buffered: true });
}

const isLinked = (): boolean => {
  const { arrivals: seen, least } = globalThis as unknown as Watched;
  return seen.openChannels >= least;
};

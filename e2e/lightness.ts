/** What the page asks of a processor: until it can be used, and while it shows a full swarm. */
import type { Page } from '@playwright/test';

import { openPanels, showState } from './gallery/gallery-server.ts';

/** What a person needs to begin: of the first page, and of the page behind a link. */
export const USABLE = { home: '.chooser', link: 'main section h1' } as const;

/** Opens `address` on a processor slowed so many times: when, in milliseconds after the navigation began, the page can be used. */
export async function timeToUse(page: Page, address: string, usable: string, slowdown: number): Promise<number> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await page.addInitScript((selector) => {
    const look = (): void => {
      if (document.querySelector(selector) === null) return;
      Object.assign(globalThis, { usableAt: performance.now() });
      watcher.disconnect();
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document, { childList: true, subtree: true });
  }, usable);
  await page.goto(address);
  const usableAt = await page.waitForFunction(() => Reflect.get(globalThis, 'usableAt') as number | undefined);
  return (await usableAt.jsonValue()) as number;
}

/** From now on, processor time of the page's main thread, in milliseconds. How busy the machine is does not count. */
export async function watchProcessor(page: Page): Promise<() => Promise<number>> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const read = async (): Promise<number> => {
    const { metrics } = await devTools.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
  const before = await read();
  return async () => (await read()) - before;
}

/**
 * What three thousand lines, made and laid out, ask of this machine's processor, in milliseconds: a yardstick for limits that were
 * chosen on a faster one. `page` may be any, and shows them afterwards.
 */
export async function linesMs(page: Page): Promise<number> {
  const spent = await watchProcessor(page);
  await page.evaluate(() => {
    const list = document.createElement('ul');
    for (let line = 0; line < 3000; line += 1) {
      const item = document.createElement('li');
      item.className = line % 2 === 0 ? 'even' : 'odd';
      item.textContent = `line ${line}`;
      list.append(item);
    }
    document.body.replaceChildren(list);
    list.getBoundingClientRect();
  });
  return spent();
}

/** Shows 60 people and 40,000 pieces that change four times a second, with all panels open. The gallery must be in the page. */
export async function showCrowd(page: Page): Promise<void> {
  await showState(page, 'downloading-in-a-crowd');
  await openPanels(page);
}

/** The page's tasks of more than 50 ms within so many seconds, in milliseconds. */
export function longTasks(page: Page, seconds: number): Promise<number[]> {
  return page.evaluate(async (span) => {
    const found: number[] = [];
    const watcher = new PerformanceObserver((list) => found.push(...list.getEntries().map(({ duration }) => duration)));
    watcher.observe({ type: 'longtask' });
    await new Promise((resolve) => setTimeout(resolve, span * 1000));
    watcher.disconnect();
    return found;
  }, seconds);
}

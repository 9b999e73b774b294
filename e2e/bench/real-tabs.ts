/**
 * Tabs as a person has them: one is looked at and the others are hidden, with slower timers, nothing to draw, and a processor that they get last.
 * (Playwright makes every tab believe that it is looked at.)
 */
import puppeteer, { type Browser, type Page } from 'puppeteer-core';

import { findBrowser } from '../browser.ts';
import type { SampleFile } from '../files.ts';
import { KEEPS_AWAKE } from './stage.ts';

const SHARE_WITHIN_MS = 120_000;

/** Starts a browser with an empty profile, and closes it when `work` is done. */
export async function inRealBrowser<Result>(work: (browser: Browser) => Promise<Result>): Promise<Result> {
  const browser = await puppeteer.launch({
    executablePath: findBrowser(),
    ignoreDefaultArgs: KEEPS_AWAKE,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-background-networking'],
  });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

/** Shares the file from this page, which shows the first page of `origin` already; the link. */
export async function shareFrom(page: Page, file: SampleFile): Promise<string> {
  const input = await page.waitForSelector('input[type=file]');
  await input!.uploadFile(file.path);
  await page.waitForFunction(() => /#[0-9a-f]{40}$/.test(location.href), { timeout: SHARE_WITHIN_MS, polling: 200 });
  return page.url();
}

/** Resolves when a function of the page gives true. Asked from outside, since a hidden tab has slow timers. */
export async function until(page: Page, isTrue: () => boolean, withinMs: number): Promise<void> {
  const endsAt = Date.now() + withinMs;
  while (!(await page.evaluate(isTrue))) {
    if (Date.now() > endsAt) throw new Error(`A tab did not get there in ${withinMs / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Transfers between tabs of one machine, and their rates. */
import type { Page } from '@playwright/test';

import type { SampleFile } from '../files.ts';
import { type Arrivals, arrivals, longestWait, rateOf } from './arrivals.ts';
import { type Contender, TABSWARM } from './contenders.ts';
import { type RawWay, sendRaw } from './raw-channel.ts';
import { BARE_PAGE, type Stage, watchedTab } from './stage.ts';

const COMPLETE_WITHIN_MS = 200_000;
const LINKED_WITHIN_MS = 30_000;

/** Bytes per second from a new browser's tab to another, from the first block to the last. */
export async function transferRate(stage: Stage, contender: Contender, bytes: number): Promise<number> {
  const file: SampleFile = await stage.file(bytes);
  const browser = await stage.browser();
  const { origin } = stage.server;
  const link = await contender.share(await watchedTab(browser), origin, file);
  const tab = await watchedTab(browser);
  await contender.join(tab, origin, link);
  await contender.complete(tab, COMPLETE_WITHIN_MS);
  const rate = rateOf([await arrivals(tab)], bytes);
  await stage.closeBrowsers();
  return rate;
}

/** What a crowd's tabs get together, in bytes per second, and the longest time for which one of them got nothing, in seconds. */
export async function crowdRate(stage: Stage, options: CrowdOptions): Promise<{ rate: number; waitSeconds: number }> {
  const { tabs, transfer } = await crowd(stage, options);
  await transfer();
  const all = await Promise.all(tabs.map(arrivals));
  await stage.closeBrowsers();
  return { rate: rateOf(all, options.bytes * options.receivers), waitSeconds: longestWait(all) };
}

export interface CrowdOptions {
  readonly bytes: number;
  readonly receivers: number;
  readonly contender: Contender;
}

export interface Crowd {
  readonly tabs: readonly Page[];
  /** Shares the file at last; resolves when all tabs are complete. */
  readonly transfer: () => Promise<void>;
}

/**
 * The tabs of a crowd, all open and linked with each other, and nothing to fetch yet. They are opened one after another, as a hand does, so that
 * what opening them costs is over when the transfer begins.
 */
export async function crowd(stage: Stage, { bytes, receivers, contender }: CrowdOptions): Promise<Crowd> {
  const browser = await stage.browser();
  const { origin } = stage.server;
  const file = await stage.file(bytes);
  // What the link will be tells a tab of another origin, which leaves: equal files have equal links.
  const herald = await watchedTab(browser);
  const shared = await TABSWARM.share(herald, origin, file);
  await herald.close();
  const link = `${origin}/${new URL(shared).hash}`;
  const sharer = await watchedTab(browser);
  const tabs: Page[] = [];
  for (let number = 0; number < receivers; number += 1) {
    const tab = await watchedTab(browser);
    await contender.join(tab, origin, link);
    await linkedWith(tab, number);
    tabs.push(tab);
  }
  const transfer = async (): Promise<void> => {
    await contender.share(sharer, origin, file);
    await Promise.all(tabs.map((tab) => contender.complete(tab, COMPLETE_WITHIN_MS)));
  };
  return { tabs, transfer };
}

/** Resolves when the tab has so many links. */
export async function linkedWith(tab: Page, others: number): Promise<void> {
  const isLinked = (least: number): boolean =>
    (globalThis as unknown as { arrivals: Arrivals }).arrivals.openChannels >= least;
  await tab.waitForFunction(isLinked, others, { timeout: LINKED_WITHIN_MS, polling: 50 });
}

/** Bytes per second that tabs get together over bare channels, when each sends to some of those after it and does nothing else. */
export async function rawCrowdRate(
  stage: Stage,
  { bytes, tabs, channels }: { readonly bytes: number; readonly tabs: number; readonly channels: number },
): Promise<number> {
  const browser = await stage.browser();
  const pages: Page[] = [];
  for (let number = 0; number < tabs; number += 1) pages.push(await watchedTab(browser));
  await Promise.all(pages.map((tab) => tab.goto(`${stage.server.origin}${BARE_PAGE}`)));
  const share = Math.ceil(bytes / tabs / channels);
  const sends = pages.flatMap((from, host) =>
    Array.from({ length: channels }, (_, channel) => sendRaw(from, pages[(host + 1 + channel) % tabs], share)),
  );
  await Promise.all(sends);
  const rate = rateOf(await Promise.all(pages.map(arrivals)), bytes);
  await stage.closeBrowsers();
  return rate;
}

/** The same over a bare data channel between two tabs. */
export async function rawRate(stage: Stage, bytes: number, way?: RawWay): Promise<number> {
  const browser = await stage.browser();
  const [from, to] = [await watchedTab(browser), await watchedTab(browser)];
  await Promise.all([from, to].map((tab) => tab.goto(`${stage.server.origin}${BARE_PAGE}`)));
  await sendRaw(from, to, bytes, way);
  const rate = rateOf([await arrivals(to)], bytes);
  await stage.closeBrowsers();
  return rate;
}

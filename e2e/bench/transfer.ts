/** One transfer in tabs of one machine, from an empty browser to the last tab that is complete; and its rate. */
import type { SampleFile } from '../files.ts';
import { arrivals, rateOf } from './arrivals.ts';
import type { Contender } from './contenders.ts';
import { type RawWay, sendRaw } from './raw-channel.ts';
import { BARE_PAGE, type Stage, watchedTab } from './stage.ts';

const COMPLETE_WITHIN_MS = 200_000;

/** Bytes per second that all receivers get together, from the first block to the last. */
export async function transferRate(
  stage: Stage,
  contender: Contender,
  { bytes, receivers }: { readonly bytes: number; readonly receivers: number },
): Promise<number> {
  const file: SampleFile = await stage.file(bytes);
  const browser = await stage.browser();
  const { origin } = stage.server;
  const link = await contender.share(await watchedTab(browser), origin, file);
  const tabs = await Promise.all(Array.from({ length: receivers }, () => watchedTab(browser)));
  await Promise.all(tabs.map((tab) => contender.join(tab, origin, link)));
  await Promise.all(tabs.map((tab) => contender.complete(tab, COMPLETE_WITHIN_MS)));
  const rate = rateOf(await Promise.all(tabs.map(arrivals)), bytes * receivers);
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

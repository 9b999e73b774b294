/** Tabs that nobody looks at: browsers slow their timers and their drawing, and nothing of ours may wait for either. */
import type { Browser, Page } from 'puppeteer-core';

import { MEGABYTE } from '../../files.ts';
import { inRealBrowser, shareFrom } from '../real-tabs.ts';
import { type Row, inMegabytes } from '../row.ts';
import type { Stage } from '../stage.ts';

const BYTES = 2000 * MEGABYTE;

/** Timers are slowed after ten seconds; a minute is well beyond. */
const HIDDEN_MS = 60_000;
const VISIBLE_MS = 15_000;

export const hiddenTab: Row = {
  name: 'hidden-tab',
  shows: '1 → 1, both tabs hidden for 60 s',
  minutesMax: 4,
  measure: async (stage) => {
    const { visible, hidden } = await inRealBrowser((browser) => rates(browser, stage));
    return [
      {
        what: hiddenTab.shows,
        ours: inMegabytes(hidden),
        against: `looked at: ${inMegabytes(visible)}`,
        value: hidden / visible,
        limit: { kind: 'at least', must: 0.9, aim: 1 },
      },
    ];
  },
};

async function rates(browser: Browser, stage: Stage): Promise<{ visible: number; hidden: number }> {
  const sharer = await browser.newPage();
  // Two origins, as if in two browsers: else no data channel were between them.
  await sharer.goto(stage.server.origin.replace('localhost', 'sharer.localhost'));
  const link = await shareFrom(sharer, await stage.file(BYTES));
  const receiver = await browser.newPage();
  await receiver.evaluateOnNewDocument(countBytes);
  await receiver.goto(link.replace('sharer.localhost', 'localhost'));
  await receiver.waitForFunction(() => (globalThis as unknown as Counted).arrived > 0, { polling: 100 });
  const visible = await rateOver(receiver, VISIBLE_MS);
  await (await browser.newPage()).bringToFront();
  await receiver.waitForFunction(() => document.visibilityState === 'hidden', { polling: 100 });
  return { visible, hidden: await rateOver(receiver, HIDDEN_MS) };
}

interface Counted {
  readonly arrived: number;
}

/** Bytes per second that come in the next milliseconds. */
async function rateOver(page: Page, ms: number): Promise<number> {
  const arrived = (): Promise<number> => page.evaluate(() => (globalThis as unknown as Counted).arrived);
  const [before, begunAt] = [await arrived(), Date.now()];
  await new Promise((resolve) => setTimeout(resolve, ms));
  return (((await arrived()) - before) * 1000) / (Date.now() - begunAt);
}

/** Runs inside the page. */
function countBytes(): void {
  const counted = { arrived: 0 };
  const Connection = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Connection {
    override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
      const channel = super.createDataChannel(label, options);
      channel.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
        counted.arrived += data.byteLength;
      });
      return channel;
    }
  };
  Object.defineProperty(globalThis, 'arrived', { get: () => counted.arrived });
}

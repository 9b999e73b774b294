/** Tabs that nobody looks at, as browsers treat them in the end: their own timers are slowed. */
import { inRealBrowser, shareFrom, until } from './bench/real-tabs.ts';
import { MEGABYTE } from './files.ts';
import { expect, test } from './fixtures.ts';

/** Chromium gives the timers of a page that has been hidden for a minute a hundredth of a processor, and has them wait when that is used up. */
const SLOWED_AFTER_MS = 62_000;
const SLOWED_WITHIN_MS = 30_000;
const USED_UP_MS = 400;

/** Less than what the timers of such a page wait. */
const COMPLETE_WITHIN_MS = 20_000;

test('a tab that has been hidden for long stores the file when it comes, and tells so in its title', async ({
  server,
  sample,
}) => {
  test.setTimeout(SLOWED_AFTER_MS + SLOWED_WITHIN_MS + 60_000);
  const { origin } = server;
  const file = await sample('hidden.bin', 3 * MEGABYTE);
  await inRealBrowser(async (browser) => {
    // What the link will be tells a tab of another origin, which leaves: equal files have equal links.
    const herald = await browser.newPage();
    await herald.goto(origin.replace('localhost', 'herald.localhost'));
    const { hash } = new URL(await shareFrom(herald, file));
    await herald.close();
    const receiver = await browser.newPage();
    await receiver.goto(`${origin}/${hash}`);
    const sharer = await browser.newPage();
    await sharer.goto(origin);
    await new Promise((resolve) => setTimeout(resolve, SLOWED_AFTER_MS));
    await receiver.evaluate(useUp, USED_UP_MS);
    await until(receiver, isSlowed, SLOWED_WITHIN_MS);
    expect(await receiver.evaluate(() => [document.hidden, document.title.includes('✓')])).toEqual([true, false]);
    await shareFrom(sharer, file);
    await until(receiver, () => document.title.startsWith('✓'), COMPLETE_WITHIN_MS);
  });
});

interface Slowed {
  tickedAt: number;
}

/** Runs inside the page, as the next one. */
function useUp(processorMs: number): void {
  const tick = (): void => {
    const begunAt = performance.now();
    (globalThis as unknown as Slowed).tickedAt = begunAt;
    while (performance.now() < begunAt + processorMs);
    setTimeout(tick, 100);
  };
  setTimeout(tick, 100);
}

const isSlowed = (): boolean => performance.now() - (globalThis as unknown as Slowed).tickedAt > 5000;

/** The page stays light: what opening it costs, and what showing a full swarm costs. */
import { MEGABYTE } from './files.ts';
import { expect, expectComplete, share, test } from './fixtures.ts';
import { openGallery } from './gallery/gallery-server.ts';
import { USABLE, linesMs, showCrowd, watchProcessor } from './lightness.ts';
import { PAGE_BYTES_MAX, weigh } from './page-weight.ts';

for (const [where, host] of [
  ['on a secure page', 'localhost'],
  ['on a plain-http page, which hashes by itself', 'swarm.test'],
]) {
  test(`sharing and receiving each fetch at most 80 kB of JavaScript and CSS at first load ${where}`, async ({
    server,
    sample,
    tab,
  }) => {
    const [sharer, receiver] = [await tab(), await tab()];
    const [sharerWeight, receiverWeight] = [weigh(sharer), weigh(receiver)];
    const origin = server.origin.replace('localhost', host);
    await receiver.goto(await share(sharer, origin, await sample('leaflet.bin', MEGABYTE)));
    await expectComplete(receiver);
    for (const bytes of [await sharerWeight(), await receiverWeight()]) {
      expect(bytes).toBeGreaterThan(PAGE_BYTES_MAX / 4);
      expect(bytes).toBeLessThanOrEqual(PAGE_BYTES_MAX);
    }
  });
}

/** A second, on a processor that is four times as slow: a cheap phone's. */
const OPENING_MS_MAX = 1000 / 4;

/** The quarter of a second is of a desktop's processor: where the machine is a slower one, this many times what plain lines ask of it. */
const OPENING_LINES_MAX = 1.5;

/** What Chromium calls a long task begins here. */
const READING_MS_MAX = 50;

test('opening the first page, or a link, takes a quarter of a second of the processor at most, or half as much again as 3,000 plain lines', async ({
  server,
  tab,
}) => {
  const bare = await tab();
  await bare.goto(`${server.origin}/healthz`);
  const spentMsMax = Math.max(OPENING_MS_MAX, OPENING_LINES_MAX * (await linesMs(bare)));
  for (const [kind, usable] of Object.entries(USABLE)) {
    const page = await tab();
    const spent = await watchProcessor(page);
    await page.goto(kind === 'home' ? server.origin : `${server.origin}/#${'ab'.repeat(20)}`);
    await page.locator(usable).waitFor({ state: 'attached' });
    const spentMs = await spent();
    expect(spentMs).toBeGreaterThan(1);
    expect(spentMs).toBeLessThan(spentMsMax);
  }
});

test('60 people and 40,000 pieces are shown anew again and again without holding the page up', async ({ page }) => {
  const gallery = await openGallery();
  await gallery.enter(page);
  await showCrowd(page);
  await expect(page.getByRole('row')).toHaveCount(61);
  const readings = 12;
  const spent = await watchProcessor(page);
  await page.evaluate(
    (wanted) =>
      new Promise<void>((resolve) => {
        let seen = 0;
        const watcher = new MutationObserver(() => (seen += 1) === wanted && resolve());
        watcher.observe(document.querySelector('.people tbody')!, { characterData: true, subtree: true });
      }),
    readings,
  );
  expect((await spent()) / readings).toBeLessThan(READING_MS_MAX);
  await gallery.close();
});

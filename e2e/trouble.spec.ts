/** When something is missing, the page says what and what to do; when it is back, the page goes on by itself. */
import type { Locator, Page } from '@playwright/test';

import { MEGABYTE } from './files.ts';
import { expect, expectComplete, expectSame, progress, share, test } from './fixtures.ts';
import { setUplink, tapped } from './wire-tap.ts';

/** What the page says in view; the same words stand once more in a place for screen readers. */
const said = (page: Page, sentence: RegExp | string): Locator =>
  page.getByRole('region', { name: 'State' }).getByText(sentence);

/** Re-connecting waits a growing, partly random time. */
const HEAL_MS = 40_000;

/** An uplink for what need not be caught halfway any more, in bytes per second. */
const FAST = 50 * MEGABYTE;

test('a link with a wrong character is named as such', async ({ server, tab }) => {
  const page = await tab();
  await page.goto(`${server.origin}/#0123456789abcdef`);
  await expect(page.getByText(/link is not|not a .*link|wrong|incomplete|too short/i).first()).toBeVisible();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
});

test('a link that nobody serves says so, and starts by itself when somebody comes', async ({
  server,
  sample,
  tab,
  tabElsewhere,
}) => {
  const file = await sample('late.bin', MEGABYTE);
  const sharer = await tab();
  const link = await share(sharer, server.origin, file);
  await sharer.close();

  const receiver = await tabElsewhere();
  await receiver.goto(link);
  await expect(said(receiver, /^Nobody who has this file is here right now\./)).toBeVisible();
  await share(await tab(), server.origin, file);
  await expectSame(receiver, file);
});

test('[N6] the server goes and comes back: transfers go on, and newcomers join', async ({ server, sample, tab }) => {
  const file = await sample('slow.bin', 16 * MEGABYTE);
  const sharer = await tab({ bytesPerSecond: 3 * MEGABYTE });
  const link = await share(sharer, server.origin, file);
  const receiver = await tab();
  await receiver.goto(link);
  await expect.poll(() => progress(receiver), { intervals: [50] }).toBeGreaterThan(5);

  await server.kill();
  await expect(said(receiver, /server cannot be reached.*Transfers go on\./)).toBeVisible();
  await setUplink(sharer, FAST);
  await expectComplete(receiver);

  await server.start();
  await expect(said(receiver, /server cannot be reached/)).toHaveCount(0, { timeout: HEAL_MS });
  const newcomer = await tab();
  await newcomer.goto(link);
  await expectSame(newcomer, file);
});

test('[N6] a tab that waits for somebody while the server is gone finds them afterwards', async ({
  server,
  sample,
  tab,
  tabElsewhere,
}) => {
  const file = await sample('late.bin', MEGABYTE);
  const sharer = await tab();
  const link = await share(sharer, server.origin, file);
  await sharer.close();
  const receiver = await tabElsewhere();
  await receiver.goto(link);
  await expect(said(receiver, /^Nobody who has this file is here right now\./)).toBeVisible();

  await server.kill();
  await expect(said(receiver, /server .* does not answer/)).toBeVisible();
  await server.start();
  await share(await tab(), server.origin, file);
  await expectComplete(receiver, HEAL_MS);
});

test('a browser without WebRTC is told so', async ({ server, sample, tab }) => {
  const link = await share(await tab(), server.origin, await sample('notes.txt', 1000));
  const page = await tab();
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'RTCPeerConnection'));
  await page.goto(link);
  await expect(said(page, /WebRTC is missing/)).toBeVisible();
});

test('[D4] a full disk stops the download with advice, and room lets it go on', async ({
  server,
  sample,
  tab,
  tabElsewhere,
}) => {
  const file = await sample('large.bin', 12 * MEGABYTE);
  const link = await share(await tab({ bytesPerSecond: 4 * MEGABYTE }), server.origin, file);
  const receiver = await tabElsewhere();
  const devTools = await receiver.context().newCDPSession(receiver);
  await devTools.send('Storage.overrideQuotaForOrigin', { origin: server.origin, quotaSize: 5 * MEGABYTE });
  // Where a browser does not tell how much room there is, that is noticed when it is used up.
  await receiver.addInitScript(() => (navigator.storage.estimate = () => Promise.resolve({})));
  await receiver.goto(link);
  await expect(said(receiver, 'Cannot store more')).toBeVisible();
  await expect(receiver.getByRole('heading', { name: 'To make room, delete' })).toBeVisible();

  await devTools.send('Storage.overrideQuotaForOrigin', { origin: server.origin });
  await expectComplete(receiver, HEAL_MS);
  await expectSame(receiver, file);
});

test('what will not fit does not begin, says how much is lacking and what to delete, and begins when there is room', async ({
  server,
  sample,
  tab,
  tabElsewhere,
}) => {
  const old = await sample('old.bin', MEGABYTE);
  const file = await sample('large.bin', 8 * MEGABYTE);
  const oldLink = await share(await tab(), server.origin, old);
  const sharer = await tab({ bytesPerSecond: MEGABYTE });
  const link = await share(sharer, server.origin, file);
  const receiver = await tabElsewhere();
  await receiver.addInitScript(() => {
    Object.assign(globalThis, { quota: 99_000_000 });
    navigator.storage.estimate = () => Promise.resolve({ quota: Reflect.get(globalThis, 'quota') as number, usage: 0 });
  });
  const setQuota = (quota: number): Promise<void> =>
    receiver.evaluate((bytes) => void Object.assign(globalThis, { quota: bytes }), quota);
  await receiver.goto(oldLink);
  await expectComplete(receiver);
  await setQuota(2_000_000);
  await receiver.goto(link);
  await expect(said(receiver, /^It needs \d\.\d\d MB, but this browser has room for 2\.00 MB only/)).toBeVisible();

  const offered = receiver.getByRole('region', { name: 'To make room, delete' }).getByRole('listitem');
  await expect(offered).toHaveText(/^old\.bin.*1\.00 MB/);
  await offered.getByRole('button', { name: 'Delete' }).click();
  await offered.getByRole('button', { name: 'Delete for good' }).click();
  await expect(receiver.getByText('Nothing else is stored here that could be deleted.')).toBeVisible();
  // What had been asked for before the figures were there came; nothing else did.
  expect((await tapped(sharer)).contentBytes).toBeLessThan(file.bytes / 2);
  await setQuota(99_000_000);
  await setUplink(sharer, FAST);
  await expectSame(receiver, file);
});

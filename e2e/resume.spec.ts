/** What was stored is not fetched again. */
import type { BrowserContext } from '@playwright/test';

import { MEGABYTE } from './files.ts';
import { expect, expectComplete, expectSame, progress, share, test } from './fixtures.ts';
import { setUplink, tapped } from './wire-tap.ts';

/**
 * Blocks under way, pieces begun and a batch not yet on disk when the tab went. Far less than the 60 percent that would come
 * a second time if nothing were kept.
 */
const LOST_BYTES_MAX = 8 * MEGABYTE;

/** An uplink for what need not be caught halfway any more, in bytes per second. */
const FAST = 50 * MEGABYTE;

test('[D2] a tab reloaded halfway goes on from there', async ({ server, sample, tab }) => {
  const file = await sample('lecture.bin', 24 * MEGABYTE);
  const sharer = await tab({ bytesPerSecond: 3 * MEGABYTE });
  const link = await share(sharer, server.origin, file);
  const receiver = await tab();
  await receiver.goto(link);
  await expect.poll(() => progress(receiver), { intervals: [50] }).toBeGreaterThan(60);

  const before = await progress(receiver);
  expect(before).toBeLessThan(100);
  await receiver.reload();
  await expect.poll(() => progress(receiver), { intervals: [50] }).toBeGreaterThanOrEqual(before);
  await setUplink(sharer, FAST);
  await expectSame(receiver, file);

  const sent = (await tapped(sharer)).contentBytes;
  expect(sent).toBeGreaterThanOrEqual(file.bytes);
  expect(sent).toBeLessThan(file.bytes + LOST_BYTES_MAX);
});

test('[D2] a tab that was closed halfway leaves its pieces to the next tab on that link', async ({
  server,
  sample,
  tab,
}) => {
  const file = await sample('lecture.bin', 24 * MEGABYTE);
  const sharer = await tab({ bytesPerSecond: 3 * MEGABYTE });
  const link = await share(sharer, server.origin, file);
  const receiver = await tab();
  await receiver.goto(link);
  await expect.poll(() => progress(receiver), { intervals: [50] }).toBeGreaterThan(60);

  const before = await progress(receiver);
  expect(before).toBeLessThan(100);
  await receiver.close();
  const heir = await tab();
  await heir.goto(link);
  await expect.poll(() => progress(heir), { intervals: [50] }).toBeGreaterThanOrEqual(before);
  await setUplink(sharer, FAST);
  await expectSame(heir, file);
  expect((await tapped(sharer)).contentBytes).toBeLessThan(file.bytes + LOST_BYTES_MAX);
});

test("a reload of the sharer's tab goes on sharing", async ({ server, sample, tab }) => {
  const file = await sample('notes.bin', 2 * MEGABYTE);
  const sharer = await tab();
  const link = await share(sharer, server.origin, file);
  await expect(sharer.getByText('A copy is kept in this browser')).toBeVisible();
  await sharer.reload();
  await expect(sharer.getByRole('textbox', { name: 'Share link' })).toHaveValue(link);

  const receiver = await tab();
  await receiver.goto(link);
  await expectSame(receiver, file);
});

test("a tab that opens the link after the sharer's tab is gone is a receiver, though its store is the sharer's", async ({
  server,
  sample,
  tab,
}) => {
  const file = await sample('notes.bin', 2 * MEGABYTE);
  const sharer = await tab();
  const link = await share(sharer, server.origin, file);
  await expect(sharer.getByText('A copy is kept in this browser')).toBeVisible();
  await sharer.close();

  const heir = await tab();
  await heir.goto(link);
  await expectSame(heir, file);
  await heir.reload();
  await expectComplete(heir);
});

test('after a restart of the browser, what it has stored is opened again by one click, and shared on', async ({
  server,
  sample,
  tab,
  playwright,
  launchOptions,
}, testInfo) => {
  const start = (): Promise<BrowserContext> =>
    playwright.chromium.launchPersistentContext(testInfo.outputPath('profile'), launchOptions);
  const file = await sample('kept.bin', MEGABYTE);
  const before = await start();
  const sharer = await before.newPage();
  const link = await share(sharer, server.origin, file);
  await expect(sharer.getByText('A copy is kept in this browser')).toBeVisible();
  await before.close();

  const after = await start();
  const home = await after.newPage();
  await home.goto(server.origin);
  await expect(home.getByText(file.name)).toBeVisible();
  await home.getByRole('link', { name: 'Open' }).click();
  const receiver = await tab();
  await receiver.goto(link);
  await expectSame(receiver, file);
  await after.close();
});

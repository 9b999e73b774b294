/** The page by keyboard alone, on a phone's width and a desk's, and what it keeps on the device. */
import type { Page } from '@playwright/test';

import { MEGABYTE } from './files.ts';
import { expect, expectComplete, share, slowReads, test } from './fixtures.ts';

/** More presses than any page here has places to stop at. */
const TABS_MAX = 40;

for (const width of [360, 1280]) {
  test(`choose, copy and stop by keyboard alone, ${width} pixels wide`, async ({ server, sample, tab, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const file = await sample('a rather long name that has to fit on a narrow screen as well, somehow.txt', 1000);
    const page = await tab();
    await page.setViewportSize({ width, height: 740 });
    await page.goto(server.origin);
    await expectNoSidewaysScroll(page);

    await tabTo(page, 'input[type=file]');
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
    await chooser.setFiles(file.path);
    await expect(page.getByRole('textbox', { name: 'Share link' })).toBeVisible();
    await expectNoSidewaysScroll(page);

    await tabTo(page, 'button:has-text("Copy link")');
    await page.keyboard.press('Enter');
    const link = await page.getByRole('textbox', { name: 'Share link' }).inputValue();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(link);
    await expect(page.getByRole('status').getByText('Copied')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Copy link', exact: true })).toBeFocused();

    await tabTo(page, 'button:has-text("Show large")');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog').getByText(link)).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Show large' })).toBeFocused();

    await tabTo(page, 'button:has-text("Stop sharing")');
    await page.keyboard.press('Space');
    await expect(page.getByText('Stopped', { exact: true })).toBeVisible();
  });

  test(`a receiver's page fits ${width} pixels and saves by keyboard`, async ({ server, sample, tab }) => {
    const file = await sample('a rather long name that has to fit on a narrow screen as well, somehow.txt', 1000);
    const link = await share(await tab(), server.origin, file);
    const page = await tab();
    await page.setViewportSize({ width, height: 740 });
    await page.goto(link);
    await expectComplete(page);
    await expectNoSidewaysScroll(page);
    await tabTo(page, 'button:has-text("Save")');
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(download.suggestedFilename()).toBe(file.name);
  });
}

for (const width of [360, 1280]) {
  test(`the keyboard finds its place again after Cancel and Delete, ${width} pixels wide`, async ({
    server,
    sample,
    tab,
    tabElsewhere,
  }) => {
    const file = await sample('notes.bin', MEGABYTE);
    const link = await share(await tab(), server.origin, file);
    const page = await tabElsewhere();
    await page.setViewportSize({ width, height: 740 });
    await page.addInitScript(slowReads);
    await page.goto(link);
    await expectComplete(page);
    await page.goto(server.origin);

    // It takes longer to read than a busy machine to press a few keys.
    const long = await sample('recording.bin', 60 * MEGABYTE);
    await page.getByLabel('Choose files').setInputFiles(long.path);
    await tabTo(page, 'button:has-text("Cancel")');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('progressbar')).toHaveCount(0);
    await page.keyboard.press('Tab');
    await expect(page.getByLabel('Choose files')).toBeFocused();

    await tabTo(page, 'button:has-text("Delete")');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Keep' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Delete', exact: true })).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Stored on this device: nothing' })).toBeFocused();
    await expectNoSidewaysScroll(page);
  });
}

test('copies of several tabs are one stored file; deleting it leaves what is open elsewhere', async ({
  server,
  sample,
  tab,
  tabElsewhere,
}) => {
  const file = await sample('notes.bin', MEGABYTE);
  const link = await share(await tab(), server.origin, file);
  const receiver = await tabElsewhere();
  const other = await receiver.context().newPage();
  await Promise.all([receiver.goto(link), other.goto(link)]);
  await expectComplete(receiver);
  await expectComplete(other);
  await receiver.getByRole('link', { name: 'Tabswarm' }).click();
  const row = receiver.getByRole('region', { name: /^Stored on this device/ }).getByRole('listitem');
  await expect(row).toContainText(
    /1\.00 MB · 2 copies, one for each tab, 2\.00 MB in all · open in this tab and another tab/,
  );
  await row.getByRole('button', { name: 'Delete' }).click();
  await row.getByRole('button', { name: 'Delete for good' }).click();
  await expect(row).toContainText(/^notes\.bincomplete · 1\.00 MB · open in another tab/);
  await expect(row.getByRole('button', { name: 'Delete' })).toBeDisabled();
  await expectComplete(other);
});

/** From the next page on, counts how often a page of this context asks the browser to keep what is stored. */
async function countAsking(page: Page): Promise<(asker: Page) => Promise<number>> {
  await page.context().addInitScript(() => {
    const asking = { times: 0 };
    Object.assign(globalThis, { asking });
    StorageManager.prototype.persist = () => Promise.resolve((asking.times += 1) > 0);
  });
  return (asker) => asker.evaluate(() => (globalThis as unknown as { asking: { times: number } }).asking.times);
}

test('what is stored on this device is listed, asked to be kept once there is something, and can be deleted', async ({
  server,
  sample,
  tab,
  tabElsewhere,
}) => {
  const file = await sample('notes.bin', MEGABYTE);
  const link = await share(await tab(), server.origin, file);
  const receiver = await tabElsewhere();
  const timesAsked = await countAsking(receiver);
  const home = await receiver.context().newPage();
  await receiver.goto(link);
  await expectComplete(receiver);
  // In this very moment: nothing is left to be noted.
  await home.goto(server.origin);
  await expect(home.getByText('complete · 1.00 MB · open in another tab')).toBeVisible();
  expect(await timesAsked(receiver)).toBe(1);
  expect(await timesAsked(home)).toBe(0);
  await receiver.close();
  await home.reload();
  await expect(home.getByText('Stored on this device')).toBeVisible();
  await expect(home.getByText(file.name).first()).toBeVisible();
  await expect(home.getByText('complete · 1.00 MB · last used now')).toBeVisible();
  await home.getByRole('button', { name: /^Delete/ }).click();
  await home.getByRole('button', { name: 'Delete for good' }).click();
  await expect(home.getByText(file.name)).toHaveCount(0);
  const databases = await home.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''));
  expect(databases.filter((name) => name.startsWith('tabswarm-store-'))).toEqual([]);
});

test('saving through the save picker writes the whole file', async ({ server, sample, tab }) => {
  const file = await sample('picked.bin', MEGABYTE);
  const link = await share(await tab(), server.origin, file);
  const page = await tab();
  // A file in the origin's private file system stands in for the one that a person would choose.
  await page.addInitScript(() => {
    const showSaveFilePicker = async (): Promise<FileSystemFileHandle> =>
      (await navigator.storage.getDirectory()).getFileHandle('picked', { create: true });
    Object.assign(globalThis, { showSaveFilePicker });
  });
  await page.goto(link);
  await expectComplete(page);
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  expect(await page.evaluate(pickedDigest)).toBe(file.sha256);
});

async function pickedDigest(): Promise<string> {
  const handle = await (await navigator.storage.getDirectory()).getFileHandle('picked');
  const digest = await crypto.subtle.digest('SHA-256', await (await handle.getFile()).arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function tabTo(page: Page, selector: string): Promise<void> {
  const target = page.locator(selector).first();
  for (let presses = 0; presses < TABS_MAX; presses++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${selector} is not reached by the Tab key`);
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { scrollWidth, clientWidth } = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth,
    clientWidth: document.documentElement.clientWidth,
  }));
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
}

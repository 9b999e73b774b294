/** A file reaches every tab that opens its link, bit for bit. */
import { MEGABYTE } from './files.ts';
import { expect, expectComplete, expectSame, progress, save, share, slowReads, test } from './fixtures.ts';

test('one sharer and three tabs: every tab saves the same file', async ({ server, sample, tab, tabElsewhere }) => {
  const file = await sample('holiday.bin', 12 * MEGABYTE);
  const link = await share(await tab(), server.origin, file);
  expect(link).toMatch(new RegExp(`^${server.origin}/#[0-9a-f]{40}$`));

  const tabs = [await tab(), await tab(), await tabElsewhere()];
  await Promise.all(tabs.map((page) => page.goto(link)));
  for (const page of tabs) await expectSame(page, file);
});

const PIECE_BYTES = 262_144;

for (const bytes of [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1]) {
  test(`a file of ${bytes} bytes arrives`, async ({ server, sample, tab }) => {
    const file = await sample(`${bytes}.bin`, bytes);
    const link = await share(await tab(), server.origin, file);
    const receiver = await tab();
    await receiver.goto(link);
    await expectSame(receiver, file);
  });
}

test('a file that a private window cannot hold twice is saved while it is read, and again when that was stopped', async ({
  server,
  sample,
  tab,
}) => {
  test.setTimeout(300_000);
  const file = await sample('recording.bin', 300 * MEGABYTE);
  // What is asked is what storing and saving bear, so it may come the fastest way.
  const link = await share(await tab({ knowsTabs: true }), server.origin, file);
  const receiver = await tab({ knowsTabs: true });
  await receiver.goto(link);
  await expectComplete(receiver, 200_000);
  const begun = receiver.waitForEvent('download');
  await receiver.getByRole('button', { name: /^Save/ }).click();
  await (await begun).cancel();
  await expect(receiver.getByText('Not saved.')).toBeVisible();
  await expectSame(receiver, file);
  await expect(receiver.getByText(/^Saved/)).toBeVisible();
});

test('a name in any script is shown and kept', async ({ server, sample, tab }) => {
  const file = await sample('여름 휴가 — صور الصيف 🏖️.txt', 1000);
  const link = await share(await tab(), server.origin, file);
  const receiver = await tab();
  await receiver.goto(link);
  await expectComplete(receiver);
  await expect(receiver.getByText(file.name).first()).toBeVisible();
  expect(await save(receiver)).toEqual({ name: file.name, sha256: file.sha256 });
});

test('"Copy link" puts the link on the clipboard', async ({ server, sample, tab, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await tab();
  const link = await share(page, server.origin, await sample('notes.txt', 1000));
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(link);
});

test('the progressbar says how far a tab is', async ({ server, sample, tab }) => {
  const link = await share(
    await tab({ bytesPerSecond: 4 * MEGABYTE }),
    server.origin,
    await sample('slow.bin', 8 * MEGABYTE),
  );
  const receiver = await tab();
  await receiver.goto(link);
  const bar = receiver.getByRole('progressbar');
  await expect(bar).toHaveAttribute('aria-valuemin', '0');
  await expect(bar).toHaveAttribute('aria-valuemax', '100');
  const shown: number[] = [];
  await expect
    .poll(async () => shown[shown.push(Number(await bar.getAttribute('aria-valuenow'))) - 1], { intervals: [50] })
    .toBe(100);
  expect(shown).toEqual(shown.toSorted((a, b) => a - b));
  expect(shown.some((percent) => percent > 0 && percent < 100)).toBe(true);
  await expectComplete(receiver);
});

test('a file dropped anywhere on the page is shared', async ({ server, tab }) => {
  const page = await tab();
  await page.goto(server.origin);
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['dropped'], 'dropped.txt'));
    return data;
  });
  for (const event of ['dragenter', 'dragover', 'drop']) {
    await page.dispatchEvent('body', event, { dataTransfer: transfer });
  }
  await expect(page.getByRole('textbox', { name: 'Share link' })).toHaveValue(/#[0-9a-f]{40}$/);
  await expect(page.getByText('dropped.txt').first()).toBeVisible();
});

test('reading a large file shows how far it is, and can be cancelled', async ({ server, sample, tab }) => {
  const file = await sample('film.bin', 60 * MEGABYTE);
  const page = await tab();
  await page.addInitScript(slowReads);
  await page.goto(server.origin);
  await page.getByLabel('Choose files').setInputFiles(file.path);
  await expect.poll(() => progress(page), { intervals: [50] }).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByLabel('Choose files')).toBeAttached();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  expect(new URL(page.url()).hash).toBe('');
});

/** Caps that a person chooses: they hold at once, and are there again after a reload. */
import type { Page } from '@playwright/test';

import { MEGABYTE } from './files.ts';
import { expect, progress, share, test } from './fixtures.ts';
import { tapped } from './wire-tap.ts';

test('a download limit is kept, changed while it runs, and remembered', async ({ server, sample, tab }) => {
  const file = await sample('limited.bin', 6 * MEGABYTE);
  const link = await share(await tab(), server.origin, file);
  const page = await tab();
  await page.goto(server.origin);
  await page.evaluate(() => localStorage.setItem('tabswarm-limits', '{"upload":null,"download":200000}'));
  await page.goto('about:blank');
  const begun = Date.now();
  await page.goto(link);
  const summary = page.getByText('Limits: download 200 kB/s');
  await summary.click();
  await expect(page.getByLabel('Download', { exact: true })).toHaveValue('200');
  await expect(page.getByRole('progressbar', { name: 'Received' })).toHaveAttribute('aria-valuenow', /^[1-9]/);
  const percent = Number(await page.getByRole('progressbar', { name: 'Received' }).getAttribute('aria-valuenow'));
  const seconds = (Date.now() - begun) / 1000;
  expect((percent / 100) * 6e6).toBeLessThan(200_000 * (seconds + 1));

  await page.getByLabel('Download', { exact: true }).fill('much');
  await expect(page.getByText('A number such as 500 or 1.5')).toBeVisible();
  await expect(summary).toBeVisible();
  await page.getByLabel('Download', { exact: true }).fill('');
  await expect(page.getByRole('button', { name: /^Save/ })).toBeVisible();

  await page.getByLabel('Upload', { exact: true }).fill('1.5');
  await page.getByLabel('Unit of the upload limit').selectOption({ label: 'MB/s' });
  await page.reload();
  await expect(page.getByText('Limits: upload 1.5 MB/s')).toBeVisible();
});

/** A cap, in bytes per second, and what takes more than 20 s with it, also when the first look at it comes late. */
const CAP = 300_000;
const CAPPED_BYTES = 8 * MEGABYTE;

test('an upload and a download limit each hold within a tenth over 20 s', async ({ server, sample, tabElsewhere }) => {
  const pairs = await Promise.all(
    (['Upload', 'Download'] as const).map(async (limit) => {
      const [sharer, receiver] = [await tabElsewhere(), await tabElsewhere()];
      const file = await sample(`${limit}.bin`, CAPPED_BYTES);
      const isUpload = limit === 'Upload';
      // On its first page there is nothing to limit yet: this is what is remembered of an earlier visit.
      await (isUpload ? sharer : receiver).addInitScript(
        (caps) => localStorage.setItem('tabswarm-limits', caps),
        JSON.stringify({ upload: isUpload ? CAP : null, download: isUpload ? null : CAP }),
      );
      await receiver.goto(await share(sharer, server.origin, file));
      return { sharer, receiver };
    }),
  );
  for (const { rate, seconds } of await Promise.all(pairs.map(measure))) {
    expect(seconds).toBeGreaterThan(20);
    expect(rate / CAP).toBeGreaterThan(0.9);
    expect(rate / CAP).toBeLessThan(1.1);
  }
});

/** How fast content comes, in bytes per second, from a tenth of the file to nearly all of it, and for how long. */
async function measure({
  sharer,
  receiver,
}: {
  sharer: Page;
  receiver: Page;
}): Promise<{ rate: number; seconds: number }> {
  const look = async (percent: number): Promise<{ bytes: number; at: number }> => {
    await expect.poll(() => progress(receiver), { intervals: [50], timeout: 40_000 }).toBeGreaterThan(percent);
    return { bytes: (await tapped(sharer)).contentBytes, at: performance.now() };
  };
  const [from, to] = [await look(10), await look(98)];
  const seconds = (to.at - from.at) / 1000;
  return { rate: (to.bytes - from.bytes) / seconds, seconds };
}

/** Caps that a person chooses: they hold at once, and are there again after a reload. */
import { MEGABYTE } from './files.ts';
import { expect, share, test } from './fixtures.ts';

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

/** Several files and folders are one share. */
import { expect, test } from './fixtures.ts';

test('what is chosen, pasted and taken out again is looked over before it gets one link', async ({
  server,
  folder,
  tab,
}) => {
  const page = await tab();
  await page.goto(server.origin);
  await page.getByLabel('Choose a folder').setInputFiles(await folder('trip', { 'a.txt': 'a', 'day 2/b.txt': 'bb' }));
  await expect(page.getByRole('heading', { name: '2 files, 3 bytes' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name of the folder' })).toHaveValue('trip');

  await page
    .getByLabel('Add files')
    .setInputFiles({ name: 'more.txt', mimeType: 'text/plain', buffer: Buffer.from('more') });
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'pasted');
    dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
  });
  await expect(page.getByRole('heading', { name: '4 files, 13 bytes' })).toBeVisible();
  await page.getByRole('button', { name: 'Remove day 2' }).click();
  await page.getByRole('textbox', { name: 'Name of the folder' }).fill('holiday');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Share link' })).toHaveValue(/#[0-9a-f]{40}$/);
  await expect(page.getByRole('heading', { name: 'holiday' })).toBeVisible();
  await expect(page.getByText('11 bytes')).toBeVisible();
});

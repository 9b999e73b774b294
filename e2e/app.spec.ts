/** The page as an app: it opens without its server, can be installed, and takes what other programs hand over. */
import { expect, share, test } from './fixtures.ts';

test('the page opens again when the server is gone, and says so', async ({ server, sample, tab, context }) => {
  const page = await tab();
  await share(page, server.origin, await sample('kept.txt', 1000));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  // What was loaded before there was a worker is kept as well.
  await expect
    .poll(() => page.evaluate(async () => (await (await caches.open('tabswarm-shell')).keys()).length))
    .toBeGreaterThan(4);
  await server.kill();
  const again = await context.newPage();
  await again.goto(server.origin);
  await expect(again.getByText('Choose files')).toBeVisible();
  await expect(again.getByRole('listitem').filter({ hasText: 'kept.txt' })).toBeVisible();
  await server.start();
  await again.reload();
  await expect(again.getByText('Choose files')).toBeVisible();
});

test('the manifest is one that browsers install from', async ({ server, tab }) => {
  const page = await tab();
  await page.goto(server.origin);
  const devTools = await page.context().newCDPSession(page);
  const { errors } = await devTools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await devTools.send('Page.getInstallabilityErrors');
  // Contexts of a test are private windows, which install nothing; there must be no other reason.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
});

test('what the share menu of the system hands over is looked over and shared', async ({ server, tab }) => {
  const page = await tab();
  await page.goto(server.origin);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  // As the system does it, but for the form, which the page's own policy forbids: posted to the address that the manifest names.
  await page.evaluate(async () => {
    const form = new FormData();
    form.append('files', new File(['one'], 'one.txt'));
    form.append('files', new File(['two'], 'two.txt'));
    await fetch('/handed-over', { method: 'POST', body: form, redirect: 'manual' });
  });
  await page.goto(`${server.origin}/?handed-over`);
  await expect(page.getByRole('heading', { name: '2 files, 6 bytes' })).toBeVisible();
  await expect(page.getByText('two.txt')).toBeVisible();
  expect(new URL(page.url()).search).toBe('');
});

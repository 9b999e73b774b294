/** A classroom opens http://192.168.x.y:8080: no secure context, so no crypto.subtle, no Web Locks, no clipboard. */
import { MEGABYTE } from './files.ts';
import { expect, expectComplete, expectSame, share, test } from './fixtures.ts';

test('sharing and receiving work on a plain-http address that is not localhost', async ({ server, sample, tab }) => {
  const origin = server.origin.replace('localhost', 'swarm.test');
  const file = await sample('worksheet.bin', 3 * MEGABYTE);
  const sharer = await tab();
  const link = await share(sharer, origin, file);
  expect(link.startsWith(`${origin}/#`)).toBe(true);
  expect(await sharer.evaluate(() => [isSecureContext, 'subtle' in crypto, 'locks' in navigator])).toEqual([
    false,
    false,
    false,
  ]);

  const tabs = [await tab(), await tab()];
  await Promise.all(tabs.map((page) => page.goto(link)));
  for (const page of tabs) await expectComplete(page);

  // No service worker keeps what is fetched on demand: the open page has fetched it ahead.
  await Promise.all(tabs.map((page) => page.waitForFunction(hasFetchedAhead)));
  await server.kill();
  for (const page of tabs) await expectSame(page, file);
  await tabs[0].getByText('Who is connected').click();
  await expect(tabs[0].getByRole('table')).toBeVisible();
});

const hasFetchedAhead = (): boolean =>
  performance.getEntriesByType('resource').some(({ name }) => /\/people-table-/.test(name)) &&
  performance.getEntriesByType('resource').some(({ name }) => /\/save-target-/.test(name));

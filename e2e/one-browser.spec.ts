/** Tabs of one browser are peers like all others, and need no network between them. */
import type { Page } from '@playwright/test';

import { MEGABYTE } from './files.ts';
import { expect, expectComplete, expectSame, share, test } from './fixtures.ts';
import { tapped } from './wire-tap.ts';

const HERE = { knowsTabs: true };

/** The ways in which the page is connected, as it shows them. */
async function routes(page: Page): Promise<string[]> {
  const rows = page.getByRole('row', { name: 'Tabswarm' });
  if ((await rows.count()) === 0) await page.getByText('Who is connected', { exact: true }).click();
  await rows.first().waitFor();
  return rows.getByRole('rowheader').locator('small').allTextContents();
}

for (const [where, host] of [
  ['on a secure page', 'localhost'],
  ['on a plain-http page', 'swarm.test'],
]) {
  test(`three tabs ${where} pass a file on without a data channel, and one elsewhere gets it over the network`, async ({
    server,
    sample,
    tab,
    tabElsewhere,
  }) => {
    const file = await sample('holiday.bin', 12 * MEGABYTE);
    const sharer = await tab(HERE);
    const link = await share(sharer, server.origin.replace('localhost', host), file);
    const near = [await tab(HERE), await tab(HERE)];
    for (const page of near) await page.goto(link);
    for (const page of near) await expectSame(page, file);
    expect((await Promise.all([sharer, ...near].map(tapped))).map(({ contentBytes }) => contentBytes)).toEqual([
      0, 0, 0,
    ]);
    await expect.poll(() => routes(sharer)).toEqual(['in this browser', 'in this browser']);

    const elsewhere = await tabElsewhere(HERE);
    await elsewhere.goto(link);
    await expectSame(elsewhere, file);
    await expect.poll(() => routes(elsewhere)).toEqual(['direct', 'direct', 'direct']);
  });
}

test('a tab that is closed, and one that crashes, are gone for the others at once', async ({ server, sample, tab }) => {
  const sharer = await tab(HERE);
  const link = await share(sharer, server.origin, await sample('notes.bin', MEGABYTE));
  const [closed, crashed] = [await tab(HERE), await tab(HERE)];
  for (const page of [closed, crashed]) {
    await page.goto(link);
    await expectComplete(page);
  }
  await sharer.getByText('Who is connected', { exact: true }).click();
  const rows = sharer.getByRole('row', { name: 'Tabswarm' });
  await expect(rows).toHaveCount(2);
  await closed.close();
  await expect(rows).toHaveCount(1);
  // Over the network this takes half a minute.
  const session = await crashed.context().newCDPSession(crashed);
  void session.send('Page.crash').catch(() => undefined);
  await expect(rows).toHaveCount(0);
});

test('a tab that is reloaded halfway goes on where it was', async ({ server, sample, tab }) => {
  const file = await sample('film.bin', 60 * MEGABYTE);
  const link = await share(await tab(HERE), server.origin, file);
  const receiver = await tab(HERE);
  await receiver.goto(link);
  await expect(async () => {
    expect(Number(await receiver.getByRole('progressbar').getAttribute('aria-valuenow'))).toBeGreaterThan(5);
  }).toPass({ intervals: [5] });
  await receiver.reload();
  await expectSame(receiver, file);
});

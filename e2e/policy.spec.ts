/** The page under its own Content-Security-Policy: all that it does is allowed, and it asks nobody but its server. */
import type { Page } from '@playwright/test';

import { MEGABYTE } from './files.ts';
import { expect, expectSame, share, test } from './fixtures.ts';

/** What the page asked elsewhere, what the policy forbade, and what was thrown, from now on. */
function watch(page: Page, origin: string): string[] {
  const faults: string[] = [];
  page.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url()) && new URL(request.url()).origin !== origin) faults.push(request.url());
  });
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  return faults;
}

for (const { name, host, hasWorker } of [
  { name: 'a secure origin: service worker, own hashing', host: 'localhost', hasWorker: true },
  { name: 'plain http: the page hashes by itself', host: 'swarm.test', hasWorker: false },
]) {
  test(`nothing is forbidden and nobody else is asked on ${name}`, async ({ server, sample, tab }) => {
    const origin = server.origin.replace('localhost', host);
    const file = await sample('plan.bin', 2 * MEGABYTE);
    const [sharer, receiver] = [await tab(), await tab()];
    const faults = [watch(sharer, origin), watch(receiver, origin)];
    const asked: string[] = [];
    receiver.on('request', (request) => asked.push(new URL(request.url()).pathname));

    await receiver.goto(await share(sharer, origin, file));
    await expectSame(receiver, file);
    expect(asked).toContain('/ice');
    // The clock's, which is started at leisure.
    await expect.poll(() => receiver.workers().length).toBe(1);
    // The one behind a save, and the one that keeps the page.
    const workers = (): Promise<number> =>
      receiver.evaluate(async () => (await navigator.serviceWorker?.getRegistrations())?.length ?? 0);
    await expect.poll(workers).toBe(hasWorker ? 2 : 0);
    expect(faults).toEqual([[], []]);
  });
}

test('a server that does not answer /ice holds nobody up', async ({ server, sample, tab }) => {
  const file = await sample('plan.bin', MEGABYTE);
  const [sharer, receiver] = [await tab(), await tab()];
  for (const page of [sharer, receiver]) await page.route('**/ice', (route) => route.abort());
  await receiver.goto(await share(sharer, server.origin, file));
  await expectSame(receiver, file);
});

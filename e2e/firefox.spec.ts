/** Firefox and Chromium are neighbours: a share each way. */
import type { Browser, ElementHandle, Page } from 'puppeteer-core';

import { MEGABYTE } from './files.ts';
import { launchFirefox } from './firefox.ts';
import { expectSame, share, test } from './fixtures.ts';

/** Where there is no Firefox yet, installing it takes longer than any test. */
const INSTALL_MS = 360_000;
const COMPLETE_MS = 45_000;

let firefox: Browser;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(INSTALL_MS);
  firefox = await launchFirefox();
});
test.beforeEach(async () => {
  page = await firefox.newPage();
});
test.afterEach(() => page.close());
test.afterAll(() => firefox.close());

test('Firefox receives from Chromium, and passes it on when the sharer has left', async ({ server, sample, tab }) => {
  const file = await sample('from-chromium.bin', 3 * MEGABYTE);
  const sharer = await tab();
  const link = await share(sharer, server.origin, file);
  await page.goto(link);
  const isComplete = (): boolean =>
    document.querySelector('[role=progressbar]')?.getAttribute('aria-valuenow') === '100';
  await page.waitForFunction(isComplete, { timeout: COMPLETE_MS });
  await sharer.close();
  const second = await tab();
  await second.goto(link);
  await expectSame(second, file);
});

test('Firefox shares, Chromium receives', async ({ server, sample, tab }) => {
  const file = await sample('from-firefox.bin', 3 * MEGABYTE);
  await page.goto(server.origin);
  const chooser = (await page.waitForSelector('input[type=file]')) as ElementHandle<HTMLInputElement>;
  await chooser.uploadFile(file.path);
  const field = (await page.waitForSelector('#share-link')) as ElementHandle<HTMLInputElement>;
  const receiver = await tab();
  await receiver.goto(await field.evaluate(({ value }) => value));
  await expectSame(receiver, file);
});

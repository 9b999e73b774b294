/** A person is in control: pause and resume, call off, and be asked before a tab closes that others need. */
import type { Page } from '@playwright/test';

import { MEGABYTE } from './files.ts';
import { expect, expectSame, progress, share, test } from './fixtures.ts';
import { setUplink, tapped } from './wire-tap.ts';

const state = (page: Page, word: string) =>
  page.getByRole('region', { name: 'State' }).getByText(word, { exact: true });

test('a download is paused and resumed, and begins where it was', async ({ server, sample, tab }) => {
  const file = await sample('paused.bin', 8 * MEGABYTE);
  const sharer = await tab({ bytesPerSecond: 2 * MEGABYTE });
  const link = await share(sharer, server.origin, file);
  const receiver = await tab();
  await receiver.goto(link);
  await expect.poll(() => progress(receiver), { intervals: [50] }).toBeGreaterThan(10);
  await receiver.getByRole('button', { name: 'Pause' }).click();
  await expect(state(receiver, 'Paused')).toBeVisible();
  const before = await progress(receiver);
  await receiver.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(() => progress(receiver), { intervals: [50] }).toBeGreaterThanOrEqual(before);
  await setUplink(sharer, 50 * MEGABYTE);
  await expectSame(receiver, file);
});

test('a download is called off, and nothing of it is left', async ({ server, sample, tab, tabElsewhere }) => {
  const file = await sample('unwanted.bin', 8 * MEGABYTE);
  const link = await share(await tab({ bytesPerSecond: MEGABYTE }), server.origin, file);
  const receiver = await tabElsewhere();
  await receiver.goto(link);
  await expect.poll(() => progress(receiver), { intervals: [50] }).toBeGreaterThan(10);
  await receiver.getByRole('button', { name: 'Cancel' }).click();
  await expect(receiver.getByRole('button', { name: 'Go on' })).toBeFocused();
  await receiver.keyboard.press('Escape');
  await expect(receiver.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await receiver.keyboard.press('Enter');
  await receiver.getByRole('button', { name: 'Stop and delete' }).click();
  await expect(receiver.getByRole('heading', { name: 'Stored on this device: nothing' })).toBeVisible();
  const databases = await receiver.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''));
  expect(databases.filter((name) => name.startsWith('tabswarm-store-'))).toEqual([]);
});

test('a sharer is asked before it closes until a whole copy is elsewhere, and a light says so', async ({
  server,
  sample,
  tab,
}) => {
  const file = await sample('needed.bin', 6 * MEGABYTE);
  const sharer = await tab({ bytesPerSecond: 2 * MEGABYTE });
  const link = await share(sharer, server.origin, file);
  await expect(sharer.getByText('Not safe to close yet: only this tab has the file.')).toBeVisible();
  // Browsers ask only on pages that a person has touched.
  await sharer.getByRole('heading', { name: file.name }).click();
  const receiver = await tab();
  await receiver.goto(link);
  await expect(sharer.getByText(/^Not safe to close yet: the others together have \d+%/)).toBeVisible();
  const wouldAsk = (): Promise<boolean> =>
    sharer.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
  await expect.poll(wouldAsk).toBe(true);
  const asked = sharer.waitForEvent('dialog');
  await sharer.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();

  await expectSame(receiver, file);
  await expect(sharer.getByText(/^Safe to close: 1 whole copy exists elsewhere/)).toBeVisible();
  await sharer.close({ runBeforeUnload: true });
  await expect.poll(() => sharer.isClosed()).toBe(true);
});

test('a notification tells that a download is done in the background, when it was allowed', async ({
  server,
  sample,
  tab,
  context,
}) => {
  await context.grantPermissions(['notifications']);
  const file = await sample('told.bin', 2 * MEGABYTE);
  const link = await share(await tab({ bytesPerSecond: MEGABYTE }), server.origin, file);
  const receiver = await tab();
  await receiver.addInitScript(() => {
    const told: string[] = [];
    Object.assign(globalThis, {
      told,
      Notification: class extends EventTarget {
        static readonly permission = 'granted';
        constructor(title: string) {
          super();
          told.push(title);
        }
      },
    });
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
  });
  await receiver.goto(link);
  await expect
    .poll(() => receiver.evaluate(() => Reflect.get(globalThis, 'told') as string[]))
    .toEqual(['told.bin is complete']);
  await expect(receiver).toHaveTitle('✓ told.bin · Tabswarm');
});

test('the screen stays on while something comes, and not while it is paused', async ({ server, sample, tab }) => {
  const file = await sample('awake.bin', 3 * MEGABYTE);
  const link = await share(await tab({ bytesPerSecond: MEGABYTE }), server.origin, file);
  const receiver = await tab();
  await receiver.addInitScript(() => {
    const locks: { kind: string; released: boolean }[] = [];
    const request = (kind: string): Promise<object> => {
      const lock = { kind, released: false, release: () => Promise.resolve(void (lock.released = true)) };
      locks.push(lock);
      return Promise.resolve(lock);
    };
    Object.assign(globalThis, { locks });
    Object.defineProperty(navigator, 'wakeLock', { value: { request } });
  });
  const locks = (): Promise<string[]> =>
    receiver.evaluate(() =>
      (Reflect.get(globalThis, 'locks') as { kind: string; released: boolean }[]).map(
        ({ kind, released }) => `${kind} ${released ? 'released' : 'held'}`,
      ),
    );
  await receiver.goto(link);
  await expect.poll(locks).toEqual(['screen held']);
  await receiver.getByRole('button', { name: 'Pause' }).click();
  await expect.poll(locks).toEqual(['screen released']);
});

test('on mobile data nothing is uploaded, if so chosen, until the device is on another network', async ({
  server,
  sample,
  tab,
}) => {
  const file = await sample('spared.bin', MEGABYTE);
  const sharer = await tab();
  await sharer.addInitScript(() => {
    const connection = Object.assign(new EventTarget(), { type: 'cellular' });
    Object.defineProperty(navigator, 'connection', { value: connection });
  });
  const link = await share(sharer, server.origin, file);
  await sharer.getByText('Limits', { exact: true }).click();
  await sharer.getByLabel('Upload nothing on mobile data').check();
  await expect(sharer.getByText('This device is on mobile data, so nothing is uploaded now.')).toBeVisible();
  const receiver = await tab();
  await receiver.goto(link);
  // Said after some seconds in which nothing came.
  await expect(receiver.getByText(/^Connected\. Everybody who has more of the file is serving others/)).toBeVisible();
  expect((await tapped(sharer)).contentBytes).toBe(0);

  await sharer.evaluate(() => {
    const { connection } = navigator as unknown as { connection: EventTarget };
    Object.assign(connection, { type: 'wifi' }).dispatchEvent(new Event('change'));
  });
  await expect(sharer.getByText('This device is on mobile data, so nothing is uploaded now.')).toHaveCount(0);
  await expectSame(receiver, file);
});

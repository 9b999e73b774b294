/** The check-up before a lesson, and the numbers for who wants to see them. */
import type { Page } from '@playwright/test';

import { MEGABYTE } from './files.ts';
import { expect, progress, share, test } from './fixtures.ts';

const row = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ has: page.getByText(name, { exact: true }) });

test('the check-up tries what is needed, and two devices meet under its link', async ({
  server,
  tab,
  tabElsewhere,
}) => {
  const page = await tab();
  await page.goto(server.origin);
  await page.getByRole('link', { name: 'Check the connection' }).click();
  for (const name of ['Browser', 'Data channel', 'Server', 'Storage', 'Address']) {
    await expect(row(page, name).getByText('Good', { exact: true })).toBeVisible();
  }
  await expect(page.getByText('Waiting for another device')).toBeVisible();
  const link = await page.getByRole('textbox', { name: 'Share link' }).inputValue();
  const other = await tabElsewhere();
  await other.goto(link);
  for (const one of [page, other]) {
    await expect(one.getByText('Connected directly')).toBeVisible();
    await expect(one.getByText('The devices exchanged 1.00 kB and checked them.')).toBeVisible();
  }
});

test('the check-up says what is wrong: no WebRTC, no server', async ({ server, tab }) => {
  const page = await tab();
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'RTCPeerConnection');
    Object.assign(globalThis, {
      WebSocket: class extends EventTarget {
        constructor() {
          super();
          setTimeout(() => this.dispatchEvent(new Event('error')));
        }
        readonly close = () => undefined;
      },
    });
  });
  await page.goto(`${server.origin}/#check`);
  await expect(row(page, 'Browser')).toContainText('WebRTC is missing or switched off');
  await expect(row(page, 'Data channel')).toContainText('Trouble');
  await expect(row(page, 'Server')).toContainText('cannot be reached by WebSocket');
});

test('speed and pieces are drawn, and stand there in words', async ({ server, sample, tab }) => {
  const file = await sample('pieces.bin', 8 * MEGABYTE);
  const link = await share(await tab({ bytesPerSecond: 2 * MEGABYTE }), server.origin, file);
  const page = await tab();
  await page.goto(link);
  await expect.poll(() => progress(page), { intervals: [50] }).toBeGreaterThan(5);
  await page.getByText('Speed and pieces').click();
  await expect(page.getByRole('img', { name: /^Speed in the last minute and a half: now [1-9]/ })).toBeVisible();
  await expect(page.getByText(/^[1-9]\d* of 31 pieces are here$/)).toBeVisible();
  const colours = await page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
  expect(colours).toBeGreaterThan(2);
  await expect(page.getByText('31 of 31 pieces are here')).toBeVisible();
});

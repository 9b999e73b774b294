/** The page as an app: it opens without its server, can be installed, and takes what other programs hand over. */
import { readFile } from 'node:fs/promises';

import type { Page } from '@playwright/test';

import { expect, expectSame, share, test } from './fixtures.ts';

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

test('what the share menu of the system hands over is looked over and shared, and a link is opened', async ({
  server,
  tab,
}) => {
  const page = await tab();
  await page.goto(server.origin);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await handOver(page, { files: ['one', 'two'] });
  await page.goto(`${server.origin}/?handed-over`);
  await expect(page.getByRole('heading', { name: '2 files, 6 bytes' })).toBeVisible();
  await expect(page.getByText('two.txt')).toBeVisible();
  expect(new URL(page.url()).search).toBe('');

  await handOver(page, { text: 'Holiday.zip', url: `${server.origin}/#${'ab'.repeat(20)}` });
  await page.goto(`${server.origin}/?handed-over`);
  await expect(page).toHaveURL(`${server.origin}/#${'ab'.repeat(20)}`);
});

test('"open with" of the system joins the swarm of a torrent file, and looks other files over', async ({
  server,
  sample,
  tab,
}) => {
  const file = await sample('lecture.bin', 300_000);
  const sharer = await tab();
  await share(sharer, server.origin, file);
  await sharer.getByText('More', { exact: true }).click();
  const saved = sharer.waitForEvent('download');
  await sharer.getByRole('button', { name: 'Save torrent file' }).click();
  const torrent = await readFile(await (await saved).path());

  const [receiver, other] = [await tab(), await tab()];
  await launchWith(receiver, { name: 'lecture.torrent', bytes: [...torrent] });
  await receiver.goto(server.origin);
  await expectSame(receiver, file);
  await launchWith(other, { name: 'notes.txt', bytes: [1] });
  await other.goto(server.origin);
  await expect(other.getByRole('heading', { name: '1 file, 1 byte' })).toBeVisible();
});

test('a magnet link that the system hands over is opened under the name that it gives', async ({ server, tab }) => {
  const page = await tab();
  await page.goto(server.origin);
  const { handler } = await page.evaluate(async () => {
    const manifest = (await (await fetch('/manifest.webmanifest')).json()) as {
      protocol_handlers: { protocol: string; url: string }[];
    };
    return { handler: manifest.protocol_handlers.find(({ protocol }) => protocol === 'magnet')!.url };
  });
  const magnet = `magnet:?xt=urn:btih:${'cd'.repeat(20)}&dn=Water%20cycle.mp4`;
  // As a browser fills it in.
  await page.goto(server.origin + handler.replace('%s', encodeURIComponent(magnet)));
  await expect(page.getByRole('heading', { name: 'Water cycle.mp4' })).toBeVisible();
  await expect(page.getByText('Its size comes from the first person here.')).toBeVisible();
});

test('a code that was read aloud, or a link that was copied, opens what it stands for', async ({
  server,
  sample,
  tab,
}) => {
  const file = await sample('lecture.bin', 300_000);
  const sharer = await tab();
  const link = await share(sharer, server.origin, file);
  await sharer.getByText('More', { exact: true }).click();
  const code = sharer.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
  const receiver = await tab();
  await receiver.goto(server.origin);
  const field = receiver.getByLabel('Do you have a link or a code?');
  await field.fill('lecture');
  await field.press('Enter');
  await expect(receiver.getByText('This is neither a link nor a code.')).toBeVisible();
  await field.fill((await code.innerText()).toLowerCase());
  await field.press('Enter');
  await expectSame(receiver, file);

  await receiver.goto(`${server.origin}/#`);
  await receiver.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
  }, link);
  await expect(receiver).toHaveURL(link);
});

/** As the system does it, but for the form, which the page's own policy forbids: posted to the address that the manifest names. */
async function handOver(page: Page, given: { files?: string[]; text?: string; url?: string }): Promise<void> {
  await page.evaluate(async ({ files = [], text, url }) => {
    const form = new FormData();
    for (const name of files) form.append('files', new File([name], `${name}.txt`));
    if (text !== undefined) form.append('text', text);
    if (url !== undefined) form.append('url', url);
    await fetch('/handed-over', { method: 'POST', body: form, redirect: 'manual' });
  }, given);
}

/** Has the browser's launch queue hand over a file when the page is loaded next; only an installed app gets one from the system. */
async function launchWith(page: Page, file: { name: string; bytes: number[] }): Promise<void> {
  await page.addInitScript(({ name, bytes }) => {
    const handle = { getFile: () => Promise.resolve(new File([Uint8Array.from(bytes)], name)) };
    const launchQueue = { setConsumer: (consume: (launch: object) => void) => consume({ files: [handle] }) };
    Object.defineProperty(globalThis, 'launchQueue', { value: launchQueue });
  }, file);
}

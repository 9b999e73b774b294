/** Several files and folders are one share. */
import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import type { Page } from '@playwright/test';

import { MEGABYTE } from './files.ts';
import { expect, expectComplete, shareFolder, test } from './fixtures.ts';
import { setUplink, tapped } from './wire-tap.ts';

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
  await expect(page.getByRole('heading', { name: /files, 11 bytes/ })).toBeFocused();
  await page.getByRole('textbox', { name: 'Name of the folder' }).fill('holiday');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Share link' })).toHaveValue(/#[0-9a-f]{40}$/);
  await expect(page.getByRole('heading', { name: 'holiday' })).toBeVisible();
  await expect(page.getByText('11 bytes')).toBeVisible();
});

test('a folder dropped on the page is looked over with all that lies in it', async ({ server, folder, tab }) => {
  const page = await tab();
  await page.goto(server.origin);
  const files = Object.fromEntries(Array.from({ length: 250 }, (_, number) => [`${number % 2}/${number}.txt`, 'x']));
  const data = { items: [], files: [await folder('many', files)], dragOperationsMask: 1 };
  const chromium = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await chromium.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data });
  }
  await expect(page.getByRole('heading', { name: '250 files, 250 bytes' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name of the folder' })).toHaveValue('many');
});

test('a folder of 200 files reaches another tab file by file, as a folder and as an archive', async ({
  server,
  folder,
  tab,
}) => {
  const files = manyFiles(200);
  const link = await shareFolder(await tab(), server.origin, await folder('여름 휴가', files));
  const receiver = await tab();
  await receiver.addInitScript(saveIntoPrivateFiles);
  await receiver.goto(link);
  await expectComplete(receiver);

  await receiver.getByRole('button', { name: 'Save the folder 여름 휴가' }).click();
  await expect(receiver.getByText('Saved.', { exact: true })).toBeVisible();
  expect(await savedDigests(receiver)).toEqual(digestsOf(files, '여름 휴가/'));

  const [download] = await Promise.all([
    receiver.waitForEvent('download'),
    receiver.getByRole('button', { name: 'Save as 여름 휴가.zip' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('여름 휴가.zip');
  expect(digestsOf(unzip(await readFile(await download.path())))).toEqual(digestsOf(files));
});

test('three files of ten are chosen, only their pieces are fetched, and a reload keeps the choice', async ({
  server,
  folder,
  tab,
}) => {
  const files = Object.fromEntries(
    Array.from({ length: 10 }, (_, number) => [`part ${number}.bin`, randomBytes(1_000_000)]),
  );
  // Hardly anything comes before the choice is made.
  const sharer = await tab({ bytesPerSecond: 20_000 });
  const link = await shareFolder(sharer, server.origin, await folder('parts', files));
  const receiver = await tab();
  await receiver.goto(link);
  for (const number of [0, 2, 3, 5, 6, 8, 9]) {
    await receiver.getByRole('checkbox', { name: `Fetch part ${number}.bin` }).uncheck();
  }
  await receiver.getByRole('button', { name: 'Fetch part 7.bin first' }).click();
  await setUplink(sharer, 2_000_000);
  await receiver.reload();
  await expect(receiver.getByRole('checkbox', { name: 'Fetch part 5.bin' })).not.toBeChecked();
  await expectComplete(receiver);
  await expect(receiver.getByText('3.00 MB', { exact: true })).toBeVisible();
  // Three files of a megabyte begin and end within pieces of 256 KiB; and some blocks were under way at the choice and the reload.
  const { contentBytes } = await tapped(sharer);
  expect(contentBytes).toBeGreaterThan(3_000_000);
  expect(contentBytes).toBeLessThan(3 * (1_000_000 + 2 * 262_144) + MEGABYTE);
  for (const number of [1, 4, 7]) {
    const [download] = await Promise.all([
      receiver.waitForEvent('download'),
      receiver.getByRole('button', { name: `Save part ${number}.bin` }).click(),
    ]);
    expect((await readFile(await download.path())).equals(files[`part ${number}.bin`])).toBe(true);
  }
  await expect(receiver.getByRole('button', { name: 'Save part 5.bin' })).toHaveCount(0);

  await receiver.getByRole('checkbox', { name: 'Fetch part 5.bin' }).check();
  await expect(receiver.getByRole('button', { name: 'Save part 5.bin' })).toBeVisible({ timeout: 15_000 });
});

test('a folder goes on being shared when its sharer is reloaded', async ({ server, folder, tab }) => {
  const files = manyFiles(12);
  const sharer = await tab();
  const link = await shareFolder(sharer, server.origin, await folder('kept', files));
  await expect(sharer.getByText('A copy is kept in this browser')).toBeVisible();
  await sharer.reload();
  await expect(sharer.getByRole('textbox', { name: 'Share link' })).toHaveValue(link);
  const receiver = await tab();
  await receiver.goto(link);
  await expectComplete(receiver);
  const [download] = await Promise.all([
    receiver.waitForEvent('download'),
    receiver.getByRole('button', { name: 'Save as kept.zip' }).click(),
  ]);
  expect(digestsOf(unzip(await readFile(await download.path())))).toEqual(digestsOf(files));
});

test('a folder that stock WebTorrent seeds, in pieces of 64 KiB, downloads whole', async ({
  server,
  folder,
  tab,
  stock,
}) => {
  const files = manyFiles(20);
  const file = { path: await folder('theirs', files), name: 'theirs', bytes: 0, sha256: '' };
  const trackers = [`${server.origin.replace('http', 'ws')}/signal`];
  const { infoHash } = await stock('Node', { file, trackers }, { pieceLength: 65_536 });
  const page = await tab();
  await page.goto(`${server.origin}/#${infoHash}`);
  await expectComplete(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as theirs.zip' }).click(),
  ]);
  expect(digestsOf(unzip(await readFile(await download.path())))).toEqual(digestsOf(files));
});

/** Files of many sizes in folders, an empty one and one of several pieces among them. */
function manyFiles(count: number): Record<string, Buffer> {
  const sizeOf = (number: number): number => (number === 7 ? 900_000 : number * 50);
  return Object.fromEntries(
    Array.from({ length: count }, (_, number) => [
      `${number % 3}/${number % 5}/${number} ß.dat`,
      randomBytes(sizeOf(number)),
    ]),
  );
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const digestsOf = (files: Record<string, Uint8Array>, before = ''): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([path, bytes]) => [before + path, sha256(bytes)]));

/** In the page: no native dialogue can be driven from outside, so the browser's private files stand for the chosen folder. */
function saveIntoPrivateFiles(): void {
  Object.assign(globalThis, { showDirectoryPicker: () => navigator.storage.getDirectory() });
}

/** SHA-256 of every private file of the page, by path. */
function savedDigests(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const found: Record<string, string> = {};
    const walk = async (folder: FileSystemDirectoryHandle, above: string): Promise<void> => {
      for await (const entry of folder.values()) {
        const path = above + entry.name;
        if (entry.kind === 'directory') await walk(entry, `${path}/`);
        else {
          const bytes = await (await entry.getFile()).arrayBuffer();
          const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
          found[path] = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
        }
      }
    };
    await walk(await navigator.storage.getDirectory(), '');
    return found;
  });
}

/** The files of an archive in which nothing is compressed (APPNOTE 4.3): by its central directory, as every program reads it. */
function unzip(archive: Buffer): Record<string, Buffer> {
  const found: Record<string, Buffer> = {};
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = archive.readUInt32LE(end + 16);
  for (let count = archive.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [size, nameLength, extraLength, commentLength] = [
      archive.readUInt32LE(at + 24),
      archive.readUInt16LE(at + 28),
      archive.readUInt16LE(at + 30),
      archive.readUInt16LE(at + 32),
    ];
    const local = archive.readUInt32LE(at + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    found[archive.toString('utf8', at + 46, at + 46 + nameLength)] = archive.subarray(start, start + size);
    at += 46 + nameLength + extraLength + commentLength;
  }
  return found;
}

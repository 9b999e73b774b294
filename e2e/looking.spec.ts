/** Files are looked at before all of them is here, and never run. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import type { Page } from '@playwright/test';

import { need } from './debian.ts';
import { type SampleFile, sha256 } from './files.ts';
import { expect, expectSame, progress, share, shareFolder, test } from './fixtures.ts';
import { setUplink } from './wire-tap.ts';

/** Half a minute of noisy pictures, about four megabytes, with an index at the end. */
async function film(folder: string): Promise<SampleFile> {
  need({ ffmpeg: 'ffmpeg' });
  const path = join(folder, 'film.webm');
  const source = 'testsrc2=size=240x136:rate=10,noise=alls=60:allf=t';
  const rate = ['-b:v', '1000k', '-minrate', '1000k', '-maxrate', '1000k'];
  const coding = ['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-g', '10', ...rate];
  execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', source, '-t', '30', ...coding, path]);
  return { path, name: 'film.webm', bytes: 0, sha256: await sha256(path) };
}

/** Where the player in the frame is, in seconds. */
const playedTo = (page: Page): Promise<number> =>
  page
    .frameLocator('iframe[title="film.webm"]')
    .locator('video')
    .evaluate((video: HTMLVideoElement) => video.currentTime);

test('[P8] a film plays while it comes, and a jump near its end is followed before the rest is here', async ({
  server,
  folder,
  tab,
}) => {
  test.setTimeout(120_000);
  const file = await film(await folder('films', { '.keep': '' }));
  const sharer = await tab({ bytesPerSecond: 250_000 });
  const link = await share(sharer, server.origin, file);
  const page = await tab();
  await page.goto(link);
  await page.getByRole('button', { name: 'Play film.webm' }).click();
  await expect.poll(() => playedTo(page), { timeout: 20_000 }).toBeGreaterThan(0.3);
  expect(await progress(page)).toBeLessThan(60);

  await page
    .frameLocator('iframe[title="film.webm"]')
    .locator('video')
    .evaluate((video: HTMLVideoElement) => void (video.currentTime = 26));
  await expect.poll(() => playedTo(page), { timeout: 20_000 }).toBeGreaterThan(26.3);
  expect(await progress(page)).toBeLessThan(95);
  await setUplink(sharer, 50_000_000);
  await expectSame(page, file);
});

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const HOSTILE =
  '<script>top.hasRun = true</script><svg xmlns="http://www.w3.org/2000/svg" onload="top.hasRun = true"/>';

test('pictures and texts are shown, and what could run is shown as the text it is', async ({ server, folder, tab }) => {
  const files = {
    'photo.png': PIXEL,
    'notes.txt': 'Grüße',
    'page.html': HOSTILE,
    'drawing.svg': HOSTILE,
    'x.exe': 'x',
  };
  const sharer = await tab();
  const link = await shareFolder(sharer, server.origin, await folder('mixed', files));
  const page = await tab();
  await page.goto(link);
  await page.getByRole('button', { name: 'Show photo.png' }).click();
  const picture = page.getByRole('img', { name: 'photo.png' });
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  await page.getByRole('button', { name: 'Show notes.txt' }).click();
  await expect(page.getByText('Grüße')).toBeVisible();
  for (const name of ['page.html', 'drawing.svg']) {
    await page.getByRole('button', { name: `Show ${name}` }).click();
    await expect(page.getByRole('region', { name }).getByText(HOSTILE)).toBeVisible();
  }
  // The keyboard goes with what is looked at, and back to where it came from.
  await expect(page.getByRole('region', { name: 'drawing.svg' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'drawing.svg' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Show drawing.svg' })).toBeFocused();
  expect(await page.evaluate(() => 'hasRun' in globalThis)).toBe(false);
  await expect(page.getByRole('button', { name: 'Show x.exe' })).toHaveCount(0);
});

test('what a film really is does not matter: its address is no page, and nothing in it runs', async ({
  server,
  folder,
  tab,
}) => {
  const link = await shareFolder(await tab(), server.origin, await folder('mixed', { 'film.mp4': HOSTILE, a: 'a' }));
  const page = await tab();
  await page.goto(link);
  const answered = page.waitForResponse((response) => response.url().endsWith('/content'));
  await page.getByRole('button', { name: 'Play film.mp4' }).click();
  const headers = await (await answered).allHeaders();
  expect(headers).toMatchObject({
    'content-type': 'video/mp4',
    'content-disposition': 'attachment',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  });
  expect(await page.evaluate(() => 'hasRun' in globalThis)).toBe(false);
});

test('on a plain-http address a page says when it can play, and plays then', async ({ server, folder, tab }) => {
  const origin = server.origin.replace('localhost', 'swarm.test');
  const sharer = await tab({ bytesPerSecond: 300_000 });
  const link = await shareFolder(sharer, origin, await folder('music', { 'song.wav': silence(8), a: 'a' }));
  const page = await tab();
  await page.goto(link);
  await page.getByRole('button', { name: 'Play song.wav' }).click();
  await expect(
    page.getByText(/^At a plain http address, browsers do not let a page play what is still coming/),
  ).toBeVisible();
  await setUplink(sharer, 50_000_000);
  const player = page.getByRole('region', { name: 'song.wav' }).locator('video');
  await expect.poll(() => player.evaluate((video: HTMLVideoElement) => video.duration), { timeout: 20_000 }).toBe(8);
});

/** So many seconds of a sound file without a sound. */
function silence(seconds: number): Buffer {
  const bytes = seconds * 88_200;
  const header = Buffer.alloc(44);
  header.write('RIFF');
  header.writeUInt32LE(36 + bytes, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(44_100, 24);
  header.writeUInt32LE(88_200, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(bytes, 40);
  return Buffer.concat([header, Buffer.alloc(bytes)]);
}

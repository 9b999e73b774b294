/** A web seed fills in what peers lack, one that lies is banned as a peer would be, and one out of reach stops nobody. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type Server as HttpServer, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { MEGABYTE, type SampleFile } from './files.ts';
import { expect, expectComplete, expectSame, share, shareFolder, test } from './fixtures.ts';
import { setUplink, tapped } from './wire-tap.ts';

let seeds: HttpServer[] = [];

test.afterEach(() => {
  for (const server of seeds.splice(0)) server.close();
});

interface WebSeed {
  readonly origin: string;
  /** The paths that were asked for, one for each range. */
  readonly asked: readonly string[];
}

/** Serves ranges of these files, by path; to pages of other origins if it is open. */
async function serve(files: Readonly<Record<string, Uint8Array>>, isOpen = true): Promise<WebSeed> {
  const asked: string[] = [];
  const server = createServer(({ headers, url, method }, response) => {
    const path = decodeURIComponent(url!);
    if (isOpen) response.setHeader('Access-Control-Allow-Origin', '*');
    if (method === 'OPTIONS') response.setHeader('Access-Control-Allow-Headers', isOpen ? 'Range' : '').end();
    else {
      asked.push(path);
      const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '')!.map(Number);
      response.writeHead(206, { 'Content-Range': `bytes ${from}-${to}/${files[path].byteLength}` });
      response.end(files[path].subarray(from, to + 1));
    }
  }).listen(0, 'localhost');
  await once(server, 'listening');
  seeds.push(server);
  return { origin: `http://localhost:${(server.address() as AddressInfo).port}`, asked };
}

const contentOf = async (file: SampleFile): Promise<Record<string, Buffer>> => ({
  '/any.bin': await readFile(file.path),
});

test('a sharer on a slow line, and a web seed that has the rest', async ({ server, sample, tab }) => {
  const file = await sample('lecture.bin', 6 * MEGABYTE);
  const sharer = await tab({ bytesPerSecond: 0.05 * MEGABYTE });
  const link = await share(sharer, server.origin, file);
  const { origin } = await serve(await contentOf(file));
  const receiver = await tab();
  await receiver.goto(`${server.origin}/#magnet:?xt=urn:btih:${link.slice(-40)}&ws=${origin}/any.bin`);
  await expectSame(receiver, file);
  expect((await tapped(sharer)).contentBytes).toBeLessThan(file.bytes / 2);
});

test('a folder comes from a web seed that has its files below an address', async ({ server, folder, tab }) => {
  const files = { 'one.bin': randomBytes(MEGABYTE), 'day 2/ü.bin': randomBytes(2 * MEGABYTE), 'small.txt': 'small' };
  const sharer = await tab({ bytesPerSecond: 0.05 * MEGABYTE });
  const link = await shareFolder(sharer, server.origin, await folder('trip', files));
  const below = Object.entries(files).map(([path, content]) => [`/all/trip/${path}`, Buffer.from(content)] as const);
  const { origin, asked } = await serve(Object.fromEntries(below));
  const receiver = await tab();
  await receiver.goto(`${server.origin}/#magnet:?xt=urn:btih:${link.slice(-40)}&ws=${origin}/all/`);
  await expectComplete(receiver);
  expect((await tapped(sharer)).contentBytes).toBeLessThan(1.5 * MEGABYTE);
  expect(new Set(asked)).toEqual(new Set(below.map(([path]) => path)));
});

test('a torrent file made elsewhere, dropped on the page, is filled by the web server that it names, with no peer there', async ({
  server,
  folder,
  tab,
  stock,
}) => {
  const files = { 'one.bin': randomBytes(MEGABYTE), 'day 2/ü.bin': randomBytes(MEGABYTE), 'small.txt': 'small' };
  const path = await folder('trip', files);
  const below = Object.entries(files).map(([name, content]) => [`/all/trip/${name}`, Buffer.from(content)] as const);
  const { origin, asked } = await serve(Object.fromEntries(below));
  const trackers = [`${server.origin.replace('http', 'ws')}/signal`];
  const options = { pieceLength: 32_768, urlList: [`${origin}/all/`] };
  const maker = await stock('Node', { file: { path, name: 'trip', bytes: 0, sha256: '' }, trackers }, options);
  await maker.leave();
  const page = await tab();
  await page.goto(server.origin);
  const dropped = await page.evaluateHandle((bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(bytes)], 'trip.torrent'));
    return data;
  }, Array.from(maker.torrentFile!));
  for (const event of ['dragenter', 'dragover', 'drop']) {
    await page.dispatchEvent('body', event, { dataTransfer: dropped });
  }
  await expectComplete(page);
  expect(new Set(asked)).toEqual(new Set(below.map(([name]) => name)));
});

test('a web seed that lies is asked for no more than a piece, and the file comes whole from the sharer', async ({
  server,
  sample,
  tab,
}) => {
  const file = await sample('lecture.bin', 4 * MEGABYTE);
  const sharer = await tab({ bytesPerSecond: 0.1 * MEGABYTE });
  const link = await share(sharer, server.origin, file);
  const { origin, asked } = await serve({ '/any.bin': new Uint8Array(file.bytes) });
  const receiver = await tab();
  const begun = receiver.waitForRequest(/any\.bin/);
  await receiver.goto(`${server.origin}/#magnet:?xt=urn:btih:${link.slice(-40)}&ws=${origin}/any.bin`);
  await begun;
  await setUplink(sharer, 4 * MEGABYTE);
  await expectSame(receiver, file);
  // The piece that failed, and those that were under way by then, of sixteen.
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.length).toBeLessThanOrEqual(4);
});

test('a web seed that lets no other page read stops nobody: the file comes from the sharer', async ({
  server,
  sample,
  tab,
}) => {
  const file = await sample('lecture.bin', 2 * MEGABYTE);
  const link = await share(await tab({ bytesPerSecond: MEGABYTE }), server.origin, file);
  const { origin } = await serve(await contentOf(file), false);
  const receiver = await tab();
  const failed = receiver.waitForEvent('requestfailed', (request) => request.url().endsWith('any.bin'));
  await receiver.goto(`${server.origin}/#magnet:?xt=urn:btih:${link.slice(-40)}&ws=${origin}/any.bin`);
  await failed;
  await expectSame(receiver, file);
});

/** A web seed fills in what peers lack, and one that lies is banned as a peer would be. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type Server as HttpServer, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { MEGABYTE, type SampleFile } from './files.ts';
import { expect, expectSame, share, test } from './fixtures.ts';
import { setUplink, tapped } from './wire-tap.ts';

let seeds: HttpServer[] = [];

test.afterEach(() => {
  for (const server of seeds.splice(0)) server.close();
});

/** Serves ranges of `file` to any page, spoilt if it lies; the address of it. */
async function webSeed(file: SampleFile, lies = false): Promise<string> {
  const content = await readFile(file.path);
  if (lies) content.fill(0);
  const server = createServer(({ headers }, response) => {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '')!.map(Number);
    response.writeHead(206, {
      'Access-Control-Allow-Origin': '*',
      'Content-Range': `bytes ${from}-${to}/${content.byteLength}`,
    });
    response.end(content.subarray(from, to + 1));
  }).listen(0, 'localhost');
  await once(server, 'listening');
  seeds.push(server);
  return `http://localhost:${(server.address() as AddressInfo).port}/any.bin`;
}

test('a sharer on a slow line, and a web seed that has the rest', async ({ server, sample, tab }) => {
  const file = await sample('lecture.bin', 6 * MEGABYTE);
  const sharer = await tab({ bytesPerSecond: 0.05 * MEGABYTE });
  const link = await share(sharer, server.origin, file);
  const receiver = await tab();
  await receiver.goto(`${server.origin}/#magnet:?xt=urn:btih:${link.slice(-40)}&ws=${await webSeed(file)}`);
  await receiver.getByText('Who is connected').click();
  await expect(receiver.getByRole('row', { name: /^localhost:\d+ web server/ })).toBeVisible();
  await expectSame(receiver, file);
  await expect(receiver.getByText('1 person')).toBeVisible();
  expect((await tapped(sharer)).contentBytes).toBeLessThan(file.bytes / 2);
});

test('a web seed that lies is banned, and the file comes whole from the sharer', async ({ server, sample, tab }) => {
  const file = await sample('lecture.bin', 2 * MEGABYTE);
  const sharer = await tab({ bytesPerSecond: 0.1 * MEGABYTE });
  const link = await share(sharer, server.origin, file);
  const receiver = await tab();
  const asked = receiver.waitForRequest(/any\.bin/);
  await receiver.goto(`${server.origin}/#magnet:?xt=urn:btih:${link.slice(-40)}&ws=${await webSeed(file, true)}`);
  await asked;
  await receiver.getByText('Who is connected').click();
  await expect(receiver.getByText('It sent something else than this file, and is not asked any more.')).toBeVisible();
  await setUplink(sharer, 4 * MEGABYTE);
  await expectSame(receiver, file);
});

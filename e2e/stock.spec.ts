/** Stock WebTorrent and our tabs are peers of one swarm, each giving to the other. */
import { readFile } from 'node:fs/promises';

import type { Page } from '@playwright/test';

import { MEGABYTE, type SampleFile } from './files.ts';
import { expect, expectSame, share, test } from './fixtures.ts';
import type { Server } from './server.ts';
import type { StockPeer } from './stock-peer.ts';
import { setUplink, tapped } from './wire-tap.ts';

const PIECE_BYTES = 262_144;

/** In bytes per second: what the seed gives, … */
const SEED_LINE = { bytesPerSecond: 1.5 * MEGABYTE };
/** … and what each of the others takes and gives while it is here, so that one copy is out before anybody has all of it; and afterwards. */
const TAKES = 0.4 * MEGABYTE;
const GIVES = 0.1 * MEGABYTE;
const FAST = 4 * MEGABYTE;

let addresses = 0;

/** An address of its own for each who asks: stock clients of one process that name a tracker alike share its socket, and answer each other's offers. */
const signalOf = ({ origin }: Server): string => `${origin.replace('http', 'ws')}/signal?${(addresses += 1)}`;

/** What a person would paste into another client. */
const magnetOf = (infoHash: string, tracker: string): string =>
  `magnet:?xt=urn:btih:${infoHash}&tr=${encodeURIComponent(tracker)}`;

for (const where of ['Node', 'Chromium'] as const) {
  test(`stock WebTorrent in ${where} downloads a share of ours by magnet link`, async ({
    server,
    sample,
    tab,
    stock,
  }) => {
    const file = await sample('ours.bin', 3 * MEGABYTE);
    const link = await share(await tab(), server.origin, file);
    const peer = await stock(where, { magnet: magnetOf(link.slice(-40), signalOf(server)) });
    expect(await peer.finished()).toBe(file.sha256);
  });

  test(`stock WebTorrent in ${where} seeds to a tab of ours`, async ({ server, sample, tab, stock }) => {
    const file = await sample('theirs.bin', 3 * MEGABYTE);
    const seed = await stock(where, { file, trackers: [signalOf(server)] }, { pieceLength: PIECE_BYTES });
    const receiver = await tab();
    await receiver.goto(`${server.origin}/#${seed.infoHash}`);
    await expectSame(receiver, file);
  });
}

for (const where of ['Node', 'Chromium'] as const) {
  for (const whose of ['our', 'their'] as const) {
    test(`${whose} seed leaves two of ours and two of theirs in ${where}, none with everything, who finish together`, async ({
      server,
      sample,
      tab,
      stock,
    }) => {
      // A link to a stock client may fail; it calls again when it next announces.
      test.setTimeout(240_000);
      const file = await sample('lecture.bin', 6 * MEGABYTE);
      const trackers = [signalOf(server)];
      const seed =
        whose === 'our'
          ? await ourSeed(await tab(SEED_LINE), server, file)
          : await stock(where, { file, trackers }, { pieceLength: PIECE_BYTES });
      const ours = await Promise.all([1, 2].map(() => tab({ bytesPerSecond: GIVES })));
      await Promise.all(ours.map((page) => page.addInitScript(limitDownload, TAKES)));
      await Promise.all(ours.map((page) => page.goto(`${server.origin}/#${seed.infoHash}`)));
      // In their order, both would have the same pieces.
      const options = { uploadLimit: GIVES, downloadLimit: TAKES, strategy: 'rarest' } as const;
      const join = (): Promise<StockPeer> =>
        stock(where, { magnet: magnetOf(seed.infoHash, signalOf(server)) }, options);
      const theirs = await Promise.all([join(), join()]);

      await untilOneCopy(file, { ours, theirs });
      await seed.leave();
      await Promise.all(ours.map((page) => setUplink(page, FAST)));
      await Promise.all(ours.map(unlimitDownload));
      await Promise.all(theirs.map((peer) => peer.limit(FAST)));
      for (const page of ours) await expectSame(page, file);
      for (const peer of theirs) expect(await peer.finished()).toBe(file.sha256);
    });
  }
}

/** Runs in the page before it is loaded: the download limit that a person set the last time. */
function limitDownload(bytesPerSecond: number): void {
  localStorage.setItem('tabswarm-limits', JSON.stringify({ upload: null, download: bytesPerSecond }));
}

async function unlimitDownload(page: Page): Promise<void> {
  await page.getByText(/^Limits: download/).click();
  await page.getByLabel('Download', { exact: true }).fill('');
}

async function ourSeed(page: Page, server: Server, file: SampleFile): Promise<Pick<StockPeer, 'infoHash' | 'leave'>> {
  const link = await share(page, server.origin, file);
  return { infoHash: link.slice(-40), leave: () => page.close() };
}

test('the torrent file that our page saves opens in stock WebTorrent', async ({ server, sample, tab, stock }) => {
  const file = await sample('ours.bin', MEGABYTE);
  const sharer = await tab();
  await share(sharer, server.origin, file);
  await sharer.getByText('More', { exact: true }).click();
  const begun = sharer.waitForEvent('download');
  await sharer.getByRole('button', { name: 'Save torrent file' }).click();
  const saved = await begun;
  expect(saved.suggestedFilename()).toBe('ours.bin.torrent');
  const peer = await stock('Node', { torrent: await readFile(await saved.path()) });
  expect(await peer.finished()).toBe(file.sha256);
});

test('a torrent file that stock WebTorrent made opens in our page, with its own length of pieces', async ({
  server,
  sample,
  tab,
  stock,
}) => {
  const file = await sample('theirs.bin', MEGABYTE);
  const seed = await stock('Node', { file, trackers: [signalOf(server)] }, { pieceLength: 32_768 });
  const receiver = await tab();
  await receiver.goto(server.origin);
  const torrent = {
    name: 'theirs.torrent',
    mimeType: 'application/x-bittorrent',
    buffer: Buffer.from(seed.torrentFile!),
  };
  await receiver.locator('input[type=file]').first().setInputFiles(torrent);
  await expect(receiver).toHaveURL(new RegExp(`#${seed.infoHash}$`));
  await expectSame(receiver, file);
});

test('"Copy magnet link" puts a link on the clipboard that stock WebTorrent downloads by', async ({
  server,
  sample,
  tab,
  stock,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const file = await sample('ours & only ours.bin', MEGABYTE);
  const sharer = await tab();
  await share(sharer, server.origin, file);
  await sharer.getByText('More', { exact: true }).click();
  await sharer.getByRole('button', { name: 'Copy magnet link' }).click();
  await expect(sharer.getByText('Copied', { exact: false })).toBeVisible();
  const peer = await stock('Node', { magnet: await sharer.evaluate(() => navigator.clipboard.readText()) });
  expect(await peer.finished()).toBe(file.sha256);
});

/** Waits until the peers hold every piece between them, while each of them lacks some. */
async function untilOneCopy(file: SampleFile, peers: { ours: Page[]; theirs: StockPeer[] }): Promise<void> {
  const count = Math.ceil(file.bytes / PIECE_BYTES);
  const held = async (): Promise<number> => {
    const each = await Promise.all([
      ...peers.ours.map(async (page) => (await tapped(page)).pieces),
      ...peers.theirs.map((peer) => peer.pieces()),
    ]);
    expect(Math.max(...each.map((pieces) => pieces.length))).toBeLessThan(count);
    return new Set(each.flat()).size;
  };
  await expect.poll(held, { intervals: [100], timeout: 60_000 }).toBe(count);
}

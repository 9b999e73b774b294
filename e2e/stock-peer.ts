/**
 * Stock WebTorrent, which nobody here wrote, as a peer of ours: in Node, and in a page of its own in Chromium. Whatever passes
 * between it and a tab was not made to fit by one hand on both sides.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import type { Page } from '@playwright/test';
import WebTorrent, { type Torrent } from 'webtorrent';

import { NO_ICE_SERVERS, sayWhenGathered } from '../signal-server/node-webrtc.test-kit.ts';
import type { SampleFile } from './files.ts';

export interface StockPeer {
  readonly infoHash: string;
  /** As it would save it; undefined before it knows. */
  readonly torrentFile: Uint8Array | undefined;
  /** Resolves with the SHA-256 of its first file once it has everything. */
  readonly finished: () => Promise<string>;
  /** The pieces that it has. */
  readonly pieces: () => Promise<readonly number[]>;
  /** From now on, in bytes per second, both ways. */
  readonly limit: (bytesPerSecond: number) => Promise<void>;
  /** May be called again. */
  readonly leave: () => Promise<void>;
}

/** What a stock peer begins with: somebody's magnet link or torrent file, or a file and the trackers to announce it to. */
export type StockTask =
  | { readonly magnet: string }
  | { readonly torrent: Uint8Array }
  | { readonly file: SampleFile; readonly trackers: readonly string[] };

export interface StockOptions {
  readonly pieceLength?: number;
  /** The web seeds of what it makes (BEP 19). */
  readonly urlList?: readonly string[];
  /** Bytes per second. */
  readonly uploadLimit?: number;
  readonly downloadLimit?: number;
  /** How it picks pieces; in their order when absent. */
  readonly strategy?: 'rarest';
}

sayWhenGathered();

/** Nothing but trackers over WebSocket: no traffic that is not the test's. */
const TRACKERS_ONLY = {
  dht: false,
  lsd: false,
  utPex: false,
  natUpnp: false,
  natPmp: false,
  utp: false,
  tracker: { rtcConfig: NO_ICE_SERVERS },
};

/** A peer in this process, that keeps its files in `folder`. */
export async function stockInNode(folder: string, task: StockTask, options: StockOptions = {}): Promise<StockPeer> {
  const { pieceLength, urlList, strategy, uploadLimit = -1, downloadLimit = -1 } = options;
  const client = new WebTorrent({ ...TRACKERS_ONLY, uploadLimit, downloadLimit });
  const torrent = await new Promise<Torrent>((resolve, reject) => {
    client.on('error', reject);
    if ('magnet' in task) resolve(client.add(task.magnet, { path: folder, ...(strategy && { strategy }) }));
    else if ('torrent' in task) resolve(client.add(task.torrent, { path: folder }));
    else {
      const made = { ...(pieceLength && { pieceLength }), ...(urlList && { urlList }) };
      client.seed(task.file.path, { announce: task.trackers, ...made }, resolve);
    }
  });
  return {
    infoHash: torrent.infoHash,
    torrentFile: torrent.torrentFile,
    finished: async () => {
      if (!torrent.done) await once(torrent, 'done');
      return createHash('sha256')
        .update(await readFile(join(folder, torrent.files[0].path)))
        .digest('hex');
    },
    pieces: async () => torrent.pieces.flatMap((missing, piece) => (missing === null ? [piece] : [])),
    limit: async (bytesPerSecond) => {
      client.throttleUpload(bytesPerSecond);
      client.throttleDownload(bytesPerSecond);
    },
    leave: () => new Promise((resolve) => (client.destroyed ? resolve() : client.destroy(resolve))),
  };
}

/** Served by the test: browsers keep a page from an unknown address away from this machine. */
const STOCK_PAGE = `<input type="file"><script type="module">
  import WebTorrent from '/webtorrent.js';
  globalThis.client = new WebTorrent({ tracker: { rtcConfig: { iceServers: [] } } });
</script>`;

/** What the page above holds. */
interface StockGlobal {
  readonly client: WebTorrent;
  torrent: Torrent;
}

/** A peer in `page`, which loads nothing of ours. */
export async function stockInTab(page: Page, task: StockTask, options: StockOptions = {}): Promise<StockPeer> {
  const server = createServer(servePage).listen(0, 'localhost');
  await once(server, 'listening');
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}`);
  server.close();
  if ('file' in task) await page.locator('input').setInputFiles(task.file.path);
  const infoHash = await page.evaluate(begin, { task, options });
  const torrent = await page.evaluateHandle(() => (globalThis as unknown as StockGlobal).torrent);
  return {
    infoHash,
    torrentFile: await torrent.evaluate(({ torrentFile }) => torrentFile),
    finished: () => torrent.evaluate(finish),
    pieces: () =>
      torrent.evaluate(({ pieces }) => pieces.flatMap((missing, piece) => (missing === null ? [piece] : []))),
    limit: (bytesPerSecond) =>
      page.evaluate((rate) => {
        const { client } = globalThis as unknown as StockGlobal;
        client.throttleUpload(rate);
        client.throttleDownload(rate);
      }, bytesPerSecond),
    leave: () => page.close(),
  };
}

async function servePage({ url }: IncomingMessage, response: ServerResponse): Promise<void> {
  const isScript = url === '/webtorrent.js';
  response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
  response.end(isScript ? await readFile('node_modules/webtorrent/dist/webtorrent.min.js') : STOCK_PAGE);
}

/** Runs inside the page, as `finish` does, so it must not use anything of this module. */
async function begin({ task, options }: { readonly task: StockTask; readonly options: StockOptions }): Promise<string> {
  const { pieceLength, strategy, uploadLimit = -1, downloadLimit = -1 } = options;
  const stock = globalThis as unknown as StockGlobal;
  stock.client.throttleUpload(uploadLimit);
  stock.client.throttleDownload(downloadLimit);
  stock.torrent = await new Promise<Torrent>((resolve, reject) => {
    stock.client.on('error', reject);
    if ('magnet' in task) return resolve(stock.client.add(task.magnet, { ...(strategy && { strategy }) }));
    if ('torrent' in task) return resolve(stock.client.add(task.torrent, {}));
    const { files } = document.querySelector('input')!;
    stock.client.seed(files!, { announce: task.trackers, ...(pieceLength && { pieceLength }) }, resolve);
  });
  return stock.torrent.infoHash;
}

async function finish(torrent: Torrent): Promise<string> {
  if (!torrent.done) await new Promise((resolve) => torrent.on('done', () => resolve(null)));
  const digest = await crypto.subtle.digest('SHA-256', await torrent.files[0].arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What every browser test starts from: a server of its own, a folder for files, tabs, and the moves a person makes in them. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { type BrowserContext, type Page, expect, test as base } from '@playwright/test';

import { type SampleFile, sampleFile, sha256 } from './files.ts';
import { Server } from './server.ts';
import { type StockOptions, type StockPeer, type StockTask, stockInNode, stockInTab } from './stock-peer.ts';
import { type TapOptions, tap } from './wire-tap.ts';

export interface Fixtures {
  readonly server: Server;
  /** A file of random bytes, deleted after the test. */
  readonly sample: (name: string, bytes: number) => Promise<SampleFile>;
  /** A folder with these files, by path, deleted after the test; its own path. */
  readonly folder: (name: string, files: Record<string, string | Uint8Array>) => Promise<string>;
  /** A new tab with a tap on its wire, in the browser that the test begins with. */
  readonly tab: (options?: TapOptions) => Promise<Page>;
  /** The same in a browser of its own, which shares no storage with others. */
  readonly tabElsewhere: (options?: TapOptions) => Promise<Page>;
  /** A stock WebTorrent client, which leaves after the test. */
  readonly stock: (where: 'Node' | 'Chromium', task: StockTask, options?: StockOptions) => Promise<StockPeer>;
}

export const test = base.extend<Fixtures>({
  server: async ({}, use) => {
    const server = new Server();
    await server.start();
    await use(server);
    await server.kill();
  },
  sample: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'tabswarm-'));
    await use((name, bytes) => sampleFile(folder, name, bytes));
    await rm(folder, { recursive: true });
  },
  folder: async ({}, use) => {
    const place = await mkdtemp(join(tmpdir(), 'tabswarm-'));
    await use(async (name, files) => {
      for (const [path, content] of Object.entries(files)) {
        await mkdir(dirname(join(place, name, path)), { recursive: true });
        await writeFile(join(place, name, path), content);
      }
      return join(place, name);
    });
    await rm(place, { recursive: true });
  },
  tab: async ({ context }, use) => {
    await use((options) => newTab(context, options));
  },
  tabElsewhere: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext();
      contexts.push(context);
      return newTab(context, options);
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
  stock: async ({ context }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'tabswarm-stock-'));
    const peers: StockPeer[] = [];
    await use(async (where, task, options) => {
      const inNode = (): Promise<StockPeer> => stockInNode(join(folder, String(peers.length)), task, options);
      const peer = where === 'Node' ? await inNode() : await stockInTab(await context.newPage(), task, options);
      peers.push(peer);
      return peer;
    });
    await Promise.all(peers.map((peer) => peer.leave()));
    await rm(folder, { recursive: true });
  },
});

async function newTab(context: BrowserContext, options: TapOptions = {}): Promise<Page> {
  const page = await context.newPage();
  await tap(page, options);
  await page.addInitScript(withoutSavePicker);
  return page;
}

/** A native save dialogue cannot be driven from outside: without it, the page saves by an ordinary download. */
function withoutSavePicker(): void {
  Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
}

/** Chooses the file on the page at `origin` and gives the link. */
export async function share(page: Page, origin: string, file: SampleFile, withinMs = 30_000): Promise<string> {
  await page.goto(origin);
  await page.getByLabel('Choose files').setInputFiles(file.path);
  const field = page.getByRole('textbox', { name: 'Share link' });
  await expect(field).toHaveValue(/#[0-9a-f]{40}$/, { timeout: withinMs });
  return field.inputValue();
}

/** Shares the folder as it is; the link. */
export async function shareFolder(page: Page, origin: string, path: string): Promise<string> {
  await page.goto(origin);
  await page.getByLabel('Choose a folder').setInputFiles(path);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const field = page.getByRole('textbox', { name: 'Share link' });
  await expect(field).toHaveValue(/#[0-9a-f]{40}$/, { timeout: 30_000 });
  return field.inputValue();
}

/** The tab has every piece, checked and stored. */
export async function expectComplete(page: Page, timeout = 45_000): Promise<void> {
  await expect(page.getByText('Complete', { exact: true })).toBeVisible({ timeout });
  await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '100');
}

/** How far the tab is, in percent; 0 before it shows anything. */
export async function progress(page: Page): Promise<number> {
  const bar = page.getByRole('progressbar');
  return (await bar.count()) === 0 ? 0 : Number(await bar.getAttribute('aria-valuenow'));
}

/** Saves the file from the page: its digest, and the name it was given. */
export async function save(page: Page): Promise<{ name: string; sha256: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Save/ }).click(),
  ]);
  return { name: download.suggestedFilename(), sha256: await sha256(await download.path()) };
}

/** Waits for the tab to be complete and compares what it saves with what was shared. */
export async function expectSame(page: Page, file: SampleFile, timeout?: number): Promise<void> {
  await expectComplete(page, timeout);
  expect((await save(page)).sha256).toBe(file.sha256);
}

/** A disk that takes half a second for each slice: to be run in the page before it loads. */
export function slowReads(): void {
  const read = Object.getOwnPropertyDescriptor(Blob.prototype, 'arrayBuffer')!.value as () => Promise<ArrayBuffer>;
  Blob.prototype.arrayBuffer = async function slowly(this: Blob): Promise<ArrayBuffer> {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return read.call(this);
  };
}

export { expect };

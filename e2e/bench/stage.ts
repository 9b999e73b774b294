/** Where a row is played: a server, a folder for files, and browsers with new profiles, all gone afterwards. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type BrowserContext, type Page, chromium } from '@playwright/test';

import { findBrowser } from '../browser.ts';
import { type SampleFile, sampleFile } from '../files.ts';
import { Server } from '../server.ts';
import { watchArrivals } from './arrivals.ts';

/** A page of the server's origin that runs nothing. */
export const BARE_PAGE = '/healthz';

/** Where a bare page finds the stock client. */
export const STOCK_CLIENT_ADDRESS = '/webtorrent.min.js';

const STOCK_CLIENT = 'node_modules/webtorrent/dist/webtorrent.min.js';

/** Playwright keeps background tabs awake; here they are what they are to a person. */
export const KEEPS_AWAKE = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

export interface BrowserPlace {
  /** The program to start, such as one that enters a network namespace first. */
  readonly executablePath?: string;
  readonly args?: readonly string[];
}

export class Stage {
  readonly server = new Server();
  readonly #folder: string;
  readonly #browsers = new Set<BrowserContext>();
  #count = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Plays on a new stage and clears it away, whatever happens. */
  static async play<Result>(work: (stage: Stage) => Promise<Result>): Promise<Result> {
    const stage = new Stage(await mkdtemp(join(tmpdir(), 'tabswarm-bench-')));
    try {
      await stage.server.start();
      return await work(stage);
    } finally {
      await stage.closeBrowsers();
      await stage.server.kill();
      await rm(stage.#folder, { recursive: true });
    }
  }

  /** A file of random bytes, other ones each time. */
  async file(bytes: number): Promise<SampleFile> {
    this.#count += 1;
    return sampleFile(this.#folder, `sample-${this.#count}.bin`, bytes);
  }

  /** A browser with an empty profile on disk: private windows would keep pieces in memory. */
  async browser({ executablePath = findBrowser(), args = [] }: BrowserPlace = {}): Promise<BrowserContext> {
    this.#count += 1;
    const isRoot = process.getuid?.() === 0;
    const browser = await chromium.launchPersistentContext(join(this.#folder, `profile-${this.#count}`), {
      executablePath,
      ignoreDefaultArgs: KEEPS_AWAKE,
      // Pages of ours load nothing but ours; here the stock client is put into them.
      bypassCSP: true,
      args: [...(isRoot ? ['--no-sandbox'] : []), '--disable-background-networking', ...args],
    });
    this.#browsers.add(browser);
    await browser.route(`**${STOCK_CLIENT_ADDRESS}`, (route) => route.fulfill({ path: STOCK_CLIENT }));
    return browser;
  }

  async closeBrowsers(): Promise<void> {
    await Promise.all([...this.#browsers].map((browser) => browser.close()));
    this.#browsers.clear();
  }
}

/** A tab whose arrivals are watched. */
export async function watchedTab(browser: BrowserContext): Promise<Page> {
  const page = await browser.newPage();
  await watchArrivals(page);
  return page;
}

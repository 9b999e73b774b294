/** Ours and the stock client as the bench drives them: who shares a file, and who joins by the link. */
import type { Page } from '@playwright/test';

import type { SampleFile } from '../files.ts';
import { share } from '../fixtures.ts';
import { BARE_PAGE, STOCK_CLIENT_ADDRESS } from './stage.ts';

export interface Contender {
  readonly name: string;
  /** Shares the file from a new page; gives what others join by. */
  readonly share: (page: Page, origin: string, file: SampleFile, withinMs?: number) => Promise<string>;
  /** Joins from a new page; resolves as soon as that is under way. */
  readonly join: (page: Page, origin: string, link: string) => Promise<void>;
  /** Resolves when the page has the whole file. */
  readonly complete: (page: Page, withinMs: number) => Promise<void>;
}

/** How often a page is asked whether it is done: no figure hangs on it, since what arrives is dated in the page. */
const LOOK_EVERY_MS = 500;

/** Whether a page of ours says that it is complete; runs in it. */
export const isComplete = (): boolean =>
  [...document.querySelectorAll('.state')].some(({ textContent }) => textContent === 'Complete');

/** As people use it who open several tabs: they are of one origin, and need no network between them. */
export const TABSWARM_IN_ONE_BROWSER: Contender = {
  name: 'Tabswarm in one browser',
  share,
  join: async (page, _, link) => void (await page.goto(link, { waitUntil: 'commit' })),
  complete: async (page, withinMs) => {
    // A locator would have the page draw every frame, for which thirty tabs need a core.
    await page.waitForFunction(isComplete, null, { timeout: withinMs, polling: LOOK_EVERY_MS });
  },
};

/** As between several browsers: each tab has an origin of its own, knows nothing of the others, and meets them over WebRTC. */
export const TABSWARM: Contender = {
  ...TABSWARM_IN_ONE_BROWSER,
  name: 'Tabswarm',
  share: (page, origin, file, withinMs) => share(page, ownOrigin(origin), file, withinMs),
  join: (page, origin, link) => TABSWARM_IN_ONE_BROWSER.join(page, origin, ownOrigin(link)),
};

/** What the stock client is told beside the tracker: `strategy` is how it picks pieces. */
export function webTorrent(strategy: 'sequential' | 'rarest'): Contender {
  return {
    name: strategy === 'rarest' ? 'WebTorrent, rarest first' : 'WebTorrent',
    share: async (page, origin, file) => {
      await startClient(page, origin);
      await page.locator('input[type=file]').setInputFiles(file.path);
      return page.evaluate(seed, trackerOf(origin));
    },
    join: async (page, origin, link) => {
      await startClient(page, origin);
      await page.evaluate(add, { link, tracker: trackerOf(origin), strategy });
    },
    complete: async (page, withinMs) => {
      await page.waitForFunction(() => (globalThis as unknown as StockWindow).isComplete, null, {
        timeout: withinMs,
        polling: LOOK_EVERY_MS,
      });
    },
  };
}

interface Torrent {
  readonly magnetURI: string;
  readonly on: (event: 'done', listener: () => void) => void;
}

interface StockWindow {
  client: {
    seed: (files: FileList, options: object, onSeed: (torrent: Torrent) => void) => void;
    add: (link: string, options: object) => Torrent;
  };
  isComplete: boolean;
}

let originsMade = 0;

/** The same place under a name that no other page has; names below localhost lead to this machine, others stay as they are. */
const ownOrigin = (url: string): string =>
  url.replace(/\/\/(tab-\d+\.)?localhost/, () => `//tab-${(originsMade += 1)}.localhost`);

const trackerOf = (origin: string): string => `${origin.replace('http', 'ws')}/signal`;

/** Stock clients of one origin share one store, and would find the file there: each gets an origin of its own. */
async function startClient(page: Page, origin: string): Promise<void> {
  await page.goto(`${ownOrigin(origin)}${BARE_PAGE}`);
  await page.evaluate(async (address) => {
    const { default: WebTorrent } = (await import(address)) as { default: new () => StockWindow['client'] };
    Object.assign(globalThis, { client: new WebTorrent(), isComplete: false });
    document.body.append(Object.assign(document.createElement('input'), { type: 'file' }));
  }, STOCK_CLIENT_ADDRESS);
}

/** Runs in a page, like `add`. Without other trackers than ours, since there is no internet in a bench. */
function seed(tracker: string): Promise<string> {
  const { client } = globalThis as unknown as StockWindow;
  const { files } = document.querySelector('input')!;
  return new Promise((resolve) => {
    client.seed(files!, { announce: [tracker] }, ({ magnetURI }) => resolve(magnetURI));
  });
}

function add({ link, tracker, strategy }: { link: string; tracker: string; strategy: string }): void {
  const stock = globalThis as unknown as StockWindow;
  stock.client.add(link, { announce: [tracker], strategy }).on('done', () => {
    stock.isComplete = true;
  });
}

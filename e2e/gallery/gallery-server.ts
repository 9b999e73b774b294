/** Serves the gallery of states, as the sources are, for the time of a test file. */
import type { Page } from '@playwright/test';
import { createServer } from 'vite';

import type { Language } from '../../web/ui/language.ts';
import type { StateName } from './states.ts';

export interface Gallery {
  /** Loads the gallery into the page. */
  readonly enter: (page: Page) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openGallery(): Promise<Gallery> {
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    cacheDir: 'node_modules/.cache/gallery',
    server: { port: 0, host: 'localhost', hmr: false, watch: null },
  });
  await server.listen();
  const [origin] = server.resolvedUrls?.local ?? [];
  return {
    enter: async (page) => {
      await page.goto(`${origin}e2e/gallery/index.html?state=home&language=en`);
      await page.locator('footer').waitFor();
    },
    close: () => server.close(),
  };
}

/** Shows a state in the page that the gallery is in, as if it had been loaded, with all that is fetched for it. */
export async function showState(page: Page, state: StateName, language: Language = 'en'): Promise<void> {
  await page.evaluate(
    ([name, spoken]) => (Reflect.get(globalThis, 'showState') as (...asked: string[]) => Promise<void>)(name, spoken),
    [state, language] as const,
  );
  await page.locator('footer').waitFor();
  await page.waitForFunction(() => document.querySelector('main:empty, [aria-busy=true]') === null);
}

/** Opens all that is closed at first, and waits for what is fetched then. */
export async function openPanels(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelectorAll('summary').forEach((summary) => summary.click()));
  await page.waitForFunction(() => document.querySelector('main:empty, details[open] > summary:only-child') === null);
}

/** Every state of the page, light and dark, on a phone's width and a desk's: to be looked at, in the folder `screenshots`. */
import { test } from '@playwright/test';

import { openGallery, openPanels, showState } from './gallery/gallery-server.ts';
import { STATES, type StateName } from './gallery/states.ts';

const FOLDER = 'screenshots';

/** With all that is closed at first opened. */
const OPENED: ReadonlySet<StateName> = new Set(['downloading-from-web-servers', 'sharing-safe']);

/** In which each state is shown; of other languages, what is longest, and what runs from the right. */
const LANGUAGES = ['en', 'de', 'ar'] as const;

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1280]) {
    test(`${colorScheme}, ${width} pixels`, async ({ page }) => {
      const gallery = await openGallery();
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 740 });
      await gallery.enter(page);
      const languages = colorScheme === 'light' && width === 360 ? LANGUAGES : (['en'] as const);
      for (const language of languages) {
        for (const state of Object.keys(STATES) as StateName[]) {
          await showState(page, state, language);
          if (OPENED.has(state)) await openPanels(page);
          await page.screenshot({ path: `${FOLDER}/${colorScheme}-${width}-${language}/${state}.png`, fullPage: true });
        }
      }
      await gallery.close();
    });
  }
}

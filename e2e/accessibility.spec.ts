/** For everyone: axe finds nothing in any state of the page, and nothing is wider than the window. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test as base } from '@playwright/test';

import { type Gallery, openGallery, openPanels, showState } from './gallery/gallery-server.ts';
import { STATES, type StateName } from './gallery/states.ts';

const test = base.extend<object, { gallery: Gallery }>({
  gallery: [
    async ({}, use) => {
      const gallery = await openGallery();
      await use(gallery);
      await gallery.close();
    },
    { scope: 'worker' },
  ],
});

const names = Object.keys(STATES) as StateName[];

/** What axe finds, and what is cut off at 320 pixels (WCAG 2.2, 1.4.10), in words. */
async function faultsOf(page: Page): Promise<string[]> {
  // There are no frames in any state, and to look for some takes longer than to look at the page.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  return [
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('; ')}`),
    ...(isWide ? ['wider than the window'] : []),
  ];
}

for (const { scheme, language } of [
  { scheme: 'light', language: 'en' },
  { scheme: 'dark', language: 'ar' },
] as const) {
  test(`axe finds nothing in any state, ${scheme}, ${language}`, async ({ gallery, page }) => {
    test.setTimeout(240_000);
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 320, height: 740 });
    await gallery.enter(page);
    const faults: Record<string, string[]> = {};
    const look = async (name: string): Promise<void> => {
      const found = await faultsOf(page);
      if (found.length > 0) faults[name] = found;
    };
    for (const name of names) {
      await showState(page, name, language);
      await openPanels(page);
      await look(name);
    }
    // What lies over the page.
    await showState(page, 'sharing-alone', language);
    await page.locator('.share-code button').click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await look('large code');
    expect(faults).toEqual({});
  });
}

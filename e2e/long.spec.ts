/**
 * Ten tabs come and go on three shares, for 40 seconds in every test run and for five minutes with `npm run test:long`: no tab ends with an
 * error of the page, a state in which it is stuck, or a wrong byte.
 */
import type { Page } from '@playwright/test';

import { seededRandom } from '../shared/base/random.ts';
import { MEGABYTE, type SampleFile } from './files.ts';
import { expect, expectSame, share, test } from './fixtures.ts';

const SPAN_MS = Number(process.env['LONG_TEST_SECONDS'] ?? 40) * 1000;

const TABS = 10;

/** How long a tab may take to be complete before it counts as stuck. */
const STUCK_MS = 90_000;

/** One share, and the tab that keeps it alive. */
interface Shared {
  readonly file: SampleFile;
  readonly link: string;
}

test('ten tabs come and go on three shares', async ({ server, sample, tab, tabElsewhere }) => {
  test.setTimeout(SPAN_MS + 4 * STUCK_MS);
  const random = seededRandom(20_261_126);
  const drawn = (): number => random.uint32() / 2 ** 32;
  const faults: string[] = [];
  const watched = async (page: Page): Promise<Page> => {
    page.on('pageerror', (error) => faults.push(error.message));
    return page;
  };
  const shares: Shared[] = [];
  for (const [name, megabytes] of [
    ['small', 1],
    ['middle', 4],
    ['large', 10],
  ] as const) {
    const file = await sample(`${name}.bin`, megabytes * MEGABYTE);
    shares.push({ file, link: await share(await watched(await tab()), server.origin, file) });
  }
  const endsAt = performance.now() + SPAN_MS;
  const visits = { complete: 0, left: 0 };

  /** One place at the table: a tab comes, and is complete, or leaves halfway by closing or by a reload; then the next one comes. */
  const sit = async (place: number): Promise<void> => {
    while (performance.now() < endsAt) {
      const { file, link } = shares[Math.floor(drawn() * shares.length)];
      const page = await watched(await (place % 2 === 0 ? tab() : tabElsewhere()));
      await page.goto(link);
      const fate = drawn();
      if (fate < 0.3) {
        await expect(page.getByRole('region', { name: 'State' })).toBeVisible();
        visits.left += 1;
      } else {
        if (fate < 0.5) await page.reload();
        await expectSame(page, file, STUCK_MS);
        visits.complete += 1;
      }
      await page.close();
    }
  };
  await Promise.all(Array.from({ length: TABS }, (_, place) => sit(place)));

  expect(faults).toEqual([]);
  expect(visits.complete).toBeGreaterThan(2);
  expect(visits.left).toBeGreaterThan(0);
  // Whoever comes at the end is served as well as whoever came first.
  for (const { file, link } of shares) {
    const last = await watched(await tabElsewhere());
    await last.goto(link);
    await expectSame(last, file, STUCK_MS);
  }
});

/** The two pictures of README.md: a tab that shares with three others, and one of these at about half. */
import { MEGABYTE } from './files.ts';
import { expect, progress, share, test } from './fixtures.ts';

const FOLDER = 'web/pictures';
/** So high that all of a card is on it. */
const SHARING = { width: 1280, height: 800 };
const RECEIVING = { width: 1280, height: 880 };

test('sharing and receiving', async ({ server, sample, tab, tabElsewhere }) => {
  const file = await sample('Water cycle.mp4', 24 * MEGABYTE);
  const sharer = await tab({ bytesPerSecond: 2 * MEGABYTE });
  // Under a name that others could reach, as there is a warning otherwise.
  const link = await share(sharer, server.origin.replace('localhost', 'swarm.test'), file);
  const tabs = await Promise.all([1, 2, 3].map(() => tabElsewhere({ bytesPerSecond: MEGABYTE })));
  await sharer.setViewportSize(SHARING);
  for (const page of tabs) await page.setViewportSize(RECEIVING);
  await Promise.all(tabs.map((page) => page.goto(link)));
  await expect.poll(() => progress(tabs[0]), { intervals: [50] }).toBeGreaterThan(40);
  await sharer.bringToFront();
  await sharer.screenshot({ path: `${FOLDER}/sharing.png` });
  await tabs[0].bringToFront();
  await tabs[0].getByText('Who is connected').click();
  await expect(tabs[0].getByRole('table')).toBeVisible();
  await tabs[0].screenshot({ path: `${FOLDER}/receiving.png` });
});

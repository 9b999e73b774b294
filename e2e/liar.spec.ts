/** A neighbour that sends wrong bytes costs time, not the file. */
import { MEGABYTE } from './files.ts';
import { expect, expectComplete, expectSame, share, test } from './fixtures.ts';
import { tapped } from './wire-tap.ts';

test('[B1] [B2] a tab whose every block is wrong is survived and dropped', async ({ server, sample, tab }) => {
  const file = await sample('exam.bin', 8 * MEGABYTE);
  const link = await share(await tab({ bytesPerSecond: 4 * MEGABYTE }), server.origin, file);
  const liar = await tab({ lies: true });
  await liar.goto(link);
  await expectComplete(liar);

  const tabs = [await tab(), await tab()];
  await Promise.all(tabs.map((page) => page.goto(link)));
  for (const page of tabs) await expectSame(page, file);
  const { contentBytes } = await tapped(liar);
  expect(contentBytes, 'the liar was asked').toBeGreaterThan(0);
  expect(contentBytes, 'the liar was not asked for everything').toBeLessThan(file.bytes);
});

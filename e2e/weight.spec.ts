/** The page stays light: what opening it costs before anything is shared. */
import { MEGABYTE } from './files.ts';
import { expect, expectComplete, share, test } from './fixtures.ts';
import { PAGE_BYTES_MAX, weigh } from './page-weight.ts';

test('sharing and receiving each fetch at most 80 kB of JavaScript and CSS', async ({ server, sample, tab }) => {
  const [sharer, receiver] = [await tab(), await tab()];
  const [sharerWeight, receiverWeight] = [weigh(sharer), weigh(receiver)];
  await receiver.goto(await share(sharer, server.origin, await sample('leaflet.bin', MEGABYTE)));
  await expectComplete(receiver);
  for (const bytes of [await sharerWeight(), await receiverWeight()]) {
    expect(bytes).toBeGreaterThan(PAGE_BYTES_MAX / 4);
    expect(bytes).toBeLessThanOrEqual(PAGE_BYTES_MAX);
  }
});

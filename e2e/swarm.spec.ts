/** The swarm outlives the one who began it. */
import { MEGABYTE } from './files.ts';
import { expect, expectSame, progress, share, test } from './fixtures.ts';
import { setUplink, tapped } from './wire-tap.ts';

const PIECE_BYTES = 262_144;

test('the sharer closes once the others hold one copy together, and all of them finish', async ({
  server,
  sample,
  tab,
}) => {
  test.setTimeout(100_000);
  const file = await sample('lecture.bin', 8 * MEGABYTE);
  const pieces = Math.ceil(file.bytes / PIECE_BYTES);
  const sharer = await tab({ bytesPerSecond: 1.5 * MEGABYTE });
  const link = await share(sharer, server.origin, file);

  // The tabs give little at first: by the sharer alone, one copy is out long before anybody has all of it.
  const tabs = await Promise.all([1, 2, 3].map(() => tab({ bytesPerSecond: 0.15 * MEGABYTE })));
  await Promise.all(tabs.map((page) => page.goto(link)));
  const announced = async (): Promise<number> => {
    const each = await Promise.all(tabs.map(tapped));
    return new Set(each.flatMap((one) => one.pieces)).size;
  };
  await expect.poll(announced, { intervals: [100], timeout: 45_000 }).toBe(pieces);
  for (const percent of await Promise.all(tabs.map(progress))) expect(percent).toBeLessThan(100);
  await sharer.close();

  await Promise.all(tabs.map((page) => setUplink(page, 4 * MEGABYTE)));
  for (const page of tabs) await expectSame(page, file);
});

test('a tab that is complete serves newcomers after the sharer has left', async ({
  server,
  sample,
  tab,
  tabElsewhere,
}) => {
  const file = await sample('handout.bin', 4 * MEGABYTE);
  const sharer = await tab();
  const link = await share(sharer, server.origin, file);
  const first = await tab();
  await first.goto(link);
  await expectSame(first, file);
  await sharer.close();

  const second = await tabElsewhere();
  await second.goto(link);
  await expectSame(second, file);
});

/** Stories drawn by lot end well, and no engine contradicts itself on the way. */
import { expect, test } from 'vitest';
import { playChaos } from './chaos.ts';

async function expectGoodEnd(seed: number): Promise<void> {
  const { world, honest } = await playChaos(seed);
  expect(honest.length).toBeGreaterThan(0);
  for (const peer of honest) expect(peer.isComplete).toBe(true);
  expect(world.total.blockBytes).toBeGreaterThanOrEqual(world.content.metainfo.length);
}

test.each([1, 2, 3, 4, 5, 7, 8, 9])(
  'whatever happens in story %i, every honest peer that stays is complete',
  expectGoodEnd,
);

// A lone seed hid pieces for ever, since a neighbour that it had shown them to lied about them or never fetched them.
test.each([6, 14, 158, 163, 181])('story %i ends, though a neighbour keeps what it was shown', expectGoodEnd);

// The same, and the neighbour asked for anything but that.
test.each([184])('story %i ends in good time', async (seed) => {
  const { world } = await playChaos(seed);
  expect(world.now).toBeLessThan(120_000);
});

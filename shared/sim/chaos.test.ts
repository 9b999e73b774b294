/** Stories drawn by lot end well, and no engine contradicts itself on the way. */
import { expect, test } from 'vitest';
import { playChaos } from './chaos.ts';

test.each([1, 2, 3, 4, 5, 7, 8, 9, 10])(
  'whatever happens in story %i, every honest peer that stays is complete',
  async (seed) => {
    const { world, honest } = await playChaos(seed);
    expect(honest.length).toBeGreaterThan(0);
    for (const peer of honest) expect(peer.isComplete).toBe(true);
    expect(world.total.blockBytes).toBeGreaterThanOrEqual(world.content.metainfo.length);
  },
);

/** Which links give way. */
import { expect, test } from 'vitest';
import { minutes } from '../../base/time.ts';
import type { LinkId } from '../swarm-io.ts';
import { IDLE_LINK_MS, leastUseful, type LinkUse } from './link-use.ts';

const NOW = minutes(60);

const use = (link: number, idleMs: number, areBothComplete = false): LinkUse => ({
  link: link as LinkId,
  areBothComplete,
  movedAt: NOW - idleMs,
});

test('[N7] links on which blocks move, or moved of late, are of use', () => {
  expect(leastUseful([use(1, 0), use(2, IDLE_LINK_MS - 1)], NOW)).toBeNull();
});

test('[N7] the longest idle gives way, but two complete ones go first', () => {
  const idle = [use(1, IDLE_LINK_MS), use(2, minutes(9)), use(3, 0)];
  expect(leastUseful(idle, NOW)).toBe(2);
  expect(leastUseful([...idle, use(4, 0, true)], NOW)).toBe(4);
});

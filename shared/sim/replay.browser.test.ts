/** One seed, one story: in Node as in Chromium. */
import { expect, inject, test } from 'vitest';
import { hashOfStory } from './replay.test-kit.ts';

test('a run has the same log in a browser as in Node, again and again', async () => {
  const hashes = [await hashOfStory(), await hashOfStory()];
  expect(hashes[0]).toMatch(/^[0-9a-f]{8}$/);
  expect(hashes).toEqual([inject('hashInNode'), inject('hashInNode')]);
});

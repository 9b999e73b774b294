/**
 * No message costs more in a huge torrent. What is measured here is real time, of which other processes take their part: the least of three
 * counts, small and huge in turn, and the limit is wide. In proportion it would be 164.
 */
import { expect, test } from 'vitest';
import { messageCosts } from './message-costs.ts';

const ROUNDS = Array.from({ length: 3 }, () =>
  [1000, 163_840].map((pieces) => messageCosts(pieces, () => performance.now())),
);

test.each(['have', 'request', 'piece'] as const)('a %s costs no more with 163,840 pieces than with 1,000', (kind) => {
  const [few, many] = [0, 1].map((size) => Math.min(...ROUNDS.map((round) => round[size][kind])));
  expect(few).toBeGreaterThan(0);
  expect(many / few).toBeLessThan(20);
});

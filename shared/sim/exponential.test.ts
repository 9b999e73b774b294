/** Waiting times are those of a Poisson process. */
import { expect, test } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { exponential } from './exponential.ts';
import { mean } from './metrics.ts';

test('draws have mean 1, variance 1, and the right share beyond 2', () => {
  const random = seededRandom(1);
  const draws = Array.from({ length: 50_000 }, () => exponential(random));
  expect(mean(draws)).toBeCloseTo(1, 1);
  expect(mean(draws.map((draw) => (draw - 1) ** 2))).toBeCloseTo(1, 1);
  expect(draws.filter((draw) => draw > 2).length / draws.length).toBeCloseTo(0.1353, 2);
  expect(draws.every((draw) => draw >= 0)).toBe(true);
});

test('the first draws of a seed are the same everywhere', () => {
  const random = seededRandom(7);
  expect(Array.from({ length: 4 }, () => exponential(random).toFixed(6))).toMatchInlineSnapshot(`
    [
      "0.206897",
      "0.464180",
      "0.135513",
      "1.396372",
    ]
  `);
});

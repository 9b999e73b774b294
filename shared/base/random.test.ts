/** Proves that chance can be repeated, and that it is fair. */
import { expect, test } from 'vitest';

import { randomBelow, randomBytes, randomPick, randomSample, seededRandom, shuffle } from './random.ts';

/** Draws of each test of fairness, and how unfair they may be: chance alone goes so far once in ten million tests. */
const DRAWS = 20_000;
const UNFAIRNESS_MAX = 5.5;

const ascending = (a: number, b: number): number => a - b;

/** How often `draw` gave each of the numbers 0 … `kinds` − 1. */
function tally(kinds: number, draw: () => number): number[] {
  const counts = Array.from({ length: kinds }, () => 0);
  for (let index = 0; index < DRAWS; index += 1) counts[draw()] += 1;
  return counts;
}

/** How far the count that is furthest from its share lies from it, in standard deviations. */
function unfairness(counts: readonly number[]): number {
  const share = DRAWS / counts.length;
  return Math.max(...counts.map((count) => Math.abs(count - share))) / Math.sqrt(share);
}

test('the same seed gives the same draws, another seed others', () => {
  const draws = (seed: number): number[] => {
    const random = seededRandom(seed);
    return Array.from({ length: 20 }, () => random.uint32());
  };
  expect(draws(7)).toEqual(draws(7));
  expect(draws(7)).not.toEqual(draws(8));
  expect(new Set(draws(0)).size).toBe(20);
});

test('the first draws of a seed stay what they are, so that pinned failures can be replayed', () => {
  const random = seededRandom(1);
  expect([random.uint32(), random.uint32(), random.uint32()]).toEqual([3_359_835_970, 1_182_520_828, 4_267_878_529]);
});

test('draws are 32-bit, whole and not negative', () => {
  const random = seededRandom(2);
  for (let index = 0; index < 1000; index += 1) {
    const draw = random.uint32();
    expect(Number.isInteger(draw) && draw >= 0 && draw < 2 ** 32).toBe(true);
  }
});

test('a number below a bound is any of them equally often', () => {
  const random = seededRandom(3);
  expect(unfairness(tally(6, () => randomBelow(random, 6)))).toBeLessThan(UNFAIRNESS_MAX);
  expect(randomBelow(random, 1)).toBe(0);
});

test('one of a list is any of them equally often', () => {
  const random = seededRandom(4);
  expect(unfairness(tally(5, () => randomPick(random, [0, 1, 2, 3, 4])))).toBeLessThan(UNFAIRNESS_MAX);
});

test('every order of a shuffle is equally likely', () => {
  const random = seededRandom(5);
  const orders = ['012', '021', '102', '120', '201', '210'];
  expect(unfairness(tally(6, () => orders.indexOf(shuffle(random, ['0', '1', '2']).join(''))))).toBeLessThan(
    UNFAIRNESS_MAX,
  );
});

test('every subset of a sample is equally likely, and the list stays as it is', () => {
  const random = seededRandom(6);
  const list = Object.freeze([0, 1, 2, 3]);
  const pairs = ['01', '02', '03', '12', '13', '23'];
  expect(
    unfairness(tally(6, () => pairs.indexOf(randomSample(random, list, 2).sort(ascending).join('')))),
  ).toBeLessThan(UNFAIRNESS_MAX);
});

test('a sample repeats nothing, and is the whole list when more is asked for', () => {
  const random = seededRandom(7);
  expect(randomSample(random, [1, 2, 3], 9).sort(ascending)).toEqual([1, 2, 3]);
  expect(randomSample(random, [1, 2, 3], 0)).toEqual([]);
  expect(randomSample(random, [], 2)).toEqual([]);
});

test('random bytes are as many as asked for, of every value', () => {
  expect(new Set(randomBytes(seededRandom(8), 10_000)).size).toBe(256);
});

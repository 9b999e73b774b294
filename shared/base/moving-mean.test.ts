/** A mean that follows what it measures. */
import { expect, test } from 'vitest';
import { MovingMean } from './moving-mean.ts';

test('the first value is the mean, and each further one moves it by its share', () => {
  const mean = new MovingMean(1 / 4);
  expect(mean.value).toBeNull();
  mean.add(8);
  expect(mean.value).toBe(8);
  mean.add(0);
  expect(mean.value).toBe(6);
});

/** Waiting times of a Poisson process, alike in every engine of JavaScript: no logarithm, whose last digits may differ. */
import type { Random } from '../base/random.ts';

/**
 * A draw from the exponential distribution with mean 1, by comparisons alone (von Neumann 1951): the first of a falling run of
 * uniform draws is taken when the run has an odd length, and otherwise one is added and a new run begins.
 */
export function exponential(random: Random): number {
  for (let whole = 0; ; whole += 1) {
    const first = random.uint32();
    let length = 1;
    for (let previous = first, next = random.uint32(); next < previous; next = random.uint32()) {
      previous = next;
      length += 1;
    }
    if (length % 2 === 1) return whole + first / 4_294_967_296;
  }
}

/** Chance, from a seed: the same seed gives the same draws in every engine, since only 32-bit integers are used. */

/** A source of chance. One per swarm, one per simulation; never shared between two that must replay alone. */
export interface Random {
  /** A whole number in 0 … 2³² − 1. */
  readonly uint32: () => number;
}

/** The generator sfc32 (Chris Doty-Humphrey, PractRand), seeded by one 32-bit number. */
export function seededRandom(seed: number): Random {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = seed | 0;
  let counter = 1;
  const uint32 = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round += 1) uint32();
  return { uint32 };
}

/** A whole number in 0 … `bound` − 1. `bound` is 1 … 2³² (the bias below 2⁻²⁰ for bounds below 4,096 is accepted). */
export function randomBelow(random: Random, bound: number): number {
  return Math.floor((random.uint32() / 4_294_967_296) * bound);
}

/** One element of a non-empty list. */
export function randomPick<T>(random: Random, list: readonly T[]): T {
  return list[randomBelow(random, list.length)];
}

/** Puts `list` into random order, in place (Fisher and Yates), and returns it. */
export function shuffle<T>(random: Random, list: T[]): T[] {
  for (let last = list.length - 1; last > 0; last -= 1) {
    const other = randomBelow(random, last + 1);
    [list[last], list[other]] = [list[other], list[last]];
  }
  return list;
}

/** Up to `count` different elements of `list`, each subset equally likely; `list` is left as it is. */
export function randomSample<T>(random: Random, list: readonly T[], count: number): T[] {
  const copy = [...list];
  const size = Math.min(count, copy.length);
  for (let index = 0; index < size; index += 1) {
    const other = index + randomBelow(random, copy.length - index);
    [copy[index], copy[other]] = [copy[other], copy[index]];
  }
  return copy.slice(0, size);
}

/** `count` random bytes. */
export function randomBytes(random: Random, count: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: count }, () => random.uint32() & 0xff);
}

/** Time is a number of milliseconds on a clock that only goes forward; where it started means nothing. */

/** A moment or a span, in milliseconds. */
export type Millis = number;

/** A span of `count` seconds. */
export const seconds = (count: number): Millis => count * 1000;

/** A span of `count` minutes. */
export const minutes = (count: number): Millis => count * 60_000;

/** Later than every moment: "no alarm is set". */
export const NEVER: Millis = Number.POSITIVE_INFINITY;

/** How many requests are in flight with one neighbour, and when its silence is too long. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minutes, seconds } from '../../base/time.ts';
import { BLOCK_BYTES } from '../../wire/limits.ts';
import {
  AHEAD_MS,
  DEPTH_FIRST,
  DEPTH_MAX,
  DEPTH_MIN,
  RequestWindow,
  SNUB_MS,
  SNUB_MS_MIN,
  snubAfterMs,
} from './request-window.ts';
import { RoundTrips } from './round-trips.ts';

const MANY = 10_000;

/** All the requests that a window has room for; how many there are now. */
function fill(window: RequestWindow, now: number, queueMax = MANY): number {
  for (let room = window.room(queueMax); room > 0; room -= 1) {
    let key = 0;
    while (window.has(key)) key += 1;
    window.add(key, now);
  }
  return window.size;
}

/**
 * A neighbour at this rate (bytes per second) and round trip, for a minute: how many requests are in flight in the end. The
 * shortest round trip with the others is `elsewhereMs`; they are as near as this one unless said. What we send it takes `blockMs` for each block.
 */
function depthAfter(rate: number, roundTripMs: number, elsewhereMs: number | null = roundTripMs, blockMs = 0): number {
  const roundTrips = new RoundTrips();
  const window = new RequestWindow(0, roundTrips);
  const waiting: { key: number; answerAt: number }[] = [];
  let freeAt = 0;
  let key = 0;
  for (let now = 0; now < seconds(60); now += 5) {
    if (elsewhereMs !== null) roundTrips.add(elsewhereMs, now);
    while (waiting.length > 0 && waiting[0].answerAt <= now) {
      window.answered(waiting[0].key, BLOCK_BYTES, now, blockMs);
      waiting.shift();
    }
    for (let room = window.room(MANY); room > 0; room -= 1) {
      freeAt = Math.max(freeAt, now + roundTripMs) + (BLOCK_BYTES * 1000) / rate;
      window.add((key += 1), now);
      waiting.push({ key, answerAt: freeAt });
    }
  }
  return window.size;
}

test('[R2] requests that wait behind a block of ours for a second are more by the blocks of a second and a half', () => {
  const rate = 8 * BLOCK_BYTES;
  expect(depthAfter(rate, 50, 50, seconds(1)) - depthAfter(rate, 50)).toBe(12);
});

test.each([
  ['one', 1],
  ['fixed', 5],
] as const)('with %s request(s) at once, the depth never changes', (pipelining, depth) => {
  const window = new RequestWindow(0, new RoundTrips(), pipelining);
  for (let now = 0; now < 1000; now += 100) {
    expect(fill(window, now)).toBe(depth);
    for (let key = 0; window.size > 0; key += 1) window.answered(key, BLOCK_BYTES, now + 50);
  }
});

test('[R2] at first a few requests are in flight, and at least one more with each block that comes', () => {
  const window = new RequestWindow(0, new RoundTrips());
  expect(fill(window, 0)).toBe(DEPTH_FIRST);
  expect(DEPTH_FIRST).toBeLessThan(DEPTH_MAX / 10);
  for (let block = 1; block <= 5; block += 1) {
    window.answered(block - 1, BLOCK_BYTES, 50);
    expect(fill(window, 50)).toBeGreaterThanOrEqual(DEPTH_FIRST + block);
  }
});

test.each([
  [64_000, 50],
  [1_000_000, 50],
  [1_000_000, 300],
])(
  '[R2] then as many as %d bytes per second need over a round trip of %d ms and its work ahead',
  (rate, roundTripMs) => {
    const needed = Math.max(DEPTH_MIN, (rate * (roundTripMs + AHEAD_MS)) / 1000 / BLOCK_BYTES);
    const depth = depthAfter(rate, roundTripMs);
    expect(depth).toBeGreaterThanOrEqual(Math.floor(needed * 0.9));
    expect(depth).toBeLessThanOrEqual(Math.ceil(needed * 1.7) + 1);
  },
);

test('[R2] as many more as are needed when requests to anybody take long, since they wait on our side', () => {
  const least = (75_000 * (800 + AHEAD_MS)) / 1000 / BLOCK_BYTES;
  expect(depthAfter(75_000, 800, 800)).toBeGreaterThanOrEqual(Math.floor(0.9 * least));
  // The first round trip was short: our uplink was idle then.
  expect(depthAfter(75_000, 50, 800)).toBeGreaterThanOrEqual(Math.floor(0.9 * least));
  expect(depthAfter(75_000, 50, 50)).toBeLessThanOrEqual(3);
});

test('[R2] with one neighbour alone no more than a second of its work and the usual lies ready', () => {
  const most = (1_000_000 * (1000 + AHEAD_MS)) / 1000 / BLOCK_BYTES;
  expect(depthAfter(1_000_000, 50, null)).toBeLessThanOrEqual(Math.ceil(1.1 * most));
});

test('[R2] never fewer than the least, however slow, and never more than the most, however fast', () => {
  expect(depthAfter(8000, 50)).toBe(DEPTH_MIN);
  expect(depthAfter(1_000_000_000, 300)).toBe(DEPTH_MAX);
});

test('[R2] never more than the neighbour accepts', () => {
  const window = new RequestWindow(0, new RoundTrips());
  expect(fill(window, 0, 3)).toBe(3);
  expect(window.room(2)).toBeLessThanOrEqual(0);
});

test('[R3] a request ends once: by its block, by an end without one, or with all others', () => {
  const window = new RequestWindow(0, new RoundTrips());
  for (let key = 0; key < 8; key += 1) window.add(key, 0);
  expect([window.answered(0, BLOCK_BYTES, 1), window.answered(0, BLOCK_BYTES, 1), window.end(0)]).toEqual([
    true,
    false,
    false,
  ]);
  expect([window.end(1), window.end(1), window.answered(1, BLOCK_BYTES, 1)]).toEqual([true, false, false]);
  expect(window.clear()).toEqual([2, 3, 4, 5, 6, 7]);
  expect([window.size, window.clear()]).toEqual([0, []]);
});

test('[R5] 20 s of silence with requests waiting is a snub, and leaves room for one request', () => {
  const window = new RequestWindow(0, new RoundTrips());
  fill(window, seconds(100));
  expect(window.judgeSilence(seconds(100) + SNUB_MS - 1)).toBe(false);
  expect(window.judgeSilence(seconds(100) + SNUB_MS)).toBe(true);
  window.clear();
  expect([window.isSnubbed, fill(window, seconds(120))]).toEqual([true, 1]);
});

test('[R5] where blocks come fast, silence is noticed sooner, but never before 5 s', () => {
  expect([snubAfterMs(null, 0), snubAfterMs(100, 0), snubAfterMs(100, 2000)]).toEqual([SNUB_MS, SNUB_MS_MIN, 16_000]);
  expect([snubAfterMs(1000, 10), snubAfterMs(10, 9000)]).toEqual([8000, SNUB_MS]);
});

test('[R5] the one request of a snubbing neighbour meets silence 20 s later, not sooner', () => {
  const window = new RequestWindow(0, new RoundTrips());
  fill(window, 0);
  window.judgeSilence(SNUB_MS);
  window.clear();
  fill(window, SNUB_MS);
  expect(window.judgeSilence(2 * SNUB_MS - 1)).toBe(false);
  expect(window.judgeSilence(2 * SNUB_MS)).toBe(true);
});

test('[R5] a block ends the snub, and a slow stream is none', () => {
  const window = new RequestWindow(0, new RoundTrips());
  for (let key = 0; key < 6; key += 1) window.add(key, 0);
  for (let key = 0; key < 5; key += 1) {
    window.answered(key, BLOCK_BYTES, (key + 1) * (SNUB_MS - 1));
    expect(window.judgeSilence((key + 1) * (SNUB_MS - 1))).toBe(false);
  }
  expect(window.judgeSilence(seconds(1000))).toBe(true);
  window.answered(5, BLOCK_BYTES, seconds(1001));
  expect(window.isSnubbed).toBe(false);
});

test('[R5] a neighbour that was asked for nothing cannot snub', () => {
  const window = new RequestWindow(0, new RoundTrips());
  expect(window.judgeSilence(minutes(60))).toBe(false);
  fill(window, minutes(60));
  expect(window.judgeSilence(minutes(60) + SNUB_MS - 1)).toBe(false);
});

test('[N5] after sleep the silence begins anew', () => {
  const window = new RequestWindow(0, new RoundTrips());
  fill(window, 0);
  window.restart(minutes(60));
  expect(window.judgeSilence(minutes(60) + SNUB_MS - 1)).toBe(false);
  expect(window.judgeSilence(minutes(60) + SNUB_MS)).toBe(true);
});

test('[R2] [R3] whatever comes when, the room is bounded and every request ends once', () => {
  const step = fc.record({ kind: fc.constantFrom('fill', 'answer', 'end', 'clear', 'judge'), after: fc.nat(5000) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), fc.integer({ min: 0, max: 600 }), (steps, queueMax) => {
      const window = new RequestWindow(0, new RoundTrips());
      let now = 0;
      for (const { kind, after } of steps) {
        now += after;
        const [oldest] = window.keys();
        const size = window.size;
        let ended = 0;
        if (kind === 'fill') fill(window, now, queueMax);
        if (kind === 'answer') ended = Number(window.answered(oldest ?? -1, BLOCK_BYTES, now));
        if (kind === 'end') ended = Number(window.end(oldest ?? -1));
        if (kind === 'clear') ended = window.clear().length;
        if (kind === 'judge') window.judgeSilence(now);
        expect(kind === 'fill' ? ended : window.size).toBe(kind === 'fill' ? 0 : size - ended);
        expect(window.size).toBeLessThanOrEqual(Math.min(queueMax, DEPTH_MAX));
        expect(window.room(MANY) + window.size).toBeGreaterThanOrEqual(window.isSnubbed ? 1 : DEPTH_MIN);
        expect(window.room(MANY) + window.size).toBeLessThanOrEqual(DEPTH_MAX);
      }
    }),
    { seed: 6, numRuns: 300 },
  );
});

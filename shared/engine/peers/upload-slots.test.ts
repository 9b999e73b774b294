/** How many neighbours are served at once, for lines and windows of all kinds. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seconds } from '../../base/time.ts';
import { BLOCK_BYTES } from '../../wire/limits.ts';
import { UPLOAD_SLOTS, UPLOAD_SLOTS_MAX } from './choker.ts';
import { UploadSlots } from './upload-slots.ts';

/** What differs from neighbours near by, all of whom are busy. */
interface Crowd {
  readonly busyShare?: number;
  readonly roundTripMs?: number;
  readonly getFirstCopies?: boolean;
}

/** The slots in the end, when `rateOf` tells what leaves in each second, in bytes, with so many slots. */
function slotsAfter(
  times: number,
  rateOf: (slots: number, second: number) => number,
  { busyShare = 1, roundTripMs = 50, getFirstCopies = false }: Crowd = {},
): number {
  const slots = new UploadSlots(0);
  for (const late of [400, 0, 90]) slots.asked(roundTripMs + late);
  for (let second = 0; second < times; second += 1) {
    const { count } = slots;
    for (let part = 0; part < 10; part += 1) {
      slots.sent(rateOf(count, second) / 10, seconds(second) + 100 * part);
    }
    slots.review({ count, busy: Math.floor(busyShare * count), getFirstCopies }, seconds(second) + 950);
  }
  return slots.count;
}

const UPLINK = 1_000_000;

test('[C1] five slots that fill the uplink stay five', () => {
  expect(slotsAfter(60, () => UPLINK)).toBe(UPLOAD_SLOTS);
});

test('[C1] where windows grow and hold each neighbour back, slots are added until the uplink is full, and no further', () => {
  const most = 60_000;
  const windowed = (slots: number, second: number): number =>
    Math.min(UPLINK, slots * Math.min(most, 40_000 + 5000 * second));
  const slots = slotsAfter(60, windowed);
  expect(slots * most).toBeGreaterThan(0.8 * UPLINK);
  expect(slots).toBeLessThanOrEqual(UPLOAD_SLOTS_MAX);
});

test('[C1] on a slow line none are added that would leave neighbours less than a block per second', () => {
  const seen: number[] = [];
  slotsAfter(60, (slots, second) => {
    seen.push(slots);
    return Math.min(7.5 * BLOCK_BYTES, slots * (10_000 + 1000 * second));
  });
  expect(Math.max(...seen)).toBeLessThanOrEqual(7);
  expect(seen.filter((slots) => slots > UPLOAD_SLOTS)).not.toEqual([]);
});

test('[C1] that more leaves than before, while there was less to send before, adds none', () => {
  expect(slotsAfter(3, (_, second) => [UPLINK / 4, UPLINK / 2, UPLINK][second])).toBe(UPLOAD_SLOTS);
});

test('[C1] slots that are no longer needed are taken back one by one', () => {
  const windowed = (slots: number, second: number): number => Math.min(UPLINK, slots * (40_000 + 5000 * second));
  expect(slotsAfter(90, windowed)).toBe(UPLOAD_SLOTS);
});

test('[C1] none are added while those served want less than they could get', () => {
  expect(slotsAfter(60, (_, second) => 100_000 + 5000 * second, { busyShare: 0.5 })).toBe(UPLOAD_SLOTS);
});

test('[C1] neighbours that are far away have more slots from the first second, five for each 100 ms of the shortest round trip', () => {
  const after = (times: number, roundTripMs: number): number => slotsAfter(times, () => UPLINK / 2, { roundTripMs });
  expect([20, 100, 101, 200, 300, 2000].map((roundTripMs) => after(1, roundTripMs))).toEqual([
    UPLOAD_SLOTS,
    UPLOAD_SLOTS,
    UPLOAD_SLOTS + 1,
    2 * UPLOAD_SLOTS,
    3 * UPLOAD_SLOTS,
    UPLOAD_SLOTS_MAX,
  ]);
  expect(after(60, 300)).toBe(3 * UPLOAD_SLOTS);
});

test('[C1] on a slow line, distance adds none that would leave neighbours less than a block per second', () => {
  expect(slotsAfter(60, () => 7.5 * BLOCK_BYTES, { roundTripMs: 300 })).toBe(7);
});

test('[C1] who gives first copies takes slots away as far as three fill the uplink', () => {
  expect(slotsAfter(60, () => UPLINK / 4, { getFirstCopies: true })).toBe(3);
});

test('[C1] fresh windows must fill its uplink, and one may be between two pieces', () => {
  const after = (roundTripMs: number): number =>
    slotsAfter(60, () => UPLINK / 2, { getFirstCopies: true, roundTripMs });
  expect([20, 40, 60, 85, 300].map(after)).toEqual([3, 3, 4, 5, 14]);
});

test('[C1] slots that turned out to be too few are not tried again for half a minute', () => {
  let looksBelow = 0;
  const limited = (slots: number): number => {
    if (slots < UPLOAD_SLOTS) looksBelow += 1 / 10;
    return (Math.min(slots, UPLOAD_SLOTS) * UPLINK) / 20;
  };
  expect(slotsAfter(40, limited, { getFirstCopies: true })).toBe(UPLOAD_SLOTS);
  expect(looksBelow).toBeLessThan(4);
});

test('[C1] never fewer than five, three while first copies are given, and never more than the most', () => {
  const look = fc.record({
    bytes: fc.nat(UPLINK),
    count: fc.nat(UPLOAD_SLOTS_MAX),
    idle: fc.nat(3),
    wait: fc.nat(5000),
    askedAfter: fc.nat(2000),
    getFirstCopies: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(look, { maxLength: 100 }), (looks) => {
      const slots = new UploadSlots(0);
      let now = 0;
      for (const { bytes, count, idle, wait, askedAfter, getFirstCopies } of looks) {
        now += wait;
        slots.asked(askedAfter);
        slots.sent(bytes, now);
        slots.review({ count, busy: Math.max(0, count - idle), getFirstCopies }, now);
        expect(slots.count).toBeGreaterThanOrEqual(getFirstCopies ? 3 : UPLOAD_SLOTS);
        expect(slots.count).toBeLessThanOrEqual(UPLOAD_SLOTS_MAX);
      }
    }),
    { seed: 12, numRuns: 300 },
  );
});

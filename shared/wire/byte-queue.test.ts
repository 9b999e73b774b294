/** Proves that bytes come out as they went in, whatever the packets, and are copied no more than needed. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { ByteQueue } from './byte-queue.ts';

const SEED = 20_260_106;

test('[L2] a portion inside one packet is a view of it', () => {
  const queue = new ByteQueue();
  const packet = Uint8Array.of(1, 2, 3, 4, 5);
  queue.push(packet);
  expect([queue.take(2), queue.take(3)]).toEqual([Uint8Array.of(1, 2), Uint8Array.of(3, 4, 5)]);
  queue.push(packet);
  expect(queue.take(5)?.buffer).toBe(packet.buffer);
});

test('[L2] a portion waits for its last byte', () => {
  const queue = new ByteQueue();
  queue.push(Uint8Array.of(1));
  expect(queue.take(3)).toBeNull();
  queue.push(Uint8Array.of(2));
  expect(queue.take(3)).toBeNull();
  queue.push(Uint8Array.of(3, 4));
  expect(queue.take(3)).toEqual(Uint8Array.of(1, 2, 3));
  expect(queue.take(1)).toEqual(Uint8Array.of(4));
  expect(queue.take(1)).toBeNull();
});

test('nothing is asked for and got, also from an empty queue', () => {
  const queue = new ByteQueue();
  expect(queue.take(0)).toEqual(new Uint8Array(0));
  queue.push(Uint8Array.of(1));
  expect(queue.take(0)).toEqual(new Uint8Array(0));
  expect(queue.take(1)).toEqual(Uint8Array.of(1));
});

test('what was cleared does not come back', () => {
  const queue = new ByteQueue();
  queue.push(Uint8Array.of(1, 2));
  queue.take(1);
  queue.take(2);
  queue.clear();
  queue.push(Uint8Array.of(3, 4));
  expect(queue.take(2)).toEqual(Uint8Array.of(3, 4));
});

test('[L2] any portions of any packets are the same stream', () => {
  const packets = fc.array(fc.uint8Array({ maxLength: 8 }));
  fc.assert(
    fc.property(packets, fc.array(fc.nat(12)), (pushed, portions) => {
      const queue = new ByteQueue();
      const stream = pushed.flatMap((packet) => [...packet]);
      const taken: number[] = [];
      const waiting = [...portions];
      for (const packet of [new Uint8Array(0), ...pushed]) {
        queue.push(packet);
        for (let part = takeNext(queue, waiting); part !== null; part = takeNext(queue, waiting)) taken.push(...part);
      }
      expect(taken).toEqual(stream.slice(0, taken.length));
      expect(waiting[0] ?? 0).toBeGreaterThanOrEqual(Math.min(stream.length - taken.length, waiting[0] ?? 0));
    }),
    { seed: SEED, numRuns: 1000 },
  );
});

/** The portion that stands first in `waiting`, which is then struck off. */
function takeNext(queue: ByteQueue, waiting: number[]): Uint8Array | null {
  const part = waiting.length > 0 ? queue.take(waiting[0]) : null;
  if (part !== null) waiting.shift();
  return part;
}

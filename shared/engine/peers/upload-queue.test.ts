/** What one neighbour asked for and has not got. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pieceIndex } from '../../wire/ids.ts';
import { BLOCK_BYTES, REQUEST_QUEUE_MAX } from '../../wire/limits.ts';
import type { BlockRef } from '../../wire/peer-message.ts';
import { UploadQueue } from './upload-queue.ts';

const blockOf = (piece: number): BlockRef => ({ piece: pieceIndex(piece), offset: 0, length: BLOCK_BYTES });

test('[R7] a thousand requests wait, and no more', () => {
  const queue = new UploadQueue(0);
  for (let piece = 0; piece < REQUEST_QUEUE_MAX; piece += 1) expect(queue.add(blockOf(piece))).toBe(true);
  expect(queue.add(blockOf(5000))).toBe(false);
  expect(queue.next()).toEqual(blockOf(0));
  expect(queue.add(blockOf(5000))).toBe(true);
});

test('[R6] only the very request that is cancelled is taken out, and only while it waits', () => {
  const queue = new UploadQueue(0);
  for (const piece of [1, 2, 3]) queue.add(blockOf(piece));
  expect(queue.next()).toEqual(blockOf(1));
  expect(queue.cancel(blockOf(1))).toBe(false);
  expect(queue.cancel({ ...blockOf(2), length: 5 })).toBe(false);
  expect(queue.cancel({ ...blockOf(2), offset: BLOCK_BYTES })).toBe(false);
  expect(queue.cancel(blockOf(2))).toBe(true);
  expect([queue.next(), queue.next()]).toEqual([blockOf(3), null]);
});

test('what is asked for some places on can be seen, as far as anything is', () => {
  const queue = new UploadQueue(0);
  expect(queue.ahead(1)).toBeNull();
  for (const piece of [1, 2, 3]) queue.add(blockOf(piece));
  expect([queue.ahead(0), queue.ahead(1), queue.ahead(9)]).toEqual([1, 2, 3].map(blockOf));
  queue.next();
  expect(queue.ahead(1)).toEqual(blockOf(3));
  for (const _ of [2, 3]) queue.next();
  expect(queue.ahead(0)).toBeNull();
});

test('[D3] the requests for one piece can be taken out; the others keep their order', () => {
  const queue = new UploadQueue(0);
  for (const piece of [4, 5, 4, 6]) queue.add(blockOf(piece));
  expect(queue.clear(({ piece }) => piece === 4)).toEqual([blockOf(4), blockOf(4)]);
  expect([queue.size, queue.next(), queue.next()]).toEqual([2, blockOf(5), blockOf(6)]);
});

test('a queue does what a list does', () => {
  const step = fc.tuple(fc.constantFrom('add', 'add', 'add', 'next', 'next', 'cancel', 'clear'), fc.nat(9));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const queue = new UploadQueue(0);
      const model: BlockRef[] = [];
      const came: [unknown, unknown][] = [];
      for (const [kind, piece] of steps) {
        if (kind === 'add' && queue.add(blockOf(piece))) model.push(blockOf(piece));
        if (kind === 'next') came.push([queue.next(), model.shift() ?? null]);
        if (kind === 'cancel') {
          const at = model.findIndex((block) => block.piece === piece);
          came.push([queue.cancel(blockOf(piece)), at >= 0]);
          if (at >= 0) model.splice(at, 1);
        }
        if (kind === 'clear' && piece === 0) came.push([queue.clear(), model.splice(0)]);
        expect(queue.size).toBe(model.length);
      }
      expect(came.map(([real]) => real)).toEqual(came.map(([, expected]) => expected));
    }),
    { seed: 7, numRuns: 200 },
  );
});

test('a line that is filled again late has room for more, as far as it is fast', () => {
  const roomAt = (bytesPerSecond: number, lateMs: number): number => {
    const queue = new UploadQueue(0);
    for (let now = 0; now < 2000; now += 20) {
      queue.handedOver(bytesPerSecond / 50, 0);
      queue.sent(bytesPerSecond / 50, now);
    }
    let bytes = 0;
    for (; queue.hasRoom(2000, lateMs); bytes += BLOCK_BYTES) queue.handedOver(BLOCK_BYTES, 0);
    return bytes / BLOCK_BYTES;
  };
  expect([roomAt(160_000, 0), roomAt(160_000, 50), roomAt(20_000, 50)]).toEqual([1, 5, 1]);
});

test('[C8] after a pause a fast line has room for 50 ms of content within a second, and never for more than 256 KiB', () => {
  const queue = new UploadQueue(0);
  const fill = (now: number): number => {
    let bytes = 0;
    for (; queue.hasRoom(now, 0); bytes += BLOCK_BYTES) queue.handedOver(BLOCK_BYTES, 0);
    return bytes;
  };
  const room: number[] = [];
  for (let now = 60_000; now < 61_000; now += 5) {
    room.push(fill(now));
    queue.sent(room.at(-1)!, now + 4);
  }
  expect(room[0]).toBe(BLOCK_BYTES);
  expect(room.at(-1)).toBe(256 * 1024);
});

test('a block holds up what follows it for as long as it takes to leave, and two seconds later nothing does', () => {
  const queue = new UploadQueue(0);
  queue.handedOver(BLOCK_BYTES, 1000);
  queue.sent(BLOCK_BYTES, 1400);
  queue.handedOver(2 * BLOCK_BYTES, 2000);
  expect(queue.blockMs(2000)).toBe(400);
  queue.sent(BLOCK_BYTES, 2300);
  queue.sent(BLOCK_BYTES, 2500);
  expect([queue.blockMs(2500), queue.blockMs(4499), queue.blockMs(4500)]).toEqual([200, 200, 0]);
});

/** The engine in small worlds: everybody finishes with the right bytes, and one seed is one story. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { concatBytes } from '../base/bytes.ts';
import { seconds } from '../base/time.ts';
import { pieceIndex } from '../wire/ids.ts';
import { bytesContent } from './bytes-content.ts';
import type { Content } from './content.ts';
import { gatherCrowd } from './crowd.ts';
import { lengthsContent } from './lengths-content.ts';
import type { SimPeer } from './sim-peer.ts';

const sha1 = (bytes: Uint8Array): Uint8Array => createHash('sha1').update(bytes).digest();
const MIB = 1024 * 1024;

/** The file as a peer has it on disk. */
function fileOf(peer: SimPeer<Uint8Array>, content: Content<Uint8Array>): Uint8Array {
  return concatBytes(Array.from({ length: content.pieceCount }, (_, index) => peer.store.peek(pieceIndex(index))!));
}

test('one seed and twenty newcomers finish, and every file is right', async () => {
  const content = bytesContent({ length: 3 * MIB + 12_345, seed: 1, sha1 });
  const crowd = gatherCrowd({ seed: 1, content, newcomers: 20, checksInvariants: true });
  const { world, newcomers, seed: seedPeer } = crowd;
  await world.run(seconds(120));
  // The last piece is on disk a moment after it is verified.
  await world.run(seconds(130), () => newcomers.every(({ store }) => store.pieces().length === content.pieceCount));
  const whole = Array.from({ length: content.pieceCount }, (_, index) => content.chunk(pieceIndex(index)));
  const right = sha1(concatBytes(whole));
  for (const peer of newcomers) expect(sha1(fileOf(peer, content))).toEqual(right);
  expect(newcomers.filter((peer) => peer.isComplete)).toHaveLength(20);
  expect(world.total.blockBytes).toBeGreaterThanOrEqual(20 * content.metainfo.length);
  expect(world.total.blockBytes).toBeLessThan(1.1 * 20 * content.metainfo.length);
  expect(seedPeer.traffic.sentBlockBytes).toBeLessThan(10 * content.metainfo.length);
});

test.each([0, 1, 16_384, 262_143, 262_144, 262_145])('a file of %i bytes reaches everybody', async (length) => {
  const content = bytesContent({ length, seed: 2, sha1 });
  const { world, newcomers } = gatherCrowd({ seed: 2, content, newcomers: 3, checksInvariants: true });
  const areDone = (): boolean =>
    newcomers.every(({ driver, store }) => {
      const { metainfo } = driver.snapshot();
      return metainfo?.length === length && store.pieces().length === content.pieceCount;
    });
  await world.run(seconds(60), areDone);
  const whole = Array.from({ length: content.pieceCount }, (_, index) => content.chunk(pieceIndex(index)));
  for (const peer of newcomers) expect(sha1(fileOf(peer, content))).toEqual(sha1(concatBytes(whole)));
  expect(world.total.blockBytes).toBeGreaterThanOrEqual(3 * length);
});

test('the same seed gives the same log, another seed another', async () => {
  const logOf = async (seed: number): Promise<string> => {
    const { world } = gatherCrowd({ seed, content: lengthsContent(4 * MIB), newcomers: 10, loss: 0.001 });
    await world.run(seconds(120));
    expect(world.log.entries).toBeGreaterThan(1000);
    return world.log.hash;
  };
  const [first, again, other] = [await logOf(7), await logOf(7), await logOf(8)];
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

test('lengths instead of bytes change nothing about the story', async () => {
  const story = async <Chunk extends { readonly byteLength: number }>(content: Content<Chunk>): Promise<number[]> => {
    const { world, newcomers } = gatherCrowd({ seed: 3, content, newcomers: 5 });
    await world.run(seconds(60));
    return newcomers.flatMap((peer) => peer.verifiedAt);
  };
  const bytes = await story(bytesContent({ length: 2 * MIB, seed: 3, sha1 }));
  const lengths = await story(lengthsContent(2 * MIB));
  expect(bytes).toHaveLength(5 * 8);
  expect(lengths.length).toBe(bytes.length);
  expect(lengths.at(-1)! / bytes.at(-1)!).toBeCloseTo(1, 1);
});

test.each([
  { roundTrip: 5, loss: 0 },
  { roundTrip: 50, loss: 0.01 },
  { roundTrip: 300, loss: 0 },
])('everybody finishes at a round trip of $roundTrip ms and a loss of $loss', async ({ roundTrip, loss }) => {
  const { world, newcomers } = gatherCrowd({
    seed: 4,
    content: lengthsContent(4 * MIB),
    newcomers: 12,
    roundTrip: () => roundTrip,
    loss,
    checksInvariants: true,
  });
  await world.run(seconds(240));
  expect(newcomers.filter((peer) => peer.isComplete)).toHaveLength(12);
});

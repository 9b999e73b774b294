/** Peers that leave, crash, come back, lie and fail: the others finish all the same. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { equalBytes } from '../base/bytes.ts';
import { seededRandom } from '../base/random.ts';
import { minutes, seconds } from '../base/time.ts';
import { BLOCK_BYTES } from '../wire/limits.ts';
import { pieceIndex, type PieceIndex } from '../wire/ids.ts';
import { bytesContent } from './bytes-content.ts';
import { gatherCrowd } from './crowd.ts';
import { liesInBlocks, sendsNoBlocks } from './hostility.ts';
import { lengthsContent } from './lengths-content.ts';
import { AMPLE_STORE } from './memory-store.ts';
import type { SimPeer } from './sim-peer.ts';
import type { Payload } from '../wire/peer-message.ts';

const sha1 = (bytes: Uint8Array): Uint8Array => createHash('sha1').update(bytes).digest();
const MIB = 1024 * 1024;
const HOME = { up: 1_000_000, down: 4_000_000 };

/** Whether these peers together have every piece. */
function haveOneCopy<Chunk extends Payload>(peers: readonly SimPeer<Chunk>[], pieceCount: number): boolean {
  const there = new Set<PieceIndex>();
  for (const peer of peers) for (const piece of peer.verified) there.add(piece);
  return there.size === pieceCount;
}

test.each(['leave', 'crash'] as const)('the seed may %s once one copy is out', async (manner) => {
  const content = lengthsContent(4 * MIB);
  const { world, seed, newcomers } = gatherCrowd({ seed: 11, content, newcomers: 10, checksInvariants: true });
  await world.run(seconds(120), () => haveOneCopy(newcomers, content.pieceCount));
  expect(world.incomplete).toBeGreaterThan(0);
  world.part(seed, manner);
  const sentBySeed = seed.traffic.sentBlockBytes;
  await world.run(minutes(10));
  expect(newcomers.every((peer) => peer.isComplete)).toBe(true);
  expect(seed.traffic.sentBlockBytes - sentBySeed).toBeLessThan(MIB);
});

test('[N4] neighbours of a peer that leaves drop it at once; of one that crashes, when it was silent too long', async () => {
  const { world, newcomers } = gatherCrowd({ seed: 12, content: lengthsContent(MIB), newcomers: 4 });
  await world.run(seconds(60));
  const [leaver, crasher, witness] = newcomers;
  const knows = (other: SimPeer<never>): boolean =>
    witness.driver.snapshot().neighbours.some(({ peerId }) => peerId === other.peerId);
  expect(knows(leaver as never) && knows(crasher as never)).toBe(true);
  const partedAt = world.now;
  world.part(leaver, 'leave');
  world.part(crasher, 'crash');
  await world.run(partedAt + seconds(1), () => !knows(leaver as never));
  expect(knows(crasher as never)).toBe(true);
  await world.run(partedAt + minutes(4), () => !knows(crasher as never));
  expect(world.now - partedAt).toBeGreaterThan(minutes(2));
});

test('a peer that comes back fetches only what it had not stored', async () => {
  const content = bytesContent({ length: 4 * MIB, seed: 13, sha1 });
  const { world, newcomers } = gatherCrowd({ seed: 13, content, newcomers: 5, checksInvariants: true });
  const [first] = newcomers;
  await world.run(seconds(60), () => first.verified.size >= 6);
  world.part(first, 'crash');
  const backAt = world.now + seconds(1);
  await world.run(backAt + seconds(1), () => world.now >= backAt);
  const stored = first.store.pieces().length;
  expect(stored).toBeGreaterThan(3);
  expect(stored).toBeLessThan(content.pieceCount);
  const again = world.rejoin(first);
  await world.run(minutes(5));
  expect(again.isComplete).toBe(true);
  expect(again.verifiedAt).toHaveLength(content.pieceCount - stored);
  expect(again.traffic.receivedBlockBytes).toBeLessThan((content.pieceCount - stored + 2) * 262_144);
});

test('[B1] bad bytes are thrown away, and everybody finishes in spite of the liar', async () => {
  const content = bytesContent({ length: 4 * MIB, seed: 14, sha1 });
  const { world, newcomers } = gatherCrowd({ seed: 14, content, newcomers: 8, checksInvariants: true });
  const liar = world.join({
    host: world.addHost({ up: 4_000_000, down: 4_000_000 }),
    has: 'everything',
    tamper: liesInBlocks(content, seededRandom(1)),
  });
  await world.run(minutes(5));
  // Each of them needs no more than a block to find it out.
  expect(liar.traffic.sentBlockBytes).toBeGreaterThanOrEqual(newcomers.length * BLOCK_BYTES);
  for (const peer of newcomers) {
    expect(peer.isComplete).toBe(true);
    for (const piece of peer.store.pieces()) {
      expect(equalBytes(peer.store.peek(piece)!, content.chunk(piece)), `piece ${piece}`).toBe(true);
    }
  }
  expect(newcomers.some((peer) => peer.driver.snapshot().transferred.wasted > 0)).toBe(true);
});

test('[R5] a neighbour that promises everything and sends nothing does not stop the others', async () => {
  const { world, newcomers } = gatherCrowd({ seed: 15, content: lengthsContent(2 * MIB), newcomers: 4 });
  const mute = world.join({
    host: world.addHost(HOME),
    has: 'everything',
    tamper: sendsNoBlocks,
  });
  await world.run(minutes(5));
  expect(newcomers.every((peer) => peer.isComplete)).toBe(true);
  expect(mute.traffic.sentMessages.get('unchoke')).toBeGreaterThan(0);
  expect(mute.traffic.sentBlockBytes).toBe(0);
});

test('[B4] a neighbour that sends rubbish is dropped', async () => {
  const { world, seed, newcomers } = gatherCrowd({ seed: 16, content: lengthsContent(2 * MIB), newcomers: 4 });
  const vandal = world.join({
    host: world.addHost(HOME),
    has: 'metainfo',
    tamper: (message) => (message.kind === 'have' ? { kind: 'malformed', reason: 'rubbish' } : message),
  });
  const everybody = [seed, ...newcomers];
  const vandalised = (): number => vandal.traffic.sentMessages.get('malformed') ?? 0;
  await world.run(minutes(1), () => vandalised() >= everybody.length);
  const heardAt = world.now + seconds(1);
  await world.run(heardAt + seconds(1), () => world.now >= heardAt);
  for (const { driver } of everybody) {
    expect(driver.snapshot().neighbours.some(({ peerId }) => peerId === vandal.peerId)).toBe(false);
  }
});

test('a full disk stops nobody from serving and finishing what memory holds', async () => {
  const { world } = gatherCrowd({ seed: 17, content: lengthsContent(2 * MIB), newcomers: 3 });
  const full = world.join({ host: world.addHost(HOME), disk: { ...AMPLE_STORE, capacity: 2 } });
  await world.run(minutes(2));
  const { storageTrouble, pieces } = full.driver.snapshot();
  expect(storageTrouble).toBe('The storage of this device is full.');
  expect(pieces.stored).toBe(2);
  expect(pieces.verified).toBe(8);
  expect(full.traffic.sentBlockBytes).toBeGreaterThan(0);
});

test('a piece that cannot be read any more is fetched again', async () => {
  const { world, newcomers } = gatherCrowd({ seed: 18, content: lengthsContent(2 * MIB), newcomers: 3 });
  await world.run(minutes(2));
  const [first] = newcomers;
  world.part(first, 'leave');
  first.store.spoil(pieceIndex(3));
  const again = world.rejoin(first);
  const late = world.join({ host: world.addHost(HOME) });
  await world.run(world.now + minutes(5), () => late.isComplete);
  expect(again.traffic.sentBlockBytes).toBeGreaterThan(0);
  expect(late.fetchedBytes).toBe(2 * MIB);
});

test('[N6] the swarm goes on while the signal server is away, and newcomers get in when it is back', async () => {
  const { world, newcomers } = gatherCrowd({ seed: 19, content: lengthsContent(8 * MIB), newcomers: 5 });
  await world.run(seconds(60), () => newcomers[0].verified.size > 2);
  world.tracker.goDown();
  const late = world.join({ host: world.addHost(HOME) });
  await world.run(minutes(3), () => newcomers.every((peer) => peer.isComplete));
  expect(late.verified.size).toBe(0);
  world.tracker.goUp();
  await world.run(minutes(10));
  expect(late.isComplete).toBe(true);
  expect(late.fetchedBytes).toBe(8 * MIB);
});

/** Caps that a person chose: used to the full, kept, and no harm to others. */
import { describe, expect, test } from 'vitest';
import { seconds, type Millis } from '../base/time.ts';
import { NO_LIMITS, type RateLimits } from '../base/rate-limits.ts';
import { lengthsContent, type Length } from './lengths-content.ts';
import type { SimPeer } from './sim-peer.ts';
import { World } from './world.ts';

const KB = 1000;
const HOME = { up: 1000 * KB, down: 4000 * KB };

/** A sharer and four who want the file; it and the first of them may be capped. */
function crowd({ sharer = NO_LIMITS, receiver = NO_LIMITS }: { sharer?: RateLimits; receiver?: RateLimits }) {
  const world = new World({ seed: 5, content: lengthsContent(64 * 1024 * 1024) });
  const seed = world.join({ host: world.addHost(HOME), has: 'everything' });
  const peers = Array.from({ length: 4 }, () => world.join({ host: world.addHost(HOME) }));
  seed.driver.limit(sharer);
  peers[0].driver.limit(receiver);
  const until = (at: Millis): Promise<void> => world.run(at + seconds(1), () => world.now >= at);
  return { world, seed, peers, until };
}

/** Content sent and received between two moments, in bytes per second. */
async function ratesOf(peer: SimPeer<Length>, until: (at: Millis) => Promise<void>, [from, to]: readonly number[]) {
  await until(from);
  const { sentBlockBytes, receivedBlockBytes } = peer.traffic;
  await until(to);
  const perSecond = 1000 / (to - from);
  return {
    up: (peer.traffic.sentBlockBytes - sentBlockBytes) * perSecond,
    down: (peer.traffic.receivedBlockBytes - receivedBlockBytes) * perSecond,
  };
}

describe.each([30, 300])('a cap of %i kB/s', (kilobytes) => {
  const cap = kilobytes * KB;

  test('[R10] on what the sharer sends is used to the full, and kept', async () => {
    const { seed, until } = crowd({ sharer: { upload: cap, download: null } });
    const { up } = await ratesOf(seed, until, [seconds(10), seconds(70)]);
    expect(up / cap).toBeGreaterThan(0.95);
    expect(up / cap).toBeLessThan(1.02);
  });

  test('[R10] on what a receiver takes is used to the full, and kept', async () => {
    const { peers, until } = crowd({ receiver: { upload: null, download: cap } });
    const { down } = await ratesOf(peers[0], until, [seconds(10), seconds(60)]);
    expect(down / cap).toBeGreaterThan(0.95);
    expect(down / cap).toBeLessThan(1.02);
  });
});

test('[R10] one capped receiver does not delay the others', async () => {
  const lastOfOthers = async (receiver: RateLimits): Promise<Millis> => {
    const { world, peers } = crowd({ receiver });
    await world.run(seconds(600), () => peers.slice(1).every((peer) => peer.isComplete));
    return world.now;
  };
  const free = await lastOfOthers(NO_LIMITS);
  expect(await lastOfOthers({ upload: null, download: 300 * KB })).toBeLessThan(1.1 * free);
});

test('[R10] a cap that is lifted lets what waits go on at once', async () => {
  const { world, seed, until } = crowd({ sharer: { upload: 20 * KB, download: null } });
  world.at(seconds(30), () => seed.driver.limit(NO_LIMITS));
  const { up } = await ratesOf(seed, until, [seconds(32), seconds(40)]);
  expect(up).toBeGreaterThan(600 * KB);
});

test('[R10] with a cap of nothing, nothing flows until it is changed', async () => {
  const { world, seed, until } = crowd({ sharer: { upload: 0, download: null } });
  world.at(seconds(30), () => seed.driver.limit({ upload: 100 * KB, download: null }));
  await until(seconds(29));
  expect(seed.traffic.sentBlockBytes).toBe(0);
  await until(seconds(40));
  expect(seed.traffic.sentBlockBytes).toBeGreaterThan(500 * KB);
});

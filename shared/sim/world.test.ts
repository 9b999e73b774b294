/** A world tells what happened in it, and how to see it again. */
import { expect, test } from 'vitest';
import { seconds } from '../base/time.ts';
import { gatherCrowd } from './crowd.ts';
import { lengthsContent } from './lengths-content.ts';
import { Timeline } from './timeline.ts';
import { World } from './world.ts';

const HOME = { up: 1_000_000, down: 4_000_000 };
const MIB = 1024 * 1024;

test('a world that is not done by its deadline names its seed and the moment', async () => {
  const { world } = gatherCrowd({ seed: 4711, content: lengthsContent(MIB), newcomers: 3 });
  await expect(world.run(500)).rejects.toThrow(/^World of seed 4711, at .+ ms: 3 peers are incomplete\.$/);
});

test('a peer that crashes ends the run, which names the seed, the peer and the error', async () => {
  const world = new World({ seed: 42, content: lengthsContent(MIB) });
  world.join({ host: world.addHost(HOME), has: 'everything' });
  const bug = (): null => {
    throw new Error('a bug');
  };
  world.join({ host: world.addHost(HOME), tamper: bug });
  await expect(world.run(seconds(60))).rejects.toThrow(/^World of seed 42, at .+ ms: Peer 1 crashed: Error: a bug$/);
});

test('a world in which time stands still ends with an error', async () => {
  const timeline = new Timeline();
  const again = (): void => timeline.queue.after(0, again);
  timeline.queue.at(7, again);
  await expect(timeline.run(() => false, 100)).rejects.toThrow('Time stands still at 7 ms.');
});

test('what awaits an answer runs before the next event, however long its chain', async () => {
  const { queue, answers, run } = boundTimeline();
  const seen: string[] = [];
  const chain = async (): Promise<void> => {
    await answers.after(5, () => undefined);
    for (let link = 0; link < 20; link += 1) await Promise.resolve();
    seen.push(`answered at ${queue.now()}`);
  };
  void chain();
  queue.at(5, () => seen.push('the next event'));
  await run(() => seen.length === 2);
  expect(seen).toEqual(['answered at 5', 'the next event']);
});

test('one peer has one uplink', async () => {
  const { world, seed } = gatherCrowd({ seed: 5, content: lengthsContent(8 * MIB), newcomers: 10 });
  await world.run(seconds(300));
  expect(seed.traffic.sentBlockBytes).toBeGreaterThanOrEqual(8 * MIB);
  expect(seed.host.uplink.bytesSent / (world.now / 1000)).toBeLessThanOrEqual(HOME.up * 1.01);
});

test('two tabs of one host share its line', async () => {
  const world = new World({ seed: 6, content: lengthsContent(4 * MIB) });
  world.join({ host: world.addHost({ up: 10_000_000, down: 10_000_000 }), has: 'everything' });
  const host = world.addHost({ up: 1000, down: 500_000 });
  world.join({ host });
  world.join({ host });
  await world.run(seconds(120));
  // Twice 4 MiB through 500 kB/s.
  expect(world.now).toBeGreaterThan((1000 * 8 * MIB) / 500_000);
});

function boundTimeline() {
  const timeline = new Timeline();
  const { queue, answers } = timeline;
  return { queue, answers, run: (isOver: () => boolean) => timeline.run(isOver, 1000) };
}

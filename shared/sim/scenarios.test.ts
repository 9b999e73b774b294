/** Every scenario, played small, ends with everybody complete who should be, and shows what it says. */
import { expect, test } from 'vitest';
import { castOf, UNVARIED, vary, type Scenario } from './scenario.ts';
import { freeRiders, liarsInBlocks } from './scenarios/bad-neighbours.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { churn } from './scenarios/churn.ts';
import { twoRooms } from './scenarios/distances.ts';
import { flashCrowd } from './scenarios/flash-crowd.ts';
import { legout2007 } from './scenarios/legout-2007.ts';
import { poisson } from './scenarios/poisson.ts';
import { seedLeaves } from './scenarios/seed-leaves.ts';
import { selfish } from './scenarios/selfish.ts';
import { measure } from './measure.ts';
import { isExpected, play } from './play.ts';

const MIB = 1024 * 1024;

/** The scenario with few peers and a small file. */
const small = (scenario: Scenario, peers = 10, mebibytes = 3): Scenario =>
  vary(scenario, { ...UNVARIED, peers, fileBytes: mebibytes * MIB });

test.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
  '%s: everybody finishes who should, in any order of chance',
  async (_, scenario) => {
    const outcome = await play(small(scenario), { seed: 1, checksInvariants: true });
    const expected = outcome.actors.filter(isExpected);
    expect(expected.length).toBeGreaterThanOrEqual(8);
    for (const { completedAt } of expected) expect(completedAt).not.toBeNull();
    const { lastRatio, bans } = measure(outcome);
    expect(lastRatio).toBeGreaterThan(1);
    expect(bans.honest).toBe(0);
  },
);

test('a cast is mixed in proportion to the weights, and equal for equal numbers', () => {
  const names = castOf(legout2007).map(({ name }) => name);
  const count = (name: string): number => names.filter((each) => each === name).length;
  expect([count('20 kB/s'), count('50 kB/s'), count('200 kB/s')]).toEqual([13, 14, 13]);
  expect(new Set(names.slice(0, 3)).size).toBe(3);
  expect(castOf({ ...freeRiders, peers: 10 }).filter(({ conduct }) => conduct === 'rides-free')).toHaveLength(2);
});

test('a variation changes what it names, and a seed that is as the others stays so', () => {
  const varied = vary(flashCrowd, { ...UNVARIED, up: 2_000_000, roundTripMs: 10 });
  expect(varied).toEqual({
    ...flashCrowd,
    roundTripMs: 10,
    seed: { up: 2_000_000, down: 4_000_000 },
    classes: [{ ...flashCrowd.classes[0], rates: { up: 2_000_000, down: 4_000_000 } }],
  });
  expect(vary(legout2007, { ...UNVARIED, up: 2_000_000 }).seed).toEqual(legout2007.seed);
  expect(vary(flashCrowd, UNVARIED)).toEqual(flashCrowd);
  const [{ limits }] = vary(flashCrowd, { ...UNVARIED, capUp: 1000 }).classes;
  expect(limits).toEqual({ upload: 1000, download: null });
});

test('what all persons cap takes as long as their caps say', async () => {
  const capped = measure(await play(vary(small(flashCrowd), { ...UNVARIED, capDown: 200_000 }), { seed: 1 }));
  expect(capped.mean).toBeGreaterThan((0.95 * 1000 * 3 * MIB) / 200_000);
  expect(capped.mean).toBeLessThan((1.3 * 1000 * 3 * MIB) / 200_000);
});

test('peers that come one by one come at times that differ', async () => {
  const { actors } = await play(small(poisson), { seed: 2 });
  expect(new Set(actors.map(({ joinedAt }) => joinedAt)).size).toBe(10);
  expect(actors[9].joinedAt).toBeGreaterThan(2000);
});

test('selfish peers are gone when they are complete', async () => {
  const { actors, world } = await play(small(selfish), { seed: 3 });
  const early = actors.filter(({ completedAt }) => completedAt !== world.now);
  expect(early.length).toBeGreaterThan(0);
  for (const { lives, completedAt } of early) expect(lives[0].leftAt).toBe(completedAt);
});

test('the seed is gone after 1.05 copies, and everybody finishes soon all the same', async () => {
  const outcome = await play(small(seedLeaves, 20, 8), { seed: 4 });
  expect(outcome.seed.leftAt).not.toBeNull();
  const { seedCopies, last } = measure(outcome);
  expect(seedCopies).toBeLessThan(1.2);
  const stayed = measure(await play(small(flashCrowd, 20, 8), { seed: 4 }));
  expect(last / stayed.last).toBeLessThan(1.35);
});

test('who leaves and returns goes on with what it had stored', async () => {
  const outcome = await play(small(churn, 10, 16), { seed: 5 });
  const returned = outcome.actors.filter(({ lives }) => lives.length === 2);
  expect(returned.length).toBeGreaterThanOrEqual(4);
  for (const { lives } of returned) {
    const fetched = lives.reduce((bytes, { fetchedBytes }) => bytes + fetchedBytes, 0);
    // What was verified and not yet on disk when it left is fetched twice.
    expect(fetched).toBeGreaterThanOrEqual(16 * MIB);
    expect(fetched).toBeLessThan(17 * MIB);
    expect(lives[0].fetchedBytes).toBeGreaterThan(MIB);
  }
});

test('[B1] every liar is banned by all whom it lied to, and nobody else is', async () => {
  const outcome = await play(small(liarsInBlocks, 20, 8), { seed: 6 });
  const liars = outcome.actors.filter(({ peerClass }) => peerClass.name === 'liars').flatMap(({ lives }) => lives);
  expect(liars).toHaveLength(4);
  expect(liars.every(({ traffic }) => traffic.sentBlockBytes > 0)).toBe(true);
  expect(measure(outcome).bans).toEqual({ liars: 4, honest: 0, escapes: 0 });
});

test('two rooms are two rooms', async () => {
  const { world, actors } = await play(small(twoRooms, 4, 1), { seed: 7 });
  const [a, b, c] = actors.map(({ host }) => host);
  expect([world.network.roundTrip(a, b), world.network.roundTrip(a, c)]).toEqual([200, 2]);
});

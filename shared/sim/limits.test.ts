/**
 * How good the swarm is, in virtual time: limits that hold with a margin over what is measured, so that a change for the worse
 * is noticed. One seed each; the figures over many seeds are in ARCHITECTURE.md.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Measures, measure } from './measure.ts';
import { play } from './play.ts';
import { type Scenario, UNVARIED, vary } from './scenario.ts';
import { freeRiders, liarsAboutHaves, liarsInBlocks, snubbers } from './scenarios/bad-neighbours.ts';
import { flashCrowd } from './scenarios/flash-crowd.ts';
import { seedLeaves } from './scenarios/seed-leaves.ts';

const SEED = 1;

const crowdOf = (peers: number): Scenario => vary(flashCrowd, { ...UNVARIED, peers });

const measureOf = async (scenario: Scenario): Promise<Measures> => measure(await play(scenario, { seed: SEED }));

describe.each([
  { peers: 8, ratio: 1.1, utilisation: 0.94, duplicates: 0.002 },
  { peers: 50, ratio: 1.2, utilisation: 0.88, duplicates: 0.002 },
])('$peers equal peers, 32 MiB', ({ peers, ratio, utilisation, duplicates }) => {
  let crowd: Measures;
  beforeAll(async () => {
    crowd = await measureOf(crowdOf(peers));
  });

  test(`the last is complete within ${ratio} times the bound of Kurose and Ross`, () => {
    expect(crowd.completed).toBe(peers);
    expect(crowd.last).toBeGreaterThan(crowd.pieceBound);
    expect(crowd.lastRatio).toBeLessThan(ratio);
  });

  test('uplinks are used, and little is sent twice or beside content', () => {
    expect(crowd.utilisation / crowd.possibleUtilisation).toBeGreaterThan(utilisation);
    expect(crowd.utilisation).toBeLessThan(crowd.possibleUtilisation);
    expect(crowd.duplicates).toBeLessThan(duplicates);
    expect(crowd.control).toBeLessThan(0.015);
    expect(crowd.seedCopies).toBeLessThan(1.2);
  });

  test('equal peers fare alike, and the last per cent takes no longer than its share', () => {
    expect(crowd.fairness).toBeGreaterThan(0.99);
    expect(crowd.lastPercentShare).toBeLessThan(0.04);
  });
});

describe('25 peers, 16 MiB', () => {
  const among = (scenario: Scenario): Scenario =>
    vary(scenario, { ...UNVARIED, peers: 25, fileBytes: 16 * 1024 * 1024 });
  /** As many as are honest where a fifth is not. */
  let honest: Measures;
  beforeAll(async () => {
    honest = await measureOf({ ...among(flashCrowd), peers: 20 });
  });

  test('a seed that leaves after 1.05 copies costs little', async () => {
    const { completed, lastRatio } = await measureOf(among(seedLeaves));
    expect(completed).toBe(25);
    expect(lastRatio).toBeLessThan(1.35);
  });

  test('a fifth of liars are all banned, no honest peer is, and the others lose little time', async () => {
    const { bans, last, completed } = await measureOf(among(liarsInBlocks));
    expect(bans).toEqual({ liars: 5, honest: 0 });
    expect(completed).toBe(20);
    expect(last / honest.last).toBeLessThan(1.4);
  });
});

test('a fifth of free riders take 2.5 times as long while givers fetch, and cost the givers at most 15 %', async () => {
  const { classes, riding } = await measureOf(freeRiders);
  expect(classes[1].completed).toBe(10);
  expect(riding.slowdown).toBeGreaterThan(2.5);
  expect(classes[0].mean / (await measureOf(crowdOf(40))).mean).toBeLessThan(1.15);
});

test('a fifth of peers that never answer hold nobody up for long', async () => {
  const { completed, lastRatio } = await measureOf(snubbers);
  expect(completed).toBe(40);
  expect(lastRatio).toBeLessThan(1.5);
});

test('a fifth of peers that announce pieces by chance hold nobody up for long', async () => {
  const { completed, lastRatio, seedCopies } = await measureOf(liarsAboutHaves);
  expect(completed).toBe(40);
  expect(lastRatio).toBeLessThan(1.4);
  expect(seedCopies).toBeLessThan(1.3);
});

/**
 * How good the swarm is, in virtual time: the limits of `limits`, in stories small enough for every change. One seed each; the figures over
 * many seeds are in README.md beside it.
 */
import { present } from '../base/assert.ts';
import { describe, expect, test } from 'vitest';
import { judge } from './judging.ts';
import { type Goal, GOALS, varyGoal } from './limits.ts';
import { type Measures, measure } from './measure.ts';
import { play } from './play.ts';
import { type Scenario, UNVARIED, type Variation } from './scenario.ts';
import { liarsAboutHaves, snubbers } from './scenarios/bad-neighbours.ts';
import { flashCrowd } from './scenarios/flash-crowd.ts';

const SEED = 1;
const MIB = 1024 * 1024;

const measureOf = async (scenario: Scenario): Promise<Measures> => measure(await play(scenario, { seed: SEED }));

/** The story with fewer peers, or a smaller file. */
function small(name: string, variation: Partial<Variation>): Goal {
  const goal = present(
    GOALS.find((each) => each.name === name),
    'a goal of this name',
  );
  return varyGoal(goal, { ...UNVARIED, ...variation });
}

const fewer = { peers: 25, fileBytes: 16 * MIB };

describe.each([
  small('crowd-8', {}),
  small('crowd-50', { peers: 20 }),
  small('mixed-lines', { peers: 20, fileBytes: 16 * MIB }),
  small('seed-leaves', fewer),
  small('free-riders', fewer),
  small('liars-in-blocks', fewer),
])('$name, small', (goal) => {
  test('every limit is reached', async () => {
    const verdicts = await judge([goal], [SEED], () => undefined);
    const missed = verdicts.filter(({ isReached }) => !isReached);
    expect(missed.map(({ limit, median }) => `${limit.label}: ${median}`)).toEqual([]);
    expect(verdicts.length).toBe(goal.limits.length);
    for (const { values } of verdicts) expect(values.every(Number.isFinite)).toBe(true);
  });
});

test('fifty equal peers are complete within 1.2 times the bound of Kurose and Ross', async () => {
  const crowd = await measureOf(flashCrowd);
  expect(crowd.completed).toBe(50);
  expect(crowd.lastRatio).toBeLessThan(1.2);
  expect(crowd.last).toBeGreaterThan(crowd.pieceBound);
  expect(crowd.utilisation).toBeLessThan(crowd.possibleUtilisation);
  expect(crowd.utilisation / crowd.possibleUtilisation).toBeGreaterThan(0.88);
  expect(crowd.seedCopies).toBeLessThan(1.2);
});

test('a fifth of peers that never answer hold nobody up for long', async () => {
  const { completed, lastRatio } = await measureOf(snubbers);
  expect(completed).toBe(40);
  expect(lastRatio).toBeLessThan(1.45);
});

test('a fifth of peers that announce pieces by chance hold nobody up for long', async () => {
  const { completed, lastRatio, seedCopies } = await measureOf(liarsAboutHaves);
  expect(completed).toBe(40);
  expect(lastRatio).toBeLessThan(1.4);
  expect(seedCopies).toBeLessThan(1.3);
});

test('what is over a limit at most, or under one at least, is told', async () => {
  const { limits, ...goal } = small('crowd-8', { peers: 2, fileBytes: MIB });
  const ratio = limits[0];
  const tried = (kind: 'most' | 'least', bound: number) => ({ ...ratio, kind, bound });
  const all = [tried('most', 100), tried('most', 1), tried('least', 1), tried('least', 100)];
  const verdicts = await judge([{ ...goal, limits: all }], [1, 2], () => undefined);
  expect(verdicts.map(({ isReached }) => isReached)).toEqual([true, false, true, false]);
  for (const { values } of verdicts) expect(values).toHaveLength(2);
});

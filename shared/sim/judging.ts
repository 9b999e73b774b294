/** Plays what has limits, and tells whether they are reached. */
import type { Goal, Limit, Run } from './limits.ts';
import { type Measures, measure } from './measure.ts';
import { median } from './metrics.ts';
import { play } from './play.ts';
import { spread, table } from './report.ts';
import { honestPart, type Scenario } from './scenario.ts';

/** A limit, and what several runs came to. */
export interface Verdict {
  readonly goal: Goal;
  readonly limit: Limit;
  /** One for each seed. */
  readonly values: readonly number[];
  readonly median: number;
  readonly isReached: boolean;
}

/** Plays all stories with all seeds; `tell` hears how far it is. Rejects when somebody who should be complete never is. */
export async function judge(
  goals: readonly Goal[],
  seeds: readonly number[],
  tell: (line: string) => void,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const goal of goals) {
    const runs: Run[] = [];
    for (const seed of seeds) {
      tell(`${goal.name}, seed ${seed}`);
      runs.push(await playGoal(goal, seed));
    }
    verdicts.push(...goal.limits.map((limit) => verdictOn(goal, limit, runs)));
  }
  return verdicts;
}

/** One line for each limit: the median, its range, and whether it is within the limit. */
export function describeVerdicts(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ goal, limit, values, isReached }) => [
    goal.name,
    limit.label,
    `${limit.kind === 'most' ? '≤' : '≥'} ${limit.format(limit.bound)}`,
    spread(values, limit.format),
    isReached ? 'yes' : 'NO',
  ]);
  return table(['story', 'figure', 'limit', 'median (range)', 'reached'], rows);
}

export const verdictsForMachines = (verdicts: readonly Verdict[]) =>
  verdicts.map(({ goal, limit, values, median: middle, isReached }) => ({
    story: goal.name,
    figure: limit.label,
    kind: limit.kind,
    bound: limit.bound,
    values,
    median: middle,
    isReached,
  }));

async function playGoal({ scenario }: Goal, seed: number): Promise<Run> {
  const measureOf = async (story: Scenario): Promise<Measures> => measure(await play(story, { seed }));
  const honest = honestPart(scenario);
  const measures = await measureOf(scenario);
  return { measures, unharmed: honest === null ? measures : await measureOf(honest) };
}

function verdictOn(goal: Goal, limit: Limit, runs: readonly Run[]): Verdict {
  const values = runs.map(limit.value);
  const middle = median(values);
  const isReached = limit.kind === 'most' ? middle <= limit.bound : middle >= limit.bound;
  return { goal, limit, values, median: middle, isReached };
}

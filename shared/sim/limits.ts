/**
 * What the swarm must reach: stories, the figures that count in them, and their limits. `npm run sim -- limits` prints them for medians
 * of ten seeds; `limits.test` holds the small ones.
 */
import type { Measures } from './measure.ts';
import { type Scenario, UNVARIED, type Variation, vary } from './scenario.ts';
import { freeRiders, liarsInBlocks } from './scenarios/bad-neighbours.ts';
import { flashCrowd } from './scenarios/flash-crowd.ts';
import { mixedLines } from './scenarios/mixed-lines.ts';
import { seedLeaves } from './scenarios/seed-leaves.ts';
import { formatShare } from './units.ts';

/** A story with what must come of it. */
export interface Goal {
  /** As it is called on the command line. */
  readonly name: string;
  readonly scenario: Scenario;
  readonly limits: readonly Limit[];
}

/** One figure, and what it may be at most, or must be at least. */
export interface Limit {
  readonly label: string;
  readonly value: (run: Run) => number;
  readonly format: (value: number) => string;
  readonly kind: 'most' | 'least';
  readonly bound: number;
}

/** A story that was played. */
export interface Run {
  readonly measures: Measures;
  /** The same, by the same seed, without those who do harm; as `measures` where nobody does. */
  readonly unharmed: Measures;
}

/** The same limits for the story with these changes. */
export const varyGoal = (goal: Goal, variation: Variation): Goal => ({
  ...goal,
  scenario: vary(goal.scenario, variation),
});

const plain = (value: number): string => String(Number(value.toFixed(3)));

type Figure = Pick<Limit, 'label' | 'value' | 'format'>;

const atMost = (bound: number, figure: Figure): Limit => ({ ...figure, kind: 'most', bound });
const atLeast = (bound: number, figure: Figure): Limit => ({ ...figure, kind: 'least', bound });

const LAST: Figure = {
  label: 'last complete ÷ bound',
  value: ({ measures }) => measures.lastRatio,
  format: plain,
};

/** Of what is possible: see `least-times`. */
const UTILISATION: Figure = {
  label: 'upload utilisation until 95 % are done ÷ what is possible',
  value: ({ measures }) => measures.utilisation / measures.possibleUtilisation,
  format: formatShare,
};

const RANK_CORRELATION: Figure = {
  label: 'rank correlation of upload rate and pace',
  value: ({ measures }) => measures.rankCorrelation,
  format: plain,
};

const FAIRNESS: Figure = {
  label: 'Jain’s index within a class',
  value: ({ measures }) => measures.fairness,
  format: plain,
};

const COMPLETE: Figure = {
  label: 'complete who should be',
  value: ({ measures }) => measures.completed / measures.expected,
  format: formatShare,
};

const SLOWDOWN: Figure = {
  label: 'a rider’s time ÷ a giver’s, while givers fetch',
  value: ({ measures }) => measures.riding.slowdown,
  format: plain,
};

/** The honest are the first class of the stories of bad neighbours. */
const GIVERS: Figure = {
  label: 'givers’ mean ÷ the run without riders',
  value: ({ measures, unharmed }) => measures.classes[0].mean / unharmed.mean,
  format: plain,
};

const ESCAPES: Figure = {
  label: 'liars not banned by somebody they lied to',
  value: ({ measures }) => measures.bans.escapes,
  format: plain,
};

const HONEST_BANNED: Figure = {
  label: 'honest peers banned',
  value: ({ measures }) => measures.bans.honest,
  format: plain,
};

const LAST_HONEST: Figure = {
  label: 'last complete ÷ the run without liars',
  value: ({ measures, unharmed }) => measures.last / unharmed.last,
  format: plain,
};

const DUPLICATES: Figure = {
  label: 'duplicate bytes',
  value: ({ measures }) => measures.duplicates,
  format: formatShare,
};

const CONTROL: Figure = {
  label: 'control bytes',
  value: ({ measures }) => measures.control,
  format: formatShare,
};

const LAST_PERCENT: Figure = {
  label: '99 → 100 %, the longest, of that peer’s time',
  value: ({ measures }) => measures.lastPercentShare,
  format: formatShare,
};

/** Where everybody is honest, little is sent twice or beside content, and the last per cent comes soon. */
const THRIFT: readonly Limit[] = [atMost(0.01, DUPLICATES), atMost(0.015, CONTROL), atMost(0.04, LAST_PERCENT)];

const crowdOf = (peers: number, lastRatio: number): Goal => ({
  name: `crowd-${peers}`,
  scenario: vary(flashCrowd, { ...UNVARIED, peers }),
  limits: [atMost(lastRatio, LAST), atLeast(0.9, UTILISATION), atLeast(0.95, FAIRNESS), ...THRIFT],
});

export const GOALS: readonly Goal[] = [
  crowdOf(8, 1.25),
  crowdOf(50, 1.2),
  crowdOf(200, 1.2),
  crowdOf(1000, 1.2),
  {
    name: mixedLines.name,
    scenario: mixedLines,
    limits: [atLeast(0.85, UTILISATION), atLeast(0.8, RANK_CORRELATION), atLeast(0.95, FAIRNESS), ...THRIFT],
  },
  {
    name: seedLeaves.name,
    scenario: seedLeaves,
    limits: [atLeast(1, COMPLETE), atMost(1.35, LAST), ...THRIFT],
  },
  {
    name: freeRiders.name,
    scenario: freeRiders,
    limits: [atLeast(2.5, SLOWDOWN), atMost(1.15, GIVERS)],
  },
  {
    name: liarsInBlocks.name,
    scenario: liarsInBlocks,
    limits: [atLeast(1, COMPLETE), atMost(0, ESCAPES), atMost(0, HONEST_BANNED), atMost(1.3, LAST_HONEST)],
  },
];

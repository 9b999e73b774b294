/** What is taken away, one mechanism at a time, and from which story: one in which it matters, as far as there is one. */
import type { Policies } from '../engine/policies.ts';
import type { Measures } from './measure.ts';
import { type Scenario, UNVARIED, type Variation, vary } from './scenario.ts';
import { freeRiders, liarsInBlocks, snubbers } from './scenarios/bad-neighbours.ts';
import { acrossTheWorld, fastAndFar } from './scenarios/distances.ts';
import { flashCrowd } from './scenarios/flash-crowd.ts';
import { mixedLines } from './scenarios/mixed-lines.ts';
import { poisson } from './scenarios/poisson.ts';
import { seedLeaves } from './scenarios/seed-leaves.ts';
import { slowSeed } from './scenarios/slow-seed.ts';
import { formatShare, formatSpan } from './units.ts';

export interface Ablation {
  /** The textbook's word for it. */
  readonly mechanism: string;
  /** What takes its place. */
  readonly switches: Partial<Policies>;
  readonly scenario: Scenario;
  readonly figure: Figure;
}

/** What tells the difference. More of it is worse. */
export interface Figure {
  readonly label: string;
  readonly value: (measures: Measures) => number;
  readonly format: (value: number) => string;
}

const LAST: Figure = { label: 'last complete', value: ({ last }) => last, format: formatSpan };
const MEAN: Figure = { label: 'mean complete', value: ({ mean }) => mean, format: formatSpan };
const DUPLICATES: Figure = { label: 'duplicates', value: ({ duplicates }) => duplicates, format: formatShare };

/** The first class of bad neighbours' stories are those that give. */
const GIVERS: Figure = { label: 'mean of givers', value: ({ classes }) => classes[0].mean, format: formatSpan };

/** The last class of the mixed lines is the fastest. */
const FASTEST: Figure = { label: 'mean of fastest', value: ({ classes }) => classes.at(-1)!.mean, format: formatSpan };

/** Of the file, when half of the givers were complete. */
const RIDERS_HAD: Figure = { label: 'riders had', value: ({ riding }) => 1 / riding.slowdown, format: formatShare };

/** Its seed knows nothing of first copies, as those of other clients: then more is left to the leechers. */
const withPlainSeed = (scenario: Scenario): Scenario =>
  vary(scenario, { ...UNVARIED, policies: { seeding: 'in-turn' } });

/** Links are scarce, as they are in swarms of thousands. */
const withFewLinks = (scenario: Scenario): Scenario => vary(scenario, { ...UNVARIED, policies: { neighbours: 'few' } });

/** Most come when others are complete, and linked with each other. */
const lateComers = vary(poisson, { ...UNVARIED, fileBytes: 8 * 1024 * 1024 });

/** The file is larger than what memory should hold, and every request may begin a piece. */
const withManyOpen = vary(flashCrowd, {
  ...UNVARIED,
  peers: 10,
  fileBytes: 128 * 1024 * 1024,
  policies: { finishStarted: 'off' },
});

const fewWithASnubber = vary(snubbers, { ...UNVARIED, peers: 5, fileBytes: 2 * 1024 * 1024 });

/** The same, told with these changes. */
export const varyStory = (each: Ablation, variation: Variation): Ablation => ({
  ...each,
  scenario: vary(each.scenario, variation),
});

const ablation = (mechanism: string, switches: Partial<Policies>, scenario: Scenario, figure: Figure): Ablation => ({
  mechanism,
  switches,
  scenario,
  figure,
});

export const ABLATIONS: readonly Ablation[] = [
  ablation('rarest first', { pieces: 'random' }, flashCrowd, LAST),
  ablation('rarest first', { pieces: 'random' }, mixedLines, FASTEST),
  ablation('rarest first', { pieces: 'sequential' }, withPlainSeed(flashCrowd), LAST),
  ablation('random first pieces', { randomFirst: 'off' }, withPlainSeed(poisson), MEAN),
  ablation('finish started pieces', { finishStarted: 'off' }, withPlainSeed(flashCrowd), LAST),
  ablation('cap on open pieces', { openPieces: 'any' }, withManyOpen, LAST),
  ablation('pipelining', { pipelining: 'fixed' }, fastAndFar, LAST),
  ablation('pipelining', { pipelining: 'one' }, fastAndFar, LAST),
  ablation('pipelining', { pipelining: 'one' }, acrossTheWorld, LAST),
  ablation('endgame', { endgame: 'off' }, fewWithASnubber, MEAN),
  ablation('endgame', { endgame: 'off' }, mixedLines, LAST),
  ablation('cancel in the endgame', { endgame: 'uncancelled' }, mixedLines, DUPLICATES),
  ablation('anti-snubbing', { antiSnubbing: 'off' }, snubbers, LAST),
  ablation('reverse picking', { antiSnubbing: 'forward' }, snubbers, LAST),
  ablation('tit for tat', { choking: 'random', credit: 'off' }, mixedLines, FASTEST),
  ablation('tit for tat', { choking: 'random', credit: 'off' }, freeRiders, GIVERS),
  ablation('credit', { credit: 'off' }, freeRiders, RIDERS_HAD),
  ablation('credit', { credit: 'off' }, freeRiders, GIVERS),
  ablation('choking', { choking: 'everybody' }, flashCrowd, LAST),
  ablation('blocks passed on', { partials: 'off' }, flashCrowd, LAST),
  ablation('slots by need at first', { firstRound: 'by-giving' }, flashCrowd, LAST),
  ablation('idle slots lent', { idleSlots: 'kept' }, flashCrowd, LAST),
  ablation('slots by rate', { uploadSlots: 'five' }, acrossTheWorld, LAST),
  ablation('optimistic unchoke', { optimistic: 'off' }, mixedLines, FASTEST),
  ablation('first copies', { seeding: 'in-turn' }, flashCrowd, LAST),
  ablation('first copies', { seeding: 'in-turn' }, slowSeed, LAST),
  ablation('first copies', { seeding: 'in-turn' }, seedLeaves, LAST),
  ablation('first copies', { seeding: 'fastest-first' }, flashCrowd, LAST),
  ablation('blame and ban', { blame: 'off', partials: 'off' }, liarsInBlocks, LAST),
  ablation('digests of blocks', { blame: 'alone', partials: 'off' }, liarsInBlocks, LAST),
  ablation('many neighbours', { neighbours: 'few' }, flashCrowd, LAST),
  ablation('useless links give way', { upkeep: 'off' }, withFewLinks(lateComers), MEAN),
  ablation('offers are declined', { declining: 'off' }, withFewLinks(flashCrowd), MEAN),
  ablation('one of two links stays', { doubleLinks: 'own' }, flashCrowd, MEAN),
];

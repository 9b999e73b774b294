/** What each mechanism is worth, shown small: a switch that costs nothing in any story would be a mechanism for nothing. */
import { expect, test } from 'vitest';
import { ablate, describeFindings } from './ablation.ts';
import type { Ablation } from './ablations.ts';
import type { Measures } from './measure.ts';
import { type Scenario, UNVARIED, vary } from './scenario.ts';
import { liarsInBlocks, snubbers } from './scenarios/bad-neighbours.ts';
import { fastAndFar } from './scenarios/distances.ts';
import { flashCrowd } from './scenarios/flash-crowd.ts';
import { mixedLines } from './scenarios/mixed-lines.ts';
import { seedLeaves } from './scenarios/seed-leaves.ts';

const MIB = 1024 * 1024;

const small = (scenario: Scenario, peers: number, mebibytes: number): Scenario =>
  vary(scenario, { ...UNVARIED, peers, fileBytes: mebibytes * MIB });

const last = { label: 'last complete', value: ({ last }: Measures) => last, format: String };
const mean = { label: 'mean complete', value: ({ mean }: Measures) => mean, format: String };
const fastest = { label: 'fastest', value: ({ classes }: Measures) => classes.at(-1)!.mean, format: String };

const plainSeed = vary(flashCrowd, { ...UNVARIED, policies: { seeding: 'in-turn' } });

const WORTH: readonly (Ablation & { readonly factor: number })[] = [
  {
    mechanism: 'rarest first',
    switches: { pieces: 'sequential' },
    scenario: small(plainSeed, 20, 8),
    figure: last,
    factor: 1.4,
  },
  {
    mechanism: 'tit for tat',
    switches: { choking: 'random', credit: 'off' },
    scenario: small(mixedLines, 30, 8),
    figure: fastest,
    factor: 1.05,
  },
  {
    mechanism: 'pipelining',
    switches: { pipelining: 'one' },
    scenario: small(fastAndFar, 2, 4),
    figure: last,
    factor: 1.5,
  },
  { mechanism: 'endgame', switches: { endgame: 'off' }, scenario: small(snubbers, 5, 2), figure: mean, factor: 1.2 },
  {
    mechanism: 'blame',
    switches: { blame: 'off', partials: 'off' },
    scenario: small(liarsInBlocks, 10, 3),
    figure: last,
    factor: 1.5,
  },
  {
    mechanism: 'first copies',
    switches: { seeding: 'in-turn' },
    scenario: small(flashCrowd, 10, 4),
    figure: last,
    factor: 1.2,
  },
];

test.each(WORTH)('without $mechanism it takes more than $factor times as long', async (each) => {
  const [finding] = await ablate([each], [1], () => undefined);
  expect(finding.factor).toBeGreaterThan(each.factor);
});

test('who can never be complete is waited for so long and no longer, and the table says so', async () => {
  const abandoned: Ablation = {
    mechanism: 'first copies',
    switches: { seeding: 'in-turn' },
    scenario: small(seedLeaves, 5, 2),
    figure: last,
  };
  const heard: string[] = [];
  const findings = await ablate([abandoned, abandoned], [1], (line) => heard.push(line));
  expect(findings[0].without).toEqual([Number.POSITIVE_INFINITY]);
  expect(heard).toEqual([
    '3 runs, about 1 min.',
    '1/2 first copies: seed-leaves --peers 5 --file 2MiB --seeding in-turn',
    '2/2 first copies: seed-leaves --peers 5 --file 2MiB --seeding in-turn',
  ]);
  const [head, , line] = describeFindings(findings).split('\n');
  expect(head).toMatch(/^\| mechanism +\| switched +\| scenario +\| figure +\| with +\| without +\| factor +\|$/);
  expect(line).toMatch(/^\| first copies \| --seeding in-turn \| seed-leaves .* \| never +\| > 5 +\|$/);
});

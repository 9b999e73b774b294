/** The command line of the simulator, read strictly: what to do, or one sentence on what is wrong. */
import { parseArgs } from 'node:util';
import type { UplinkKind } from './network.ts';
import { type Ablation, ABLATIONS, varyStory } from './ablations.ts';
import { type Goal, GOALS, varyGoal } from './limits.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { type Scenario, type Variation, vary } from './scenario.ts';
import { listOf, readSwitches, SWITCHES } from './switches.ts';
import { parseBytes, parseCount, parseRate, parseShare, parseSpan } from './units.ts';

export type Command =
  | { readonly kind: 'list' }
  | { readonly kind: 'bench' }
  | { readonly kind: 'help' }
  | (Runs & { readonly kind: 'run' })
  | (Ablations & { readonly kind: 'ablation' })
  | (Trials & { readonly kind: 'limits' });

/** Which limits to try. */
export interface Trials extends Pick<Runs, 'seeds' | 'isJson'> {
  readonly goals: readonly Goal[];
}

/** What to take away, and from which stories. */
export interface Ablations extends Pick<Runs, 'seeds' | 'isJson'> {
  readonly ablations: readonly Ablation[];
}

/** What to run, and how to tell. */
export interface Runs {
  readonly scenario: Scenario;
  /** One run each. */
  readonly seeds: readonly number[];
  readonly isJson: boolean;
  /** Where the picture goes; null when none is wanted. */
  readonly svgPath: string | null;
}

/** The command cannot be carried out; the sentence says why. */
export interface Refusal {
  readonly kind: 'refused';
  readonly sentence: string;
}

export const HELP = `npm run sim -- [options]           plays a scenario and measures it
npm run sim -- list                names the scenarios
npm run sim -- bench              what a message costs the engine, with few and with many pieces
npm run sim -- ablation [options]  what each mechanism is worth, by switching it off: with --scenario only there
npm run sim -- limits [names] [options]  what must be reached and whether it is, by medians of 10 seeds: ${GOALS.map(({ name }) => name).join(', ')}

  --scenario flash-crowd   which story
  --peers 50               who come without the file
  --file 32MiB             B kB MB GB KiB MiB GiB
  --up 1MB/s --down 4MB/s  of every peer; also kbit/s Mbit/s Gbit/s
  --seed-up 1MB/s          of the seed
  --cap-up 200kB/s --cap-down 500kB/s  what the persons of all who come without the file chose as limits
  --rtt 50ms --loss 0.1%   round trip; packets lost
  --uplink shared-queue    one queue for all that a peer sends, as in plain home routers; else fair, in turns
  --seed 7                 decides everything that is left to chance
  --seeds 10               so many runs, from --seed on: medians and ranges
  --json                   for machines
  --svg out.svg            distribution time over N = 1 … peers, with the curves of the textbook

The engine's mechanisms, switched in all peers; the first manner is the one that ships:
${SWITCHES.map(({ option, manners }) => `  --${option.padEnd(23)}${manners.join(', ')}\n`).join('')}\
  --without endgame        as --endgame off; for each that can be off, and as often as wanted
`;

const OPTIONS = {
  scenario: { type: 'string' },
  peers: { type: 'string' },
  file: { type: 'string' },
  up: { type: 'string' },
  down: { type: 'string' },
  'seed-up': { type: 'string' },
  'cap-up': { type: 'string' },
  'cap-down': { type: 'string' },
  rtt: { type: 'string' },
  loss: { type: 'string' },
  uplink: { type: 'string' },
  seed: { type: 'string' },
  seeds: { type: 'string' },
  svg: { type: 'string' },
  without: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const SWITCH_OPTIONS = Object.fromEntries(SWITCHES.map(({ option }) => [option, { type: 'string' }] as const));
const UPLINKS: readonly UplinkKind[] = ['fair', 'shared-queue'];

const PEERS_MAX = 10_000;
const SEEDS_MAX = 1000;

/** A larger one would not fit in memory many times over. */
const FILE_BYTES_MAX = 16 * 1024 ** 3;

export function readCommand(args: readonly string[]): Command | Refusal {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options: { ...OPTIONS, ...SWITCH_OPTIONS }, allowPositionals: true });
  } catch (error) {
    return refuse(firstSentence((error as Error).message));
  }
  const { values, positionals } = parsed;
  const [verb = 'run', ...surplus] = positionals;
  if (values.help === true) return { kind: 'help' };
  if (verb === 'limits') return readTrials(surplus, values);
  if (surplus.length > 0) return refuse(`"${surplus[0]}" is one word too many.`);
  if (verb === 'list') return { kind: 'list' };
  if (verb === 'bench') return { kind: 'bench' };
  if (verb === 'ablation') return readAblations(values);
  if (verb !== 'run') return refuse(`There is no command "${verb}"; there are list, ablation, limits and bench.`);
  const runs = readRuns(values);
  if ('sentence' in runs) return runs;
  const { variation, scenario, ...rest } = runs;
  return { kind: 'run', scenario: vary(scenario, variation), ...rest };
}

type Values = Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;

/** Seeds of an ablation, when it is not said how many. */
const ABLATION_SEEDS = '3';

function readAblations(values: Values): Command | Refusal {
  const runs = readRuns({ seeds: ABLATION_SEEDS, ...values });
  if ('sentence' in runs) return runs;
  if (runs.svgPath !== null) return refuse('An ablation is a table: --svg draws single scenarios.');
  const { variation, seeds, isJson } = runs;
  const chosen = ABLATIONS.filter(({ scenario }) => values.scenario === undefined || scenario.name === values.scenario);
  if (chosen.length === 0) return refuse(`No mechanism is taken away in ${runs.scenario.name}.`);
  const ablations = chosen.map((each) => varyStory(each, variation));
  return { kind: 'ablation', ablations, seeds, isJson };
}

/** Seeds of each story with limits, when it is not said how many. */
const TRIAL_SEEDS = '10';

function readTrials(names: readonly string[], values: Values): Command | Refusal {
  if (values.scenario !== undefined)
    return refuse('What has limits is named without --scenario, such as: limits crowd-50.');
  const runs = readRuns({ seeds: TRIAL_SEEDS, ...values });
  if ('sentence' in runs) return runs;
  if (runs.svgPath !== null) return refuse('Limits are a table: --svg draws single scenarios.');
  const all = GOALS.map(({ name }) => name);
  const stranger = names.find((name) => !all.includes(name));
  if (stranger !== undefined) return refuse(`There are limits for ${listOf(all)}, not for "${stranger}".`);
  const { variation, seeds, isJson } = runs;
  const chosen = GOALS.filter(({ name }) => names.length === 0 || names.includes(name));
  const goals = chosen.map((goal) => varyGoal(goal, variation));
  return { kind: 'limits', goals, seeds, isJson };
}

/** Runs whose scenario is not varied yet. */
type PlannedRuns = Runs & { readonly variation: Variation };

function readRuns(values: Values): PlannedRuns | Refusal {
  const text = (name: string): string | null => {
    const value = values[name];
    return typeof value === 'string' ? value : null;
  };
  const refusals: Refusal[] = [];
  /** The value of an option; null when it is not given, or wrong. */
  const read = (name: string, { parse, isAllowed, wants }: Kind): number | null => {
    const written = text(name);
    if (written === null) return null;
    const value = parse(written);
    if (value !== null && isAllowed(value)) return value;
    refusals.push(refuse(`--${name} takes ${wants}, not "${written}".`));
    return null;
  };
  const name = text('scenario') ?? 'flash-crowd';
  const scenario = SCENARIOS.find((each) => each.name === name);
  const policies = readPolicies(values);
  if ('sentence' in policies) refusals.push(refuse(policies.sentence));
  const uplink = text('uplink');
  const variation: Variation = {
    peers: read('peers', PEERS),
    fileBytes: read('file', FILE),
    up: read('up', RATE),
    down: read('down', RATE),
    seedUp: read('seed-up', RATE),
    capUp: read('cap-up', RATE),
    capDown: read('cap-down', RATE),
    roundTripMs: read('rtt', SPAN),
    loss: read('loss', LOSS),
    policies: 'sentence' in policies ? {} : policies,
    uplinks: UPLINKS.find((kind) => kind === uplink) ?? null,
  };
  const seed = read('seed', SEED) ?? 1;
  const count = read('seeds', SEEDS) ?? 1;
  if (scenario === undefined) return refuse(`There is no scenario "${name}"; "npm run sim -- list" names them.`);
  if (uplink !== null && variation.uplinks === null) {
    return refuse(`--uplink takes fair or shared-queue, not "${uplink}".`);
  }
  if (refusals.length > 0) return refusals[0];
  return {
    scenario,
    variation,
    seeds: Array.from({ length: count }, (_, index) => seed + index),
    isJson: values.json === true,
    svgPath: text('svg'),
  };
}

function readPolicies(values: Values): ReturnType<typeof readSwitches> {
  const written = Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return readSwitches(new Map(written), (values.without ?? []) as readonly string[]);
}

/** What an option's value must be. */
interface Kind {
  readonly parse: (text: string) => number | null;
  readonly isAllowed: (value: number) => boolean;
  readonly wants: string;
}

const within =
  (least: number, most: number) =>
  (value: number): boolean =>
    value >= least && value <= most;

const PEERS: Kind = { parse: parseCount, isAllowed: within(1, PEERS_MAX), wants: 'a whole number from 1 to 10000' };
const SEEDS: Kind = { parse: parseCount, isAllowed: within(1, SEEDS_MAX), wants: 'a whole number from 1 to 1000' };
const SEED: Kind = { parse: parseCount, isAllowed: () => true, wants: 'a whole number below 1000000000' };
const FILE: Kind = {
  parse: parseBytes,
  isAllowed: within(1, FILE_BYTES_MAX),
  wants: 'an amount such as 32MiB, up to 16GiB',
};
const RATE: Kind = { parse: parseRate, isAllowed: within(1, 1e10), wants: 'a rate such as 1MB/s or 8Mbit/s' };
const SPAN: Kind = { parse: parseSpan, isAllowed: within(0, 60_000), wants: 'a time such as 50ms, up to 1min' };
const LOSS: Kind = { parse: parseShare, isAllowed: within(0, 0.5), wants: 'a share such as 0.1%, up to 50%' };

const refuse = (sentence: string): Refusal => ({ kind: 'refused', sentence });

const firstSentence = (text: string): string => `${text.split(/\.\s/)[0].replace(/\.$/, '')}.`;

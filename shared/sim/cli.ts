/** The simulator's command line: the one file of this folder that knows Node. */
import { writeFileSync } from 'node:fs';
import { ablate, describeFindings, findingsForMachines } from './ablation.ts';
import { type Chart, drawChart, type Point } from './chart.ts';
import { type Command, HELP, readCommand, type Runs } from './command.ts';
import { describeVerdicts, judge, verdictsForMachines } from './judging.ts';
import { type Measures, measure } from './measure.ts';
import { messageCosts } from './message-costs.ts';
import { bounds, type Bounds } from './metrics.ts';
import { play } from './play.ts';
import { type Cost, describeRuns, table } from './report.ts';
import { castOf, honestPart, type Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { formatBytes, formatRate } from './units.ts';

/** Where words go, such as the terminal. */
export interface Output {
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
  /** How far it is, while it takes long. */
  readonly tell: (text: string) => void;
}

/** Numbers of peers that the picture shows, as far as they are asked for. */
const CHART_PEERS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

/** Carries a command out. The exit code: 0, 1 when a run failed, 2 when the command is wrong. */
export async function main(args: readonly string[], { print, complain, tell }: Output): Promise<number> {
  const command = readCommand(args);
  switch (command.kind) {
    case 'refused':
      complain(`${command.sentence}\n`);
      return 2;
    case 'help':
      print(HELP);
      return 0;
    case 'list':
      print(
        table(
          ['scenario', 'what it shows'],
          SCENARIOS.map(({ name, shows }) => [name, shows]),
        ),
      );
      return 0;
    case 'bench':
      print(bench());
      return 0;
    case 'run':
    case 'ablation':
    case 'limits':
      try {
        print(await carryOut(command, tell));
        return 0;
      } catch (error) {
        complain(`${(error as Error).message}\n`);
        return 1;
      }
  }
}

/** Pieces of a file of 250 MiB, and of 40 GiB. */
const BENCH_PIECES = [1000, 163_840] as const;

function bench(): string {
  const [few, many] = BENCH_PIECES.map((pieces) => messageCosts(pieces, () => performance.now()));
  const row = (kind: 'have' | 'request' | 'piece'): string[] => [
    kind,
    few[kind].toFixed(0),
    many[kind].toFixed(0),
    (many[kind] / few[kind]).toFixed(2),
  ];
  const heads = ['message', ...BENCH_PIECES.map((pieces) => `ns at ${pieces} pieces`), 'ratio'];
  return table(heads, [row('have'), row('request'), row('piece')]);
}

async function carryOut(
  command: Exclude<Command, { kind: 'list' | 'help' | 'bench' }>,
  tell: (text: string) => void,
): Promise<string> {
  if (command.kind === 'run') {
    return command.svgPath === null ? playAll(command) : playCurve(command, command.svgPath);
  }
  if (command.kind === 'limits') {
    const verdicts = await judge(command.goals, command.seeds, (line) => tell(`${line}\n`));
    if (!command.isJson) return describeVerdicts(verdicts);
    return json({ seeds: command.seeds, cost: costSoFar(), verdicts: verdictsForMachines(verdicts) });
  }
  const findings = await ablate(command.ablations, command.seeds, (line) => tell(`${line}\n`));
  if (!command.isJson) return describeFindings(findings);
  return json({ seeds: command.seeds, cost: costSoFar(), findings: findingsForMachines(findings) });
}

async function playAll({ scenario, seeds, isJson }: Runs): Promise<string> {
  const runs = await measureAll(scenario, seeds);
  const cost = costSoFar();
  const honest = honestPart(scenario);
  const unharmed = honest === null ? [] : await measureAll(honest, seeds);
  return isJson ? json({ scenario, seeds, cost, runs, unharmed }) : describeRuns(scenario, { runs, unharmed }, cost);
}

/** Plays the scenario with growing numbers of peers, and draws them against the bounds. */
async function playCurve({ scenario, seeds, isJson }: Runs, path: string): Promise<string> {
  const sizes = [...new Set([...CHART_PEERS.filter((peers) => peers < scenario.peers), scenario.peers])];
  const points: (Point & { readonly runs: readonly Measures[] })[] = [];
  for (const peers of sizes) {
    const runs = await measureAll({ ...scenario, peers }, seeds);
    points.push({ peers, lasts: runs.map(({ last }) => last), runs });
  }
  writeFileSync(path, drawChart({ ...chartOf(scenario), points }));
  if (isJson) return json({ scenario, seeds, cost: costSoFar(), points });
  const rows = points.map(({ peers, runs }) => {
    const [{ bounds }] = runs;
    const lasts = runs.map(({ last }) => last / 1000).toSorted((a, b) => a - b);
    const last = lasts[Math.floor((lasts.length - 1) / 2)];
    const [clientServer, peerToPeer] = [bounds.clientServer / 1000, bounds.peerToPeer / 1000];
    const times = [clientServer, peerToPeer, last].map((time) => time.toFixed(1));
    return [String(peers)].concat(times, (last / peerToPeer).toFixed(3));
  });
  return `${table(['N', 'client-server bound, s', 'swarm bound, s', 'last complete, s', '÷ swarm bound'], rows)}\n${path}\n`;
}

async function measureAll(scenario: Scenario, seeds: readonly number[]): Promise<Measures[]> {
  const runs: Measures[] = [];
  for (const seed of seeds) runs.push(measure(await play(scenario, { seed })));
  return runs;
}

function chartOf(scenario: Scenario): Omit<Chart, 'points'> {
  const { fileBytes, seed, classes, roundTripMs } = scenario;
  const least = (peers: number): Bounds => {
    const cast = castOf({ ...scenario, peers });
    return bounds({ fileBytes, seedUp: seed.up, peers: cast.map(({ rates }) => rates) });
  };
  const [{ rates }] = classes;
  const lines =
    classes.length === 1
      ? `${formatRate(rates.up)} up, ${formatRate(rates.down)} down`
      : `${classes.length} classes of lines`;
  return {
    title: `${formatBytes(fileBytes)} to N peers: ${scenario.name}`,
    subtitle: `Seed ${formatRate(seed.up)} up; peers ${lines}; round trip ${roundTripMs} ms`,
    clientServer: (peers) => least(peers).clientServer,
    peerToPeer: (peers) => least(peers).peerToPeer,
  };
}

function costSoFar(): Cost {
  const { user, system } = process.cpuUsage();
  return { cpuSeconds: (user + system) / 1e6, megabytes: process.resourceUsage().maxRSS / 1000 };
}

/** What is not a number, such as a correlation of equals, is null. */
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

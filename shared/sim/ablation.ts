/** What each mechanism of the engine is worth: stories played with it and without it, by the same seeds. */
import type { Millis } from '../base/time.ts';
import type { Ablation } from './ablations.ts';
import { type Measures, measure } from './measure.ts';
import { median } from './metrics.ts';
import { play } from './play.ts';
import { table } from './report.ts';
import type { Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { switched } from './switches.ts';
import { formatBytes } from './units.ts';

/** An ablation that was played. */
export interface Finding {
  readonly ablation: Ablation;
  /** The figure, one for each seed; infinite where somebody was never complete. */
  readonly with: readonly number[];
  readonly without: readonly number[];
  /** Of the medians. */
  readonly factor: number;
}

/** Without the mechanism, a story may take so many times as long before it is given up. */
const PATIENCE = 5;

/** What a run of 50 peers and 32 MiB takes on a common machine. */
const USUAL_RUN_SECONDS = 3;
const USUAL_RUN_BYTES = 50 * 32 * 1024 * 1024;

/** Plays all of them; `tell` hears how far it is. Stories that several have in common are played once. */
export async function ablate(
  ablations: readonly Ablation[],
  seeds: readonly number[],
  tell: (line: string) => void,
): Promise<Finding[]> {
  const known = new Map<string, Measures[]>();
  tell(announce(ablations, seeds.length));
  const findings: Finding[] = [];
  for (const ablation of ablations) {
    const { mechanism, scenario, switches, figure } = ablation;
    const story = describeStory(scenario);
    tell(`${findings.length + 1}/${ablations.length} ${mechanism}: ${story} ${switched(switches)}`);
    const shipped = known.get(story) ?? (await playAll(scenario, seeds));
    known.set(story, shipped);
    const changed = { ...scenario, policies: { ...scenario.policies, ...switches } };
    const without: number[] = [];
    for (const [index, seed] of seeds.entries()) {
      const measures = await playPatiently(changed, seed, PATIENCE * shipped[index].last);
      without.push(measures === null ? Number.POSITIVE_INFINITY : figure.value(measures));
    }
    const values = shipped.map(figure.value);
    findings.push({ ablation, with: values, without, factor: median(without) / median(values) });
  }
  return findings;
}

/** One line for each, of medians. */
export function describeFindings(findings: readonly Finding[]): string {
  const rows = findings.map(({ ablation: { mechanism, switches, scenario, figure }, ...finding }) => {
    const [usual, changed] = [median(finding.with), median(finding.without)];
    const isOver = Number.isFinite(changed);
    return [
      mechanism,
      switched(switches),
      describeStory(scenario),
      figure.label,
      figure.format(usual),
      isOver ? figure.format(changed) : 'never',
      isOver ? finding.factor.toFixed(2) : `> ${PATIENCE}`,
    ];
  });
  return table(['mechanism', 'switched', 'scenario', 'figure', 'with', 'without', 'factor'], rows);
}

/** For machines: null stands for a time that never came. */
export const findingsForMachines = (findings: readonly Finding[]) =>
  findings.map(({ ablation: { mechanism, switches, scenario, figure }, ...finding }) => ({
    mechanism,
    switches,
    scenario,
    figure: figure.label,
    ...finding,
  }));

async function playAll(scenario: Scenario, seeds: readonly number[]): Promise<Measures[]> {
  const runs: Measures[] = [];
  for (const seed of seeds) runs.push(measure(await play(scenario, { seed })));
  return runs;
}

/** Null when it is not over in time. */
async function playPatiently(scenario: Scenario, seed: number, until: Millis): Promise<Measures | null> {
  const outcome = await play(scenario, { seed, until });
  return outcome.isOver ? measure(outcome) : null;
}

/** The scenario and what is changed in it, as on the command line. */
function describeStory({ name, peers, fileBytes, policies }: Scenario): string {
  const usual = SCENARIOS.find((each) => each.name === name);
  const words = [
    name,
    peers === usual?.peers ? '' : `--peers ${peers}`,
    fileBytes === usual?.fileBytes ? '' : `--file ${formatBytes(fileBytes).replace(' ', '')}`,
    switched(policies),
  ];
  return words.filter((word) => word !== '').join(' ');
}

/** How many runs there are, and how long that takes. */
function announce(ablations: readonly Ablation[], seeds: number): string {
  const stories = new Map(ablations.map(({ scenario }) => [describeStory(scenario), scenario]));
  const runs = [...stories.values(), ...ablations.map(({ scenario }) => scenario)];
  const bytes = runs.reduce((sum, { peers, fileBytes }) => sum + peers * fileBytes, 0);
  const minutes = (seeds * USUAL_RUN_SECONDS * bytes) / USUAL_RUN_BYTES / 60;
  return `${seeds * runs.length} runs, about ${Math.max(1, Math.round(minutes))} min.`;
}

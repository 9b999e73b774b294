/** What runs came to, in words and columns for a terminal. */
import { median } from './metrics.ts';
import type { Measures } from './measure.ts';
import type { Scenario } from './scenario.ts';
import { switched } from './switches.ts';
import { formatBytes, formatRate, formatShare, formatSpan } from './units.ts';

/** What the runs of one scenario cost the machine. */
export interface Cost {
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

/** One line of figures: what it is, and how it reads. */
interface Row {
  readonly label: string;
  readonly value: (measures: Measures) => number;
  readonly format: (value: number) => string;
}

const decimals =
  (count: number) =>
  (value: number): string =>
    value.toFixed(count);

const ROWS: readonly Row[] = [
  { label: 'last complete', value: ({ last }) => last, format: formatSpan },
  { label: '  ÷ swarm bound', value: ({ lastRatio }) => lastRatio, format: decimals(3) },
  { label: 'mean complete', value: ({ mean }) => mean, format: formatSpan },
  { label: '  ÷ swarm bound', value: ({ meanRatio }) => meanRatio, format: decimals(3) },
  { label: 'upload utilisation until 95 % done', value: ({ utilisation }) => utilisation, format: formatShare },
  {
    label: '  ÷ what is possible',
    value: ({ utilisation, possibleUtilisation }) => utilisation / possibleUtilisation,
    format: formatShare,
  },
  { label: 'duplicate bytes', value: ({ duplicates }) => duplicates, format: formatShare },
  { label: 'control overhead', value: ({ control }) => control, format: formatShare },
  { label: 'Jain’s index within a class', value: ({ fairness }) => fairness, format: decimals(4) },
  { label: 'rank correlation of up and down', value: (measures) => measures.rankCorrelation, format: decimals(3) },
  { label: '99 → 100 %, the longest', value: ({ lastPercent }) => lastPercent, format: formatSpan },
  { label: '  of that peer’s time', value: ({ lastPercentShare }) => lastPercentShare, format: formatShare },
  { label: 'one copy among the peers', value: ({ spread }) => spread, format: formatSpan },
  { label: 'copies sent by the seed', value: ({ seedCopies }) => seedCopies, format: decimals(2) },
  {
    label: 'rider’s time ÷ giver’s, while givers fetch',
    value: ({ riding }) => riding.slowdown,
    format: decimals(2),
  },
  { label: 'givers’ mean ÷ bound without riders', value: ({ riding }) => riding.giversRatio, format: decimals(3) },
  {
    label: '  ÷ bound with what riders had by then',
    value: ({ riding }) => riding.giversRatioFed,
    format: decimals(3),
  },
  { label: 'chokes', value: ({ chokes }) => chokes, format: decimals(0) },
  { label: 'unchokes', value: ({ unchokes }) => unchokes, format: decimals(0) },
];

/** Runs of one scenario, and of the same without those who do harm (none where nobody does), each with the same seeds. */
export interface Played {
  readonly runs: readonly Measures[];
  readonly unharmed: readonly Measures[];
}

/** The figures of one run, or the median and the range of several. */
export function describeRuns(scenario: Scenario, { runs, unharmed }: Played, cost: Cost): string {
  const [first] = runs;
  const lines = [
    `${scenario.name}: ${scenario.shows}`,
    `${first.expected} peers, ${formatBytes(scenario.fileBytes)}, seed ${formatRate(scenario.seed.up)} up, ${describeLines(scenario)}`,
    ...(switched(scenario.policies) === '' ? [] : [`switched: ${switched(scenario.policies)}`]),
    '',
    row('client-server bound, max{N·F/us, F/dmin}', formatSpan(first.bounds.clientServer)),
    row('swarm bound, max{F/us, F/dmin, N·F/(us+Σui)}', formatSpan(first.bounds.peerToPeer)),
    row(
      'the same for pieces passed on whole',
      spread(
        runs.map(({ pieceBound }) => pieceBound),
        formatSpan,
      ),
    ),
    ...ROWS.filter(({ value }) => !runs.some((run) => Number.isNaN(value(run)))).map((each) =>
      row(each.label, spread(runs.map(each.value), each.format)),
    ),
    ...describeClasses(runs),
    ...unharmed.slice(0, 1).map(() => {
      const [means, lasts] = (['mean', 'last'] as const).map((key) =>
        runs.map(({ classes }, index) => classes[0][key] / unharmed[index][key]),
      );
      return row(
        'honest: mean, last ÷ run without the others',
        `${spread(means, decimals(3))}, ${spread(lasts, decimals(3))}`,
      );
    }),
    ...(runs.some(({ bans }) => bans.liars + bans.honest > 0)
      ? [
          row(
            'banned: liars, honest',
            `${spread(
              runs.map(({ bans }) => bans.liars),
              decimals(0),
            )}, ${spread(
              runs.map(({ bans }) => bans.honest),
              decimals(0),
            )}`,
          ),
        ]
      : []),
    row('cost', describeCost(runs, cost)),
    row('log hash', runs.map(({ hash }) => hash).join(' ')),
  ];
  return `${lines.join('\n')}\n`;
}

/** The median; with its range where there are several. */
export function spread(values: readonly number[], format: (value: number) => string): string {
  if (values.length === 1) return format(values[0]);
  return `${format(median(values))} (${format(Math.min(...values))} … ${format(Math.max(...values))})`;
}

/** A table in Markdown, its columns padded so that it reads well in a terminal too. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((cells) => cells[column].length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |\n`;
  return line(head) + line(widths.map((width) => '-'.repeat(width))) + rows.map(line).join('');
}

const LABEL_WIDTH = 46;

const row = (label: string, text: string): string => `${label.padEnd(LABEL_WIDTH)}${text}`;

function describeLines({ classes, roundTripMs, farRoundTripMs, loss }: Scenario): string {
  const rates =
    classes.length === 1
      ? `${formatRate(classes[0].rates.up)} up, ${formatRate(classes[0].rates.down)} down`
      : `${classes.length} classes`;
  const far = farRoundTripMs === null ? '' : ` and ${farRoundTripMs} ms`;
  return `peers ${rates}, round trip ${roundTripMs} ms${far}${loss > 0 ? `, loss ${formatShare(loss)}` : ''}`;
}

function describeClasses(runs: readonly Measures[]): string[] {
  if (runs[0].classes.length < 2) return [];
  return runs[0].classes.map(({ name, peers }, index) => {
    const means = runs.map(({ classes }) => classes[index]?.mean ?? Number.NaN);
    const completed = Math.min(...runs.map(({ classes }) => classes[index]?.completed ?? 0));
    const had = median(runs.map(({ classes }) => classes[index]?.hadThen ?? Number.NaN));
    const time = means.some(Number.isNaN) ? '' : `, mean ${spread(means, formatSpan)}`;
    return row(
      `  ${name}`,
      `${completed} of ${peers} complete${time}; had ${formatShare(had)} when half the honest were`,
    );
  });
}

function describeCost(runs: readonly Measures[], { cpuSeconds, megabytes }: Cost): string {
  let facts = 0;
  let events = 0;
  for (const run of runs) {
    facts += run.facts;
    events += run.events;
  }
  const millions = (count: number): string => `${(count / 1e6).toFixed(2)} M`;
  return `${cpuSeconds.toFixed(1)} s CPU, ${millions(facts)} facts, ${millions(events)} events, ${megabytes.toFixed(0)} MB`;
}

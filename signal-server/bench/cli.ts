/** `npm run bench:server`: measures every row, or those that are named, and prints one table. Needs Linux, for /proc. */
import { cpus } from 'node:os';

import type { Row } from './row.ts';
import { ROWS } from './rows.ts';

/** Exit code for a row that there is not, or a machine that cannot tell. */
const EXIT_MISUSED = 2;

await main(process.argv.slice(2));

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !ROWS.some((row) => row.name === name));
  if (unknown.length > 0) return refuse(`There is no row "${unknown[0]}": ${ROWS.map(({ name }) => name).join(', ')}.`);
  if (process.platform !== 'linux') return refuse('This needs Linux: /proc tells what a process costs.');
  const [{ model }] = cpus();
  print(`${model}, ${cpus().length} cores, Node.js ${process.versions.node}\n\n`);
  print('| work | ours | against | ratio | must reach | |\n| --- | --- | --- | --- | --- | --- |\n');
  for (const row of ROWS) if (names.length === 0 || names.includes(row.name)) await show(row);
}

async function show(row: Row): Promise<void> {
  const { ours, theirs, against, ratio, mustReach, isReached } = await row.measure();
  const verdict = isReached === null ? '' : isReached ? 'reached' : 'missed';
  const cells = [row.work, ours, `${theirs} (${against})`, ratio === null ? '–' : ratio.toFixed(2), mustReach, verdict];
  print(`| ${cells.join(' | ')} |\n`);
}

function refuse(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = EXIT_MISUSED;
}

function print(text: string): void {
  process.stdout.write(text);
}

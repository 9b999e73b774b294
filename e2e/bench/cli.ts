/** The bench's command line: plays rows and prints the table, with the machine it was measured on. */
import { describeMachine } from './machine.ts';
import { type Finding, type Row, isKept } from './row.ts';
import { ROWS } from './rows/all.ts';
import { Stage } from './stage.ts';

/** Plays the rows that are named, or all of them. The exit code: 0, 1 when a row could not be measured, 2 for a wrong name. */
export async function main(names: readonly string[]): Promise<number> {
  const unknown = names.find((name) => !ROWS.some((row) => row.name === name));
  if (unknown !== undefined) {
    process.stderr.write(`There is no row "${unknown}". The rows are: ${ROWS.map(({ name }) => name).join(', ')}.\n`);
    return 2;
  }
  const rows = names.length === 0 ? ROWS : ROWS.filter(({ name }) => names.includes(name));
  const lines: string[] = [];
  let exitCode = 0;
  for (const row of rows) {
    process.stderr.write(`${row.name}: ${row.shows} …\n`);
    try {
      lines.push(...(await play(row)));
    } catch (error) {
      process.stderr.write(`${row.name}: ${(error as Error).message}\n`);
      exitCode = 1;
    }
  }
  process.stdout.write(`${[describeMachine(), '', ...HEAD, ...lines].join('\n')}\n`);
  return exitCode;
}

const HEAD = ['| row | ours | compared with | value | must | aim | |', '| --- | --- | --- | --- | --- | --- | --- |'];

async function play(row: Row): Promise<string[]> {
  const findings = await Stage.play((stage) => Promise.race([row.measure(stage), tooLong(row)]));
  return findings.map((finding) => `| ${cells(finding).join(' | ')} |`);
}

function tooLong({ minutesMax }: Row): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => reject(new Error(`This took longer than ${minutesMax} minutes and was given up.`));
    setTimeout(fail, minutesMax * 60_000).unref();
  });
}

function cells(finding: Finding): string[] {
  const { what, ours, against, value, limit } = finding;
  const sign = limit?.kind === 'at least' ? '≥' : '≤';
  const bounds = limit === null ? ['–', '–'] : [`${sign} ${limit.must}`, `${sign} ${limit.aim}`];
  return [what, ours, against || '–', value.toFixed(2), ...bounds, isKept(finding) ? 'kept' : 'missed'];
}

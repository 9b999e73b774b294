/** The command line: what it takes, what it refuses in one sentence, and what it prints. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main } from './cli.ts';
import { SCENARIOS } from './scenarios/all.ts';

const SMALL = ['--peers', '3', '--file', '1MiB'];

/** What a command prints, complains of and returns. */
async function run(...args: string[]) {
  let printed = '';
  let complaint = '';
  let told = '';
  const code = await main(args, {
    print: (text) => (printed += text),
    complain: (text) => (complaint += text),
    tell: (text) => (told += text),
  });
  return { printed, complaint, told, code };
}

test.each([
  ['--peers', '0', '--peers takes a whole number from 1 to 10000, not "0".'],
  ['--peers', 'ten', '--peers takes a whole number from 1 to 10000, not "ten".'],
  ['--peers', '1.5', '--peers takes a whole number from 1 to 10000, not "1.5".'],
  ['--file', '32', '--file takes an amount such as 32MiB, up to 16GiB, not "32".'],
  ['--file', '0B', '--file takes an amount such as 32MiB, up to 16GiB, not "0B".'],
  ['--up', '1MB', '--up takes a rate such as 1MB/s or 8Mbit/s, not "1MB".'],
  ['--down', '0MB/s', '--down takes a rate such as 1MB/s or 8Mbit/s, not "0MB/s".'],
  ['--seed-up', 'fast', '--seed-up takes a rate such as 1MB/s or 8Mbit/s, not "fast".'],
  ['--cap-up', '200', '--cap-up takes a rate such as 1MB/s or 8Mbit/s, not "200".'],
  ['--rtt', '50', '--rtt takes a time such as 50ms, up to 1min, not "50".'],
  ['--loss', '60%', '--loss takes a share such as 0.1%, up to 50%, not "60%".'],
  ['--pieces', 'best', '--pieces takes rarest, random or sequential, not "best".'],
  ['--without', 'pieces', null],
  ['--without', 'luck', null],
  ['--uplink', 'slow', '--uplink takes fair or shared-queue, not "slow".'],
  ['--seed', '-1', null],
  ['--seed', 'x', '--seed takes a whole number below 1000000000, not "x".'],
  ['--seeds', '0', '--seeds takes a whole number from 1 to 1000, not "0".'],
  ['--scenario', 'flood', 'There is no scenario "flood"; "npm run sim -- list" names them.'],
  ['--colour', 'red', null],
  ['--json=yes', '', null],
  ['dance', '', 'There is no command "dance"; there are list, ablation, limits and bench.'],
  ['ablation', '--svg=out.svg', 'An ablation is a table: --svg draws single scenarios.'],
  ['ablation', '--scenario=two-rooms', 'No mechanism is taken away in two-rooms.'],
  ['limits', 'two-rooms', null],
  ['limits', '--svg=out.svg', 'Limits are a table: --svg draws single scenarios.'],
  ['limits', '--scenario=churn', 'What has limits is named without --scenario, such as: limits crowd-50.'],
  ['list', 'more', '"more" is one word too many.'],
])('%s %s is refused in one sentence', async (option, value, sentence) => {
  const { printed, complaint, code } = await run(...[option, value].filter((arg) => arg !== ''));
  expect(code).toBe(2);
  expect(printed).toBe('');
  expect(complaint).toMatch(/^[^\n]+\.\n$/);
  if (sentence !== null) expect(complaint).toBe(`${sentence}\n`);
});

test('the list names every scenario, and each has a name of its own', async () => {
  const { printed, code } = await run('list');
  expect(code).toBe(0);
  for (const { name, shows } of SCENARIOS)
    expect(printed).toMatch(new RegExp(`^\\| ${name} +\\| ${shows.slice(0, 20)}`, 'm'));
  expect(new Set(SCENARIOS.map(({ name }) => name)).size).toBe(SCENARIOS.length);
});

test('help shows every option', async () => {
  const { printed, code } = await run('--help');
  expect(code).toBe(0);
  expect(printed).toContain('--seed-up 1MB/s');
});

test('a run prints both bounds of the textbook and what was measured', async () => {
  const { printed, code } = await run(...SMALL, '--up', '2MB/s', '--down', '4MB/s', '--rtt', '20ms');
  expect(code).toBe(0);
  // 3 MiB through 2 MB/s; 1 MiB through the seed's 2 MB/s.
  expect(printed).toMatch(/client-server bound.* 1\.57 s\n/);
  expect(printed).toMatch(/swarm bound.* 0\.52 s\n/);
  for (const label of ['last complete', 'mean complete', 'upload utilisation', 'duplicate bytes', 'control overhead']) {
    expect(printed).toContain(label);
  }
  for (const label of ['Jain', '99 → 100 %', 'chokes', 'unchokes', 'CPU', 'facts', 'MB', 'log hash']) {
    expect(printed).toContain(label);
  }
});

test('a switched mechanism changes the run, --without is a switch to off, and the scenario says so', async () => {
  const hashOf = async (...args: string[]): Promise<string> => {
    const { runs } = JSON.parse((await run(...SMALL, '--peers', '8', '--file', '2MiB', '--json', ...args)).printed);
    return runs[0].hash;
  };
  const shipped = await hashOf();
  expect(await hashOf('--pieces', 'rarest', '--endgame', 'on')).toBe(shipped);
  const without = await hashOf('--without', 'random-first', '--without', 'optimistic');
  expect(without).not.toBe(shipped);
  expect(await hashOf('--random-first', 'off', '--optimistic', 'off')).toBe(without);
  const { scenario } = JSON.parse((await run(...SMALL, '--json', '--pieces', 'random')).printed);
  expect(scenario.policies).toMatchObject({ pieces: 'random', endgame: 'on' });
  const { printed } = await run(...SMALL, '--pieces', 'random', '--anti-snubbing', 'off');
  expect(printed).toContain('\nswitched: --pieces random --anti-snubbing off\n');
});

test('an ablation tells how far it is, prints a table, or JSON with null for what never came', async () => {
  const args = ['ablation', '--scenario', 'seed-leaves', '--peers', '5', '--file', '2MiB', '--seeds', '1'];
  const { printed, told, code } = await run(...args);
  expect(code).toBe(0);
  expect(told).toMatch(/^\d+ runs, about 1 min\.\n1\/\d+ first copies: seed-leaves /);
  expect(printed).toMatch(/^\| mechanism .*\n\| -+ .*\n\| first copies .* never /);
  const { seeds, findings } = JSON.parse((await run(...args, '--json')).printed);
  expect(seeds).toEqual([1]);
  expect(findings[0]).toMatchObject({ switches: { seeding: 'in-turn' }, without: [null], factor: null });
  expect(findings[0].with).toHaveLength(1);
});

test('limits are tried by name, with the median of the seeds, and told as a table or as JSON', async () => {
  const args = ['limits', 'crowd-8', 'seed-leaves', '--peers', '3', '--file', '1MiB', '--seeds', '3'];
  const { printed, told, code } = await run(...args);
  expect(code).toBe(0);
  expect(told).toMatch(/^crowd-8, seed 1\n(.*\n){4}seed-leaves, seed 3\n$/);
  expect(printed).toMatch(/^\| story .*\n\| -+ .*\n\| crowd-8 +\| last complete ÷ bound .*≤ 1\.25 .*\d … \d.*\|\n/);
  const { verdicts } = JSON.parse((await run(...args, '--json')).printed);
  expect(verdicts[0]).toMatchObject({ story: 'crowd-8', kind: 'most', bound: 1.25 });
  expect(verdicts[0].values.toSorted((a: number, b: number) => a - b)[1]).toBe(verdicts[0].median);
});

test('two runs with one seed print one log hash, another seed another', async () => {
  const hashOf = async (seed: string): Promise<string> => {
    const { printed } = await run(...SMALL, '--seed', seed);
    return /log hash +([0-9a-f]{8})\n/.exec(printed)![1];
  };
  const [first, again, other] = [await hashOf('7'), await hashOf('7'), await hashOf('8')];
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

test('JSON holds every run, each of its own seed', async () => {
  const { printed } = await run(...SMALL, '--seed', '3', '--seeds', '2', '--json');
  const { scenario, seeds, runs } = JSON.parse(printed);
  expect(scenario.peers).toBe(3);
  expect(seeds).toEqual([3, 4]);
  expect(runs).toHaveLength(2);
  expect(runs[0].hash).not.toBe(runs[1].hash);
  expect(runs[0].completed).toBe(3);
});

test('several runs print medians and ranges', async () => {
  const { printed } = await run(...SMALL, '--seeds', '3');
  expect(printed).toMatch(/÷ swarm bound +\d\.\d+ \(\d\.\d+ … \d\.\d+\)/);
});

test('the picture holds both curves and a point for each number of peers', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sim-'));
  const path = join(folder, 'out.svg');
  const { printed, code } = await run('--file', '1MiB', '--peers', '4', '--svg', path);
  const svg = readFileSync(path, 'utf8');
  rmSync(folder, { recursive: true });
  expect(code).toBe(0);
  expect(printed).toMatch(/^\| 4 /m);
  expect(svg.match(/stroke-width="2\.5"/g)).toHaveLength(4);
  expect(svg.match(/<circle/g)).toHaveLength(1 + 3);
  expect(svg).toContain('Distribution time in seconds');
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

/** Programs that the tests need and that Debian has: found, or installed by apt as root or as one who may become it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A closed download host must not hold up a test run; a slow one may take its time once bytes flow. */
const CONNECT_TIMEOUT_MS = 8_000;
const INSTALL_TIMEOUT_MS = 5 * 60_000;

/** apt refuses to run twice at once, and tests run side by side. */
const IN_TURN = ['flock', join(tmpdir(), 'tabswarm-apt.lock')];

/** Sees to it that each program is there, of the package it comes in. Throws a plain sentence when one is not. */
export function need(packages: Readonly<Record<string, string>>): void {
  const missing = Object.keys(packages).filter((program) => !isInstalled(program));
  if (missing.length > 0) installPackages(missing.map((program) => packages[program]));
  const gone = missing.filter((program) => !isInstalled(program));
  if (gone.length === 0) return;
  throw new Error(
    `These tests need ${gone.join(' and ')}: install ${gone.map((program) => packages[program]).join(' and ')}, and run them again.`,
  );
}

/** Root often lacks no folder in its PATH; others do. */
function isInstalled(program: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => existsSync(join(folder, program)));
}

/** Tries; whether it worked shows in what is there afterwards. */
export function installPackages(names: readonly string[]): void {
  if (!existsSync('/usr/bin/apt-get')) return;
  announce(`apt-get install ${names.join(' ')}`);
  asRoot([...IN_TURN, 'apt-get', '-qq', 'update']);
  asRoot([...IN_TURN, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', 'install', '-y', ...names]);
}

export function asRoot(command: readonly string[]): void {
  const isRoot = process.getuid?.() === 0;
  run(isRoot ? command : ['sudo', '-n', ...command]);
}

/** The exit code only decides whether its last words are repeated. */
export function run([program = '', ...args]: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    timeout: INSTALL_TIMEOUT_MS,
    env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: String(CONNECT_TIMEOUT_MS) },
  });
  if (status !== 0) process.stderr.write(`  did not work: ${lastError(stderr ?? '')}\n`);
}

function lastError(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return lines.find((line) => /^(Error|E|sudo): /.test(line)) ?? lines.at(-1) ?? 'no reason was given';
}

export function announce(attempt: string): void {
  process.stderr.write(`Something the tests need is not here yet; trying: ${attempt}\n`);
}

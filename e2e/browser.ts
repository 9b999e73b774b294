/**
 * The Chromium that the browser tests drive: one that is here and starts, or one fetched now. Synchronous because
 * configuration files ask for it. The answer is put into CHROME_PATH, so that the worker processes of a test run find what
 * their parent found, and only the parent ever installs.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const MAC_PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const VERSION_TIMEOUT_MS = 20_000;
/** A closed download host must not hold up a test run; a slow one may take its time once bytes flow. */
const CONNECT_TIMEOUT_MS = 8_000;
const INSTALL_TIMEOUT_MS = 5 * 60_000;

/** The path of a Chromium that starts. Throws one plain sentence when there is none and none could be fetched. */
export function findBrowser(): string {
  const path = installed() ?? fetchFromPlaywright() ?? fetchFromApt();
  if (path === undefined) {
    throw new Error(
      'No Chromium was found and none could be installed: install Chromium or Google Chrome, or set CHROME_PATH to one, and run the tests again.',
    );
  }
  process.env['CHROME_PATH'] = path;
  return path;
}

function installed(): string | undefined {
  const named = process.env['CHROME_PATH'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const candidates = [...(named ? [named] : []), ...onPath, ...MAC_PATHS, chromium.executablePath()];
  return candidates.find(starts);
}

/** Being a file is not enough: Ubuntu's `chromium` may be a stub for a snap, and a download may lack system libraries. */
function starts(path: string): boolean {
  if (!existsSync(path)) return false;
  const { status } = spawnSync(path, ['--version'], { stdio: 'ignore', timeout: VERSION_TIMEOUT_MS });
  return status === 0;
}

function fetchFromPlaywright(): string | undefined {
  announce('playwright install chromium');
  const path = chromium.executablePath();
  run(['npx', 'playwright', 'install', 'chromium']);
  if (!existsSync(path)) return undefined;
  // The download is here; on a bare Debian it still lacks system libraries.
  if (!starts(path)) asRoot(['npx', 'playwright', 'install-deps', 'chromium']);
  return starts(path) ? path : undefined;
}

function fetchFromApt(): string | undefined {
  if (!existsSync('/usr/bin/apt-get')) return undefined;
  announce('apt-get install chromium');
  asRoot(['apt-get', '-qq', 'update']);
  asRoot(['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', 'install', '-y', 'chromium']);
  return installed();
}

function asRoot(command: string[]): void {
  const isRoot = process.getuid?.() === 0;
  run(isRoot ? command : ['sudo', '-n', ...command]);
}

/** Whether it worked shows in what is there afterwards; the exit code only decides whether its last words are repeated. */
function run([program = '', ...args]: string[]): void {
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

function announce(attempt: string): void {
  process.stderr.write(`No Chromium here yet; trying: ${attempt}\n`);
}

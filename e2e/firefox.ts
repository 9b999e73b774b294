/**
 * Firefox for the browser tests, driven by WebDriver BiDi: one that is here, or one installed now where that is possible. Playwright
 * drives its own build of Firefox alone, so puppeteer does it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { type Browser, launch } from 'puppeteer-core';

const NAMES = ['firefox-esr', 'firefox'];
const MAC_PATH = '/Applications/Firefox.app/Contents/MacOS/firefox';
const INSTALL_TIMEOUT_MS = 5 * 60_000;

/** Throws one plain sentence when there is no Firefox and none could be installed. */
export async function launchFirefox(): Promise<Browser> {
  const executablePath = installed() ?? fetchFromApt();
  if (executablePath === undefined) {
    throw new Error('No Firefox was found and none could be installed: install Firefox, or set FIREFOX_PATH to one.');
  }
  return launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    // Two browsers of one machine reach each other by its own addresses; mDNS names need a resolver.
    extraPrefsFirefox: { 'media.peerconnection.ice.obfuscate_host_addresses': false },
  });
}

function installed(): string | undefined {
  const named = process.env['FIREFOX_PATH'];
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...(named ? [named] : []), ...onPath, MAC_PATH].find((path) => existsSync(path));
}

function fetchFromApt(): string | undefined {
  if (!existsSync('/usr/bin/apt-get')) return undefined;
  process.stderr.write('No Firefox here yet; trying: apt-get install firefox-esr\n');
  asRoot(['apt-get', '-qq', 'update']);
  asRoot(['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', 'install', '-y', 'firefox-esr']);
  return installed();
}

/** Whether it worked shows in what is there afterwards. */
function asRoot(command: readonly string[]): void {
  const [program, ...args] = process.getuid?.() === 0 ? command : ['sudo', '-n', ...command];
  spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'], timeout: INSTALL_TIMEOUT_MS });
}

/**
 * The Chromium that the browser tests drive: one that is here and starts, or one fetched now. Synchronous because
 * configuration files ask for it. The answer is put into CHROME_PATH, so that the worker processes of a test run find what
 * their parent found, and only the parent ever installs.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { chromium } from '@playwright/test';

import { announce, asRoot, installPackages, run } from './debian.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const MAC_PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const VERSION_TIMEOUT_MS = 20_000;

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
  installPackages(['chromium']);
  return installed();
}

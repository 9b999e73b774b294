/**
 * How the browser tests run: one Chromium, against the built product in dist/, each test with its own server. Two at a time; but what
 * holds a rate, a weight or a stock client to a time has the machine to itself afterwards.
 */
import { defineConfig } from '@playwright/test';

import { withoutExtras } from './e2e/browser-switches.ts';
import { findBrowser } from './e2e/browser.ts';

const ALONE = /(limits|start|stock|weight)\.spec\.ts$/;

const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'node_modules/.cache/e2e',
  fullyParallel: false,
  workers: 2,
  projects: [
    { name: 'together', testMatch: '*.spec.ts', testIgnore: ALONE },
    { name: 'alone', testMatch: ALONE, dependencies: ['together'], workers: 1 },
  ],
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  // On a shared machine a browser may be starved for longer than a person would wait; what passes the second time is listed as flaky.
  retries: process.env['CI'] === undefined ? 0 : 1,
  reporter: 'list',
  use: {
    acceptDownloads: true,
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      executablePath: findBrowser(),
      args: [
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        withoutExtras(),
        // A plain-http origin that is not localhost, without leaving the loopback.
        '--host-resolver-rules=MAP swarm.test 127.0.0.1',
      ],
    },
  },
});

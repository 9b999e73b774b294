/** How the browser tests run: one Chromium, one worker, against the built product in dist/. Each test starts its own server. */
import { defineConfig } from '@playwright/test';

import { findBrowser } from './e2e/browser.ts';

const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  outputDir: 'node_modules/.cache/e2e',
  fullyParallel: false,
  workers: 2,
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
        // A plain-http origin that is not localhost, without leaving the loopback.
        '--host-resolver-rules=MAP swarm.test 127.0.0.1',
      ],
    },
  },
});

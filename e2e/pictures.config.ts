/** Makes the pictures of README.md anew: `npm run build && npx playwright test --config e2e/pictures.config.ts pictures`; and `npm run screenshots`. */
import { defineConfig } from '@playwright/test';

import { findBrowser } from './browser.ts';

const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: '.',
  testMatch: ['pictures.ts', 'screenshots.ts'],
  outputDir: '../node_modules/.cache/pictures',
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    launchOptions: {
      executablePath: findBrowser(),
      args: [...(isRoot ? ['--no-sandbox'] : []), '--host-resolver-rules=MAP swarm.test 127.0.0.1'],
    },
  },
});

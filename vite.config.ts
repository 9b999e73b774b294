import { defineConfig } from 'vitest/config';

/**
 * Two builds from one tree: `vite build` makes the page (dist/web), `vite build --mode server` the server (dist/server).
 * The unit and sim projects are the two test suites that need no browser.
 */
export default defineConfig(({ mode }) => ({
  build:
    mode === 'server'
      ? { ssr: 'signal-server/main.ts', outDir: 'dist/server', target: 'node20', emptyOutDir: true }
      : { outDir: 'dist/web', target: 'es2022', emptyOutDir: true },
  worker: { format: 'es' },
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['shared/**/*.test.ts', 'signal-server/**/*.test.ts', 'web/**/*.test.ts'],
          exclude: ['shared/sim/**', 'node_modules/**'],
        },
      },
      { test: { name: 'sim', include: ['shared/sim/**/*.test.ts'], testTimeout: 120_000 } },
    ],
  },
}));

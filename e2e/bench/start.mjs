/** `npm run bench`: builds the product and the bench, then runs it. Plain JavaScript, since Node 20 reads no TypeScript. */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

process.chdir(root);
const product = spawnSync('npm', ['run', 'build'], { encoding: 'utf8' });
if (product.status !== 0) {
  process.stderr.write(product.stderr);
  process.exit(1);
}
await build({
  root,
  configFile: false,
  logLevel: 'error',
  publicDir: false,
  build: { ssr: 'e2e/bench/cli.ts', outDir: 'dist/bench', emptyOutDir: true, target: 'node20' },
});
const { main } = await import(pathToFileURL(join(root, 'dist', 'bench', 'cli.js')).href);
process.exitCode = await main(process.argv.slice(2));

/** `npm run fuzz:server`: builds the fuzzer and runs it. Plain JavaScript, since Node 20 reads no TypeScript. */
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { build } from 'vite';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const outDir = join(root, 'dist', 'fuzz');

await build({
  root,
  configFile: false,
  logLevel: 'error',
  publicDir: false,
  build: { ssr: join(root, 'signal-server', 'fuzz', 'fuzz.ts'), outDir, emptyOutDir: true, target: 'node20' },
});
await import(pathToFileURL(join(outDir, 'fuzz.js')).href);

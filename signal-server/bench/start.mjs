/**
 * `npm run bench:server`: builds the server and the bench, then runs the bench with room for 20,000 sockets. Plain JavaScript,
 * since Node 20 reads no TypeScript.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'vite';

const folder = dirname(fileURLToPath(import.meta.url));
const root = join(folder, '..', '..');

await buildForNode(join(root, 'signal-server', 'main.ts'), 'server');
await buildForNode(join(folder, 'cli.ts'), 'server-bench');
// Each socket is an open file: as many as the account may have, and more where root may ask for them.
const shell = 'ulimit -n 65536 2>/dev/null || ulimit -n $(ulimit -Hn); exec "$0" "$@"';
const command = [
  process.execPath,
  '--expose-gc',
  join(root, 'dist', 'server-bench', 'cli.js'),
  ...process.argv.slice(2),
];
process.exitCode = spawnSync('sh', ['-c', shell, ...command], { cwd: root, stdio: 'inherit' }).status ?? 1;

async function buildForNode(entry, name) {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: { ssr: entry, outDir: join(root, 'dist', name), emptyOutDir: true, target: 'node20' },
  });
}

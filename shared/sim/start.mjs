/**
 * `npm run sim`: builds the simulator when its sources are newer than what is built, then runs it. Plain JavaScript, since
 * Node 20 reads no TypeScript. `package.json` gives it 64 MB for what is young: nearly all that a run makes dies at once, and it takes a twelfth less time.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const shared = join(root, 'shared');
const built = join(root, 'dist', 'sim', 'cli.js');

if (!existsSync(built) || statSync(built).mtimeMs <= newest(shared)) await build();
const { main } = await import(pathToFileURL(built).href);
process.exitCode = await main(process.argv.slice(2), {
  print: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
  tell: (text) => process.stderr.write(text),
});

/** When the file, or anything in the folder, last changed; tests are not built. */
function newest(path) {
  const stats = statSync(path);
  if (stats.isDirectory()) return Math.max(...readdirSync(path).map((name) => newest(join(path, name))));
  return path.endsWith('.ts') && !path.endsWith('.test.ts') ? stats.mtimeMs : 0;
}

async function build() {
  const vite = await import('vite').catch(() => {
    process.stderr.write('Run "npm ci" first: it installs what the simulator is built with.\n');
    process.exit(1);
  });
  await vite.build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      ssr: join(shared, 'sim', 'cli.ts'),
      outDir: join(root, 'dist', 'sim'),
      emptyOutDir: true,
      target: 'node20',
    },
  });
}

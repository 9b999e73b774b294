/**
 * `npm start`: builds page and server when the sources are newer than what is built, then runs the server. Plain JavaScript,
 * since Node 20 reads no TypeScript.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What the build reads. Folders count with all that is in them. */
const SOURCES = ['index.html', 'web', 'shared', 'signal-server', 'vite.config.ts', 'package-lock.json'];

/** What lies among the sources but is not built. */
const NOT_BUILT = /(\.(test|contract)\.[cm]?tsx?|\.md|\.mjs)$/;

/** What the build writes first and last: a build that was broken off lacks one of them. */
const BUILT = ['dist/web/index.html', 'dist/server/main.js'];

/** As `engines` in package.json says. */
const NODE_NEEDED = [20, 19];

checkNode();
if (!existsSync(join(root, 'node_modules'))) quit('Run "npm ci" first: it installs what the server needs.');
if (!isBuilt()) build();
await import(pathToFileURL(join(root, BUILT[1])).href);

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const isOld = major < NODE_NEEDED[0] || (major === NODE_NEEDED[0] && minor < NODE_NEEDED[1]);
  if (isOld) quit(`Node.js ${NODE_NEEDED.join('.')} or newer is needed; this is ${process.versions.node}.`);
}

/** Whether all that is built is there, and newer than every source. */
function isBuilt() {
  const built = BUILT.map((path) => join(root, path));
  if (!built.every((path) => existsSync(path))) return false;
  const oldest = Math.min(...built.map((path) => statSync(path).mtimeMs));
  return SOURCES.every((path) => newest(join(root, path)) <= oldest);
}

/** When the file, or anything in the folder, last changed; 0 for what is not there or not built. */
function newest(path) {
  if (NOT_BUILT.test(path) || !existsSync(path)) return 0;
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Builds, and shows what the tools said only when they failed. */
function build() {
  process.stdout.write('Building the page (only the first time)…\n');
  const { status, error, stdout, stderr } = spawnSync('npm', ['run', 'build'], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`);
  quit(error ? `The page could not be built: ${error.message}` : 'The page could not be built: see above.');
}

function quit(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/**
 * The rules of this repository that no linter knows: which folder may import which, an opening comment in every file, an
 * engine without clock or chance, a test for every rule of PROTOCOL.md, nothing unexpected at the top.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

import { type ESTree, parseSync } from 'vite';
import { expect, test } from 'vitest';

/** What a folder may import besides itself: our floors by path prefix, and packages. The longest matching folder counts. */
const MAY_IMPORT: Record<string, { floors: string[]; packages?: string[] }> = {
  'shared/base': { floors: [] },
  'shared/wire': { floors: ['shared/base'] },
  'shared/engine': { floors: ['shared/base', 'shared/wire'] },
  'shared/driver': { floors: ['shared/base', 'shared/wire', 'shared/engine'] },
  'shared/sim': { floors: ['shared'] },
  'shared/sim/cli.ts': { floors: ['shared'], packages: ['node'] },
  'shared/sim/command.ts': { floors: ['shared'], packages: ['node'] },
  'shared/sim/start.mjs': { floors: [], packages: ['node', 'vite'] },
  'signal-server/bench': {
    floors: ['shared/base', 'shared/wire', 'signal-server'],
    packages: ['ws', 'node', 'vite', 'bittorrent-tracker'],
  },
  'signal-server': {
    floors: ['shared/base', 'shared/wire'],
    packages: ['sirv', 'lean-qr', 'redis', 'pino', 'prom-client', 'proxy-addr', 'ipaddr.js', 'node'],
  },
  'signal-server/deploy': { floors: [], packages: ['ws', 'node'] },
  'signal-server/fuzz': { floors: ['shared/base', 'shared/wire', 'signal-server'], packages: ['ws', 'node'] },
  'signal-server/fuzz/start.mjs': { floors: [], packages: ['vite', 'node'] },
  'web/adapters': {
    floors: ['shared/base', 'shared/wire', 'shared/driver', 'shared/engine/swarm-io.ts'],
    packages: ['simple-peer', 'idb-keyval', '@noble/hashes', 'client-zip'],
  },
  'web/adapters/stand-in-signal-server.ts': { floors: ['shared/wire'], packages: ['vitest', 'ws', 'node'] },
  'web/app': { floors: ['shared/base', 'shared/wire', 'shared/engine', 'shared/driver', 'web/adapters'] },
  'web/ui': { floors: ['shared/base', 'web/app'], packages: ['preact', 'lean-qr'] },
  'web/main.tsx': {
    floors: ['web', 'shared/base', 'shared/wire', 'shared/engine', 'shared/driver'],
    packages: ['preact'],
  },
  'web/on-demand.ts': { floors: ['web'] },
  'web/connecting.ts': { floors: ['web'] },
  e2e: {
    floors: ['shared', 'web', 'signal-server'],
    packages: [
      '@playwright/test',
      '@axe-core/playwright',
      'webtorrent',
      'bittorrent-tracker',
      'puppeteer-core',
      'node',
    ],
  },
  'e2e/gallery': { floors: ['shared/base', 'web'], packages: ['preact', 'vite', '@playwright/test'] },
  'e2e/bench': { floors: ['e2e'], packages: ['@playwright/test', 'puppeteer-core', 'vite', 'node'] },
  'shared/tidy.test.ts': { floors: [] },
};

/** What tests, and the kits and contract suites they share, may import beyond their folder's own. */
const TEST_PACKAGES = [
  'vitest',
  'fast-check',
  'node',
  'vite',
  '@vitest/browser',
  'bittorrent-tracker',
  'webrtc-polyfill',
  'ws',
];

/**
 * The second staircase, inside the engine: a file may import its own step and lower ones, and what is unnamed is step 3.
 * Pieces and peers do not know each other's algorithms; sets of pieces are values, which both speak of.
 */
const ENGINE_STEPS: Record<string, number> = {
  'pieces/bitfield.ts': 0,
  'pieces/wishes.ts': 0,
  'swarm-io.ts': 0,
  'policies.ts': 0,
  pieces: 1,
  peers: 1,
  'announcer.ts': 1,
  'metadata-exchange.ts': 1,
  'swarm-state.ts': 2,
  'swarm.ts': 4,
};
const ENGINE_STEP_OTHERWISE = 3;

/** Names that bring a clock, chance, waiting or a world into the engine. */
const IMPURE = words(`
  Date performance setTimeout setInterval queueMicrotask Promise fetch crypto window document process globalThis self
  navigator console WebSocket RTCPeerConnection indexedDB`);

/** What begins a test, in vitest and in playwright. */
const TEST_CALLS = new Set(['test', 'it', 'describe']);

const LINES_MAX = 350;
const TEST_LINES_MAX = 600;

/** All that lies at the top of the repository. What .gitignore names may lie there as well. */
const TOP_LEVEL = words(`
  .ci .git .gitignore .npmrc .oxfmtrc.json .oxlintrc.json ARCHITECTURE.md CHANGELOG.md CONTRIBUTING.md LICENSE README.md
  e2e index.html package-lock.json package.json playwright.config.ts shared signal-server tsconfig.json vite.config.ts web`);

interface SourceFile {
  /** From the top of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly isTest: boolean;
  readonly program: ESTree.Program;
  readonly nodes: readonly Node[];
}

/** A node of the syntax tree with what is around it. */
interface Node {
  readonly type: string;
  readonly parent: Node | null;
  /** The field of the parent that holds it. */
  readonly role: string;
  readonly [field: string]: unknown;
}

const files = ['shared', 'signal-server', 'web', 'e2e'].flatMap(sourcePaths).map(parse);
const rules = idsIn(
  existsSync('shared/PROTOCOL.md') ? readFileSync('shared/PROTOCOL.md', 'utf8') : '',
  /\*\*\[([A-Z]+\d+)\]\*\*/g,
);

test('the files to check are found', () => {
  for (const folder of [
    'shared/base/',
    'shared/wire/',
    'shared/engine/',
    'shared/driver/',
    'signal-server/',
    'web/',
    'e2e/',
  ]) {
    expect(files.filter((file) => file.path.startsWith(folder)).length, `no source files in ${folder}`).toBeGreaterThan(
      0,
    );
  }
  expect(rules.size, 'no rules like **[P1]** in shared/PROTOCOL.md').toBeGreaterThan(0);
  expect(files.flatMap(imports).length).toBeGreaterThan(files.length);
});

test('every import stays on the floors and packages that its folder may use', () => {
  const faults = files.flatMap((file) =>
    imports(file)
      .filter((target) => !mayImport(file, target))
      .map(
        (target) => `${file.path} may not import ${target}: move the code, or change MAY_IMPORT and ARCHITECTURE.md`,
      ),
  );
  expect(faults).toEqual([]);
});

test('no product code imports a test, or what is made for tests', () => {
  const made = new Set(files.filter((file) => file.isTest).map((file) => file.path));
  const faults = files
    .filter((file) => !file.isTest && !file.path.startsWith('e2e/'))
    .flatMap((file) =>
      imports(file)
        .filter((target) => made.has(target))
        .map((target) => `${file.path} imports ${target}, which is for tests`),
    );
  expect(faults).toEqual([]);
});

test('inside the engine: pieces and peers, then swarm-state, then on-*, then swarm', () => {
  const faults = files
    .filter((file) => file.path.startsWith('shared/engine/') && !file.isTest)
    .flatMap((file) =>
      imports(file)
        .filter((target) => target.startsWith('shared/engine/') && !isStepDown(file.path, target))
        .map((target) => `${file.path} imports ${target}, which is not below it: pass the value in instead`),
    );
  expect(faults).toEqual([]);
});

test('no file imports itself by a detour, types included', () => {
  expect(cycles()).toEqual([]);
});

test('every file opens with a comment that says what it is for', () => {
  const faults = files
    .filter((file) => !/^\/\*\*\s+\S[\s\S]{15,}?\*\//.test(file.text))
    .map((file) => `${file.path} does not open with /** what it is for */`);
  expect(faults).toEqual([]);
});

test('the engine has no clock, no chance, nothing to wait for and no world', () => {
  const faults = files
    .filter((file) => file.path.startsWith('shared/engine/') && !file.isTest)
    .flatMap((file) =>
      impurities(file).map((name) => `${file.path} uses ${name}: make it an Input, an Effect or an argument`),
    );
  expect(faults).toEqual([]);
});

test('the engine reads its switches as `policies.name`, so that the page is built without those it never turns', () => {
  const faults = files
    .filter((file) => file.path.startsWith('shared/engine/') && !file.isTest)
    .filter((file) => /\}: (Pick<)?Policies\b|\} = [\w.]*policies\b|policies(\[|\?\.)/.test(file.text))
    .map((file) => `${file.path} takes policies apart: read policies.name`);
  expect(faults).toEqual([]);
});

test('every rule of PROTOCOL.md is cited by a test title, and every cited rule exists', () => {
  const cited = new Set(files.flatMap((file) => [...citations(file)]));
  const untested = [...rules].filter((id) => !cited.has(id)).map((id) => `[${id}] stands in no test title`);
  const unknown = files.flatMap((file) =>
    [...citations(file)]
      .filter((id) => !rules.has(id))
      .map((id) => `${file.path} cites [${id}], which PROTOCOL.md lacks`),
  );
  expect([...untested, ...unknown]).toEqual([]);
});

test('no file is longer than a reader can hold', () => {
  const faults = files
    .map((file) => ({ ...file, lines: file.text.split('\n').length - 1 }))
    .filter(({ path }) => !isIn(path, 'web/ui/messages'))
    .filter(({ lines, isTest }) => lines > (isTest ? TEST_LINES_MAX : LINES_MAX))
    .map(({ path, lines }) => `${path} has ${lines} lines: it holds more than one noun, so split it`);
  expect(faults).toEqual([]);
});

test('nothing unexpected lies at the top', () => {
  const ignored = new Set(readFileSync('.gitignore', 'utf8').split('\n'));
  const faults = readdirSync('.').filter((entry) => !TOP_LEVEL.has(entry) && !ignored.has(entry));
  expect(faults, 'move these into a folder, or name them in TOP_LEVEL').toEqual([]);
});

function sourcePaths(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|tsx|mts|mjs|js)$/.test(path))
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .toSorted();
}

function parse(path: string): SourceFile {
  const text = readFileSync(path, 'utf8');
  const { program, errors } = parseSync(path, text);
  expect(errors, `${path} cannot be parsed`).toEqual([]);
  const nodes = nodesIn(program, { parent: null, role: '' });
  return { path, text, isTest: /\.(test|spec|contract|test-kit)\.tsx?$/.test(path), program, nodes };
}

function nodesIn(value: unknown, place: { parent: Node | null; role: string }): Node[] {
  if (Array.isArray(value)) return value.flatMap((item) => nodesIn(item, place));
  if (typeof value !== 'object' || value === null || !('type' in value)) return [];
  const node = { ...value, ...place } as Node;
  return [node, ...Object.entries(value).flatMap(([role, child]) => nodesIn(child, { parent: node, role }))];
}

/** What a file names in `import`, `export from`, `import()` and `new URL('./…', …)`: ours as paths from the top. */
function imports(file: SourceFile): string[] {
  return file.nodes
    .filter(({ type, role, parent }) => type === 'Literal' && (role === 'source' || isUrl(parent)))
    .map(({ value }) => String(value).replace(/\?.*$/, ''))
    .map((name) => (name.startsWith('.') ? normalize(join(dirname(file.path), name)).replaceAll('\\', '/') : name));
}

/** Whether this is `new URL('./worker.ts', import.meta.url)`. */
function isUrl(node: Node | null): boolean {
  if (node?.type !== 'NewExpression' || nameOf(node['callee']) !== 'URL') return false;
  const [path, base] = node['arguments'] as { value?: unknown; object?: { type: string } }[];
  return String(path?.value).startsWith('.') && base?.object?.type === 'MetaProperty';
}

function mayImport(file: SourceFile, target: string): boolean {
  const folder = Object.keys(MAY_IMPORT)
    .filter((key) => isIn(file.path, key))
    .toSorted((a, b) => b.length - a.length)[0];
  if (folder === undefined) return false;
  const { floors, packages = [] } = MAY_IMPORT[folder];
  if (isOurs(target)) return [folder, ...floors].some((floor) => isIn(target, floor));
  const allowed = file.isTest ? [...packages, ...TEST_PACKAGES] : packages;
  return allowed.includes(packageOf(target));
}

function isOurs(target: string): boolean {
  return /^(shared|signal-server|web|e2e)\//.test(target);
}

function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function packageOf(name: string): string {
  const parts = name.split('/');
  return name.startsWith('node:') ? 'node' : parts.slice(0, name.startsWith('@') ? 2 : 1).join('/');
}

function isStepDown(from: string, to: string): boolean {
  const isNeighbour = engineStep(from) === 1 && engineStep(to) === 1 && dirname(from) !== dirname(to);
  return engineStep(to) <= engineStep(from) && !isNeighbour;
}

function engineStep(path: string): number {
  const name = path.slice('shared/engine/'.length);
  return ENGINE_STEPS[name] ?? ENGINE_STEPS[dirname(name)] ?? ENGINE_STEP_OTHERWISE;
}

/** Every cycle once, as `a → b → a`. */
function cycles(): string[] {
  const edges = new Map(files.map((file) => [file.path, imports(file).filter(isOurs)]));
  const done = new Set<string>();
  const visit = (path: string, trail: string[]): string[] => {
    if (trail.includes(path)) return [[...trail.slice(trail.indexOf(path)), path].join(' → ')];
    if (done.has(path)) return [];
    const found = (edges.get(path) ?? []).flatMap((target) => visit(target, [...trail, path]));
    done.add(path);
    return found;
  };
  return [...edges.keys()].flatMap((path) => visit(path, []));
}

function impurities(file: SourceFile): string[] {
  const ownNames = new Set(file.nodes.filter(isBinding).map(({ name }) => name));
  const names = file.nodes
    .filter((node) => node.type === 'Identifier' && !isFieldName(node) && !ownNames.has(node['name']))
    .map(({ name }) => String(name))
    .filter((name) => IMPURE.has(name));
  const chance = file.nodes
    .filter(
      ({ type, object, property }) =>
        type === 'MemberExpression' && nameOf(object) === 'Math' && nameOf(property) === 'random',
    )
    .map(() => 'Math.random');
  const waiting = file.nodes
    .filter(({ type, async }) => type === 'AwaitExpression' || async === true)
    .map(() => 'async or await');
  return [...new Set([...names, ...chance, ...waiting])];
}

/** A name that this file gives to a value of its own, such as a parameter called `window`. */
function isBinding({ type, role }: Node): boolean {
  return type === 'Identifier' && ['params', 'id', 'local'].includes(role);
}

function isFieldName({ role, parent }: Node): boolean {
  return ['property', 'key'].includes(role) && parent?.['computed'] !== true && parent?.['shorthand'] !== true;
}

function nameOf(node: unknown): unknown {
  return (node as { name?: unknown } | null)?.name;
}

/** The rules that a file's test titles cite, as in `test('[P2] picks …')` and `test.each(…)('[P2] …')`. */
function citations(file: SourceFile): Set<string> {
  const titles = file.nodes
    .filter(({ type, callee }) => type === 'CallExpression' && TEST_CALLS.has(rootName(callee)))
    .map((call) => (call['arguments'] as { start: number; end: number }[])[0])
    .map((title) => (title ? file.text.slice(title.start, title.end) : ''));
  return idsIn(titles.join('\n'), /\[([A-Z]+\d+)\]/g);
}

/** `test` of `test`, `test.each` and `test.each(…)`. */
function rootName(callee: unknown): string {
  const node = callee as { name?: string; object?: unknown; callee?: unknown };
  return node.name ?? rootName(node.object ?? node.callee ?? { name: '' });
}

function idsIn(text: string, pattern: RegExp): Set<string> {
  return new Set([...text.matchAll(pattern)].map(([, id]) => id));
}

function words(text: string): Set<string> {
  return new Set(text.trim().split(/\s+/));
}

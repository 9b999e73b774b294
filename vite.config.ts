import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { playwright } from '@vitest/browser-playwright';
import { type MinifyOptions, minify } from 'terser';
import type { Plugin } from 'vite';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

import { findBrowser } from './e2e/browser.ts';
import { SHIPPED } from './shared/engine/policies.ts';

/** The service workers, whose addresses must never change and lie beside the page. */
const WORKERS = { 'save-worker': 'web/adapters/save-worker.ts', 'shell-worker': 'web/adapters/shell-worker.ts' };

/** They, and what they are made of, stay out of the page's file: a worker would run the page. */
const WORKER_SOURCE = /\/(save-worker|shell-worker|byte-range)\.ts$/;

const PAGE_PARTS = {
  input: { index: 'index.html', ...WORKERS },
  output: {
    entryFileNames: ({ name }: { readonly name: string }) =>
      name in WORKERS ? '[name].js' : 'assets/[name]-[hash].js',
    // What the page begins with is one file, also what later parts share with it: that packs better, by 1.8 kB, than nine files.
    codeSplitting: {
      groups: [{ name: 'index', tags: ['$initial' as const], test: (id: string) => !WORKER_SOURCE.test(id) }],
    },
  },
};

const MINIFY_OPTIONS: MinifyOptions = {
  module: true,
  ecma: 2020,
  // "unsafe": nothing here gives `String`, `Math` and their like another meaning, and to read a property does nothing else. What simple-peer notes
  // for those who look for errors in it goes nowhere.
  compress: { passes: 3, unsafe: true, unsafe_arrows: true, pure_getters: true, pure_funcs: ['this._debug'] },
};

/**
 * What simple-peer is written with, in the little that we use of it: the packages themselves are two thirds of it, and die in a
 * browser, which has no `global`.
 */
const SIMPLE_PEER_PARTS = {
  'readable-stream': partOfSimplePeer('stream'),
  buffer: partOfSimplePeer('buffer'),
  debug: partOfSimplePeer('debug'),
  randombytes: partOfSimplePeer('random-bytes'),
  'err-code': partOfSimplePeer('err-code'),
  'get-browser-rtc': partOfSimplePeer('get-browser-rtc'),
  'queue-microtask': partOfSimplePeer('queue-microtask'),
};

/**
 * Two builds from one tree: `vite build` makes the page (dist/web), `vite build --mode server` the server (dist/server).
 * The unit and sim projects are the two test suites that need no browser; adapters runs in a real Chromium, and exists only
 * when it is asked for by name, since looking for (or fetching) a browser takes time.
 */
export default defineConfig(({ mode }) => ({
  build:
    mode === 'server'
      ? { ssr: 'signal-server/main.ts', outDir: 'dist/server', target: 'node20', emptyOutDir: true }
      : {
          outDir: 'dist/web',
          target: 'es2022',
          emptyOutDir: true,
          // What is fetched on demand needs nothing besides the page itself.
          modulePreload: false,
          rolldownOptions: PAGE_PARTS,
        },
  publicDir: mode === 'server' ? false : 'web/public',
  resolve: { alias: mode === 'server' ? {} : SIMPLE_PEER_PARTS },
  plugins:
    mode === 'server'
      ? []
      : [onlyShipped(), onlyConnecting(), plainImports(), earlyConnecting(), minifiedAgain(), compressed()],
  worker: { format: 'es' },
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['shared/**/*.test.ts', 'signal-server/**/*.test.ts', 'web/**/*.test.ts'],
          exclude: ['shared/sim/**', 'web/**/*.browser.test.ts', 'node_modules/**'],
          // Rules know no real time: a busy machine is no fault of theirs.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'sim',
          include: ['shared/sim/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', 'node_modules/**'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      ...(process.argv.includes('adapters') ? [adapters()] : []),
    ],
  },
}));

/** The engine's mechanisms are switched in the simulator only: what a page would never do is left out of it, 0.6 kB gzipped. */
function onlyShipped(): Plugin {
  const shipped: Readonly<Record<string, string>> = { ...SHIPPED };
  return {
    name: 'only-shipped',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { id: /\/shared\/engine\/.*\.ts$/ },
      handler: (code) =>
        code
          .replace(/(SHIPPED: Policies = )\{[^}]*\}/, '$1{}')
          .replaceAll(/\b(?:\w+\.)*policies\.(\w+)\b/g, (read, name: string) =>
            name in shipped ? JSON.stringify(shipped[name]) : read,
          ),
    },
  };
}

/** Of simple-peer's methods those for sound, pictures and its own stream, which nothing here calls. */
const UNUSED_IN_SIMPLE_PEER =
  /^ {2}(?:get bufferSize|get connected|address|send|addTransceiver|addStream|addTrack|replaceTrack|removeTrack|removeStream|_write) \([^)]*\) \{\n(?:.*\n)*? {2}\}\n/gm;
const UNUSED_COUNT = 11;

/**
 * simple-peer connects, and does nothing else here: the rest of it is left out, 0.6 kB gzipped. It also becomes a module like all
 * others: what runs CommonJS in a browser is 0.7 kB.
 */
function onlyConnecting(): Plugin {
  return {
    name: 'only-connecting',
    apply: 'build',
    enforce: 'pre',
    transform: {
      filter: { id: /\/node_modules\/simple-peer\/index\.js$/ },
      handler: (code) => {
        const found = code.match(UNUSED_IN_SIMPLE_PEER)?.length;
        if (found !== UNUSED_COUNT)
          throw new Error(`simple-peer has ${found} of the ${UNUSED_COUNT} methods that are left out.`);
        const asModule = code
          .replaceAll(UNUSED_IN_SIMPLE_PEER, '')
          .replace("const stream = require('readable-stream')", "import * as stream from 'readable-stream'")
          .replace("const { Buffer } = require('buffer')", "import { Buffer } from 'buffer'")
          .replaceAll(
            /^const (\w+) = require\(('.+?')\)(.*)/gm,
            "import { 'module.exports' as $1Part } from $2; const $1 = $1Part$3",
          )
          .replace(/^module\.exports = /m, 'export default ');
        if (/\brequire\(|^module\./m.test(asModule))
          throw new Error('simple-peer has other parts than those that are known.');
        return asModule;
      },
    },
  };
}

/** What vite wraps each `import()` in preloads what a part needs besides the page, which here is nothing: 0.7 kB gzipped. */
function plainImports(): Plugin {
  return {
    name: 'plain-imports',
    apply: 'build',
    enforce: 'pre',
    load: {
      filter: { id: /vite\/preload-helper/ },
      handler: () => 'export const __vitePreload = (load) => load();',
    },
  };
}

/** What connects is fetched beside the page's own file, and not only when that one has asked for it: a round trip less to the first chunk. */
function earlyConnecting(): Plugin {
  return {
    name: 'early-connecting',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {} }) => {
        const name = Object.keys(bundle).find((file) => /\/connecting-[^/]*\.js$/.test(file));
        if (name === undefined) throw new Error('There is no file of what connects.');
        return [
          { tag: 'link', attrs: { rel: 'modulepreload', crossorigin: true, href: `/${name}` }, injectTo: 'head' },
        ];
      },
    },
  };
}

/** Minifies once more what vite's own minifier has made: 1.2 kB less, gzipped, than after either of the two alone. */
function minifiedAgain(): Plugin {
  return {
    name: 'minified-again',
    apply: 'build',
    generateBundle: {
      // After vite has put in what it only knows now.
      order: 'post',
      handler: async (_, bundle) => {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== 'chunk') continue;
          const { code } = await minify(chunk.code, MINIFY_OPTIONS);
          if (code === undefined) throw new Error(`${chunk.fileName}: nothing is left of it`);
          chunk.code = code;
        }
      },
    },
  };
}

/** Puts a brotli and a gzip copy beside each file that gains by it, once and as small as can be; the server hands them out. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle: ({ dir = '' }, bundle) => {
      for (const name of Object.keys(bundle).filter((name) => /\.(js|css|html|svg|json)$/.test(name))) {
        const path = join(dir, name);
        const content = readFileSync(path);
        writeFileSync(`${path}.br`, brotliCompressSync(content));
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}

function adapters(): TestProjectInlineConfiguration {
  const isRoot = process.getuid?.() === 0;
  return {
    resolve: { alias: SIMPLE_PEER_PARTS },
    optimizeDeps: {
      entries: ['web/adapters/*.browser.test.ts'],
      include: ['simple-peer', 'idb-keyval', '@noble/hashes/legacy.js', 'client-zip'],
    },
    test: {
      name: 'adapters',
      include: ['web/adapters/**/*.browser.test.ts', 'shared/sim/**/*.browser.test.ts'],
      globalSetup: ['web/adapters/stand-in-signal-server.ts', 'shared/sim/replay-in-node.test-kit.ts'],
      testTimeout: 30_000,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: {
            executablePath: findBrowser(),
            args: ['--disable-background-networking', ...(isRoot ? ['--no-sandbox'] : [])],
          },
        }),
        instances: [{ browser: 'chromium' }],
      },
    },
  };
}

function partOfSimplePeer(name: string): string {
  return fileURLToPath(new URL(`web/adapters/simple-peer-parts/${name}.ts`, import.meta.url));
}

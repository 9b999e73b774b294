/** The one command a person runs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { expect, test } from '@playwright/test';

const PORT = 18_390;
const HEALTH = `http://localhost:${PORT}/healthz`;
const SECOND_START_MS_MAX = 3000;

/** A build on a slow machine, beside other tests. */
const BUILD_MS_MAX = 120_000;

const started: ChildProcess[] = [];

test.afterEach(async () => {
  await Promise.all(started.splice(0).map(stop));
});

test('npm start builds what is not built, and is ready in under 3 s the second time', async () => {
  test.setTimeout(BUILD_MS_MAX + 30_000);
  const copy = await mkdtemp(join(tmpdir(), 'tabswarm-start-'));
  await cp('.', copy, { recursive: true, filter: (path) => !/^(node_modules|dist|\.git)$/.test(path) });
  await symlink(resolve('node_modules'), join(copy, 'node_modules'));

  const first = npmStart(copy);
  await expect.poll(isHealthy, { timeout: BUILD_MS_MAX, intervals: [50] }).toBe(true);
  const page = await fetch(`http://localhost:${PORT}/`);
  expect(page.headers.get('content-type')).toContain('text/html');
  await stop(first);

  const begun = performance.now();
  npmStart(copy);
  await expect.poll(isHealthy, { timeout: 10_000, intervals: [50] }).toBe(true);
  expect(performance.now() - begun).toBeLessThan(SECOND_START_MS_MAX);
  await Promise.all(started.map(stop));
  await rm(copy, { recursive: true });
});

test('it prints the address and answers /healthz with JSON', async () => {
  const server = npmStart('.');
  await expect.poll(isHealthy, { intervals: [50] }).toBe(true);
  expect(server.output()).toContain(`http://localhost:${PORT}`);
  const health = await fetch(HEALTH);
  expect(health.headers.get('content-type')).toContain('application/json');
  expect(await health.json()).toBeInstanceOf(Object);
});

test('a port that is taken gives one sentence and a failing exit code', async () => {
  npmStart('.');
  await expect.poll(isHealthy, { intervals: [50] }).toBe(true);
  const second = npmStart('.');
  await once(second, 'exit');
  expect(second.exitCode).not.toBe(0);
  expect(second.output()).toMatch(new RegExp(`${PORT}.*(taken|in use).*\\.`, 'i'));
  expect(second.output()).not.toContain('    at ');
});

test('a wrong value of a variable gives one sentence and a failing exit code', async () => {
  const server = npmStart('.', { STUN_PORT: 'yes' });
  await once(server, 'exit');
  expect(server.exitCode).not.toBe(0);
  expect(server.output()).toContain('STUN_PORT is "yes", but must be a number from 0 to 65535.');
});

type Started = ChildProcess & { output: () => string };

/** In a process group of its own, as npm is a chain of processes. */
function npmStart(folder: string, environment: NodeJS.ProcessEnv = {}): Started {
  const child = spawn('npm', ['start'], {
    cwd: folder,
    env: { ...process.env, PORT: String(PORT), ...environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  return Object.assign(child, { output: () => output });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  process.kill(-child.pid, 'SIGTERM');
  await once(child, 'exit');
}

async function isHealthy(): Promise<boolean> {
  return fetch(HEALTH).then(
    (response) => response.status === 200,
    () => false,
  );
}

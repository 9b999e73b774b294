/**
 * `npm run try:deploy`: tries what can be tried without a Docker daemon. The Dockerfile's steps in a clean folder, two nodes of
 * what they built behind Debian's nginx with TLS, the compose file and the unit by their own checkers. Linux, nginx, openssl.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const deploy = dirname(fileURLToPath(import.meta.url));
const root = join(deploy, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'tabswarm-deploy-'));
const HTTPS_PORT = 18_443;
const started = [];
let failures = 0;

try {
  const app = join(folder, 'app');
  await step('the steps of the Dockerfile, by hand', () => buildAsDockerDoes(app));
  await step('two nodes behind nginx: page, headers and WebSocket over TLS', () => serveBehindNginx(app));
  await checker(
    'the unit',
    ['systemd-analyze', '--version'],
    ['systemd-analyze', 'verify', join(deploy, 'tabswarm.service')],
  );
  const compose = ['docker', 'compose', '--file', join(deploy, 'compose.yaml'), 'config', '--quiet'];
  await checker('the compose file', ['docker', 'compose', 'version'], compose);
} finally {
  for (const child of started) child.kill('SIGTERM');
  rmSync(folder, { recursive: true });
}
process.exitCode = failures === 0 ? 0 : 1;

async function step(name, work) {
  try {
    await work();
    process.stdout.write(`ok: ${name}\n`);
  } catch (error) {
    failures += 1;
    process.stdout.write(`FAILED: ${name}: ${error.message}\n`);
  }
}

/** A checker that is not here is left out aloud. */
async function checker(name, [probe, ...probeArgs], [program, ...args]) {
  if (spawnSync(probe, probeArgs, { stdio: 'ignore' }).status !== 0) {
    process.stdout.write(`left out: ${name}, since "${[probe, ...probeArgs].join(' ')}" does not run here\n`);
    return;
  }
  const env = { ...process.env, DOMAIN: 'share.example.org', TURN_SECRET: 'secret' };
  await step(name, () => execFileSync(program, args, { env, stdio: 'inherit' }));
}

/** COPY and RUN of the first stage in `app`; of the second stage only what it copies is kept. */
function buildAsDockerDoes(app) {
  mkdirSync(app);
  const [, build, run] = readFileSync(join(deploy, 'Dockerfile'), 'utf8').split(/^FROM .*$/m);
  for (const [, instruction, rest] of build.matchAll(/^(COPY|RUN) (.*)$/gm)) {
    if (instruction === 'RUN') execFileSync('sh', ['-c', rest], { cwd: app, stdio: ['ignore', 'ignore', 'inherit'] });
    else copy(rest.split(' '), root, app);
  }
  const kept = join(folder, 'kept');
  for (const [, rest] of run.matchAll(/^COPY --from=build (.*)$/gm)) {
    copy(rest.replaceAll('/app/', '').split(' '), app, kept);
  }
  rmSync(app, { recursive: true });
  cpSync(kept, app, { recursive: true, verbatimSymlinks: true });
}

function copy(paths, from, to) {
  const target = paths.pop();
  for (const path of paths) {
    const name = target.endsWith('/') ? join(target, path) : target;
    cpSync(join(from, path), join(to, name), { recursive: true, verbatimSymlinks: true });
  }
}

async function serveBehindNginx(app) {
  const certificates = join(folder, 'certificates');
  mkdirSync(certificates);
  const key = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-keyout',
    join(certificates, 'privkey.pem'),
  ];
  const request = ['req', '-x509', ...key, '-subj', '/CN=localhost', '-days', '1', '-nodes'];
  execFileSync('openssl', [...request, '-out', join(certificates, 'fullchain.pem')], { stdio: 'ignore' });
  const nodes = [await startNode(app), await startNode(app)];
  const config = readFileSync(join(deploy, 'nginx.conf'), 'utf8')
    .replace('node-1:8080', `127.0.0.1:${nodes[0]}`)
    .replace('node-2:8080', `127.0.0.1:${nodes[1]}`)
    .replaceAll('/etc/nginx/certificates', certificates)
    .replace('listen 443 ssl', `listen 127.0.0.1:${HTTPS_PORT} ssl`)
    .replace('listen 80', `listen 127.0.0.1:${HTTPS_PORT + 1}`);
  writeFileSync(join(folder, 'nginx.conf'), `pid ${folder}/nginx.pid;\n${config}`);
  started.push(
    spawn('nginx', ['-e', 'stderr', '-g', 'daemon off;', '-c', join(folder, 'nginx.conf')], { stdio: 'inherit' }),
  );

  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  process.removeAllListeners('warning');
  const page = await whenUp(() => fetch(`https://localhost:${HTTPS_PORT}/`));
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(page.ok && policy.includes("default-src 'none'"), `the page came with ${policy}`);
  expect((await fetch(`https://localhost:${HTTPS_PORT}/metrics`)).status === 404, '/metrics is open to everybody');
  await announceOverTls();
}

async function startNode(app) {
  const env = { ...process.env, PORT: '0', HOST: '127.0.0.1', STUN_PORT: '0', TRUST_PROXY: 'loopback' };
  const node = spawn(process.execPath, ['dist/server/main.js'], {
    cwd: app,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started.push(node);
  return new Promise((resolve, reject) => {
    node.stdout.on('data', (text) => {
      const port = /http:\/\/[^\s:/]+:(\d+)/.exec(text)?.[1];
      if (port !== undefined) resolve(port);
    });
    node.once('exit', () => reject(new Error('a node ended')));
  });
}

async function announceOverTls() {
  const { WebSocket } = await import('ws');
  const socket = new WebSocket(`wss://localhost:${HTTPS_PORT}/signal`, { rejectUnauthorized: false });
  const [info_hash, peer_id] = ['h'.repeat(20), 'p'.repeat(20)];
  socket.on('open', () =>
    socket.send(JSON.stringify({ action: 'announce', info_hash, peer_id, left: 0, event: 'started' })),
  );
  const answer = await new Promise((resolve, reject) => {
    socket.once('message', (data) => resolve(JSON.parse(data)));
    socket.once('error', reject);
  });
  socket.terminate();
  expect(answer.complete === 1, `the announce was answered with ${JSON.stringify(answer)}`);
}

/** Tries for ten seconds. */
async function whenUp(attempt) {
  const end = Date.now() + 10_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function expect(isTrue, complaint) {
  if (!isTrue) throw new Error(complaint);
}

/** What the server answers over HTTP, to browsers and to those who try the doors. */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { configWith } from './config.test-kit.ts';
import { logInto } from './log.test-kit.ts';
import { type Service, startService } from './service.ts';

const folder = mkdtempSync(join(tmpdir(), 'tabswarm-'));
const webFolder = join(folder, 'web');
const faults: unknown[] = [];
let service: Service;

beforeAll(async () => {
  mkdirSync(join(webFolder, 'assets'), { recursive: true });
  writeFileSync(join(webFolder, 'index.html'), '<!doctype html><title>Page</title>');
  writeFileSync(join(webFolder, 'assets', 'main-1a2b.js'), 'export {};');
  writeFileSync(join(webFolder, 'assets', 'main-1a2b.js.br'), brotliCompressSync('export {};'));
  writeFileSync(join(webFolder, 'assets', 'main-1a2b.js.gz'), gzipSync('export {};'));
  writeFileSync(join(webFolder, 'assets', 'removed-3c4d.js'), 'export {};');
  writeFileSync(join(webFolder, '.hidden'), 'hidden');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  service = await startService({ config: configWith({}), webFolder, log: logInto(faults) });
});

afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: Buffer;
  readonly body: string;
}

/** Sends the path as it is: a URL object, and so `fetch`, would tidy it up first. */
async function ask(path: string, options: { method?: string; headers?: Record<string, string> } = {}): Promise<Answer> {
  const sent = request({ host: '127.0.0.1', port: service.port, path, ...options }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const bytes = await buffer(response);
  return { status: response.statusCode ?? 0, headers: response.headers, bytes, body: bytes.toString() };
}

test('the page is never cached without asking, its assets for ever', async () => {
  const page = await ask('/');
  expect(page).toMatchObject({ status: 200, body: '<!doctype html><title>Page</title>' });
  expect(page.headers).toMatchObject({ 'cache-control': 'no-cache', 'content-type': 'text/html;charset=utf-8' });
  const asset = await ask('/assets/main-1a2b.js');
  expect(asset.headers).toMatchObject({
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': 'text/javascript',
  });
  const again = await ask('/', { headers: { 'If-None-Match': String(page.headers.etag) } });
  expect(again).toMatchObject({ status: 304, body: '' });
});

test.each([
  ['br, gzip', 'br', brotliDecompressSync],
  ['gzip', 'gzip', gunzipSync],
  ['identity', undefined, (bytes: Buffer) => bytes],
])('who accepts %s gets what the build made for it, as the same type', async (accepted, encoding, unpack) => {
  const { headers, bytes } = await ask('/assets/main-1a2b.js', { headers: { 'Accept-Encoding': accepted } });
  expect(headers).toMatchObject({ 'content-type': 'text/javascript', vary: 'Accept-Encoding' });
  expect(headers['content-encoding']).toBe(encoding);
  expect(unpack(bytes).toString()).toBe('export {};');
});

test('/ice names the servers for the host that was asked, and is not kept', async () => {
  const { status, headers, body } = await ask('/ice', { headers: { host: 'share.example.org' } });
  expect({ status, body: JSON.parse(body) as unknown }).toEqual({
    status: 200,
    body: { iceServers: [], lifetimeSeconds: 86_400 },
  });
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
});

test('/metrics counts for Prometheus', async () => {
  const { status, headers, body } = await ask('/metrics');
  expect(status).toBe(200);
  expect(headers['content-type']).toContain('text/plain; version=0.0.4');
  expect(body).toMatch(/^tabswarm_sockets 0$/m);
  expect(body).toMatch(/^tabswarm_messages_received_total\{kind="announce"\} 0$/m);
  expect(body).toMatch(/^process_resident_memory_bytes \d+$/m);
});

test('every answer carries the headers that keep strangers out of the page', async () => {
  for (const path of ['/', '/assets/main-1a2b.js', '/healthz', '/nothing']) {
    const { headers } = await ask(path);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
    });
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self' ws: wss: http: https:",
        "worker-src 'self'",
        "frame-src 'self'",
        "img-src 'self' data: blob:",
        "frame-ancestors 'none'",
      ]),
    );
    expect(policy.join()).not.toContain("'unsafe-inline'");
  }
});

test('its health is told as JSON', async () => {
  const { status, headers, body } = await ask('/healthz');
  expect(status).toBe(200);
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  expect(JSON.parse(body)).toEqual({
    status: 'ok',
    swarms: 0,
    peers: 0,
    sockets: 0,
    uptimeSeconds: expect.any(Number),
  });
});

test('HEAD is answered like GET, without the content', async () => {
  const { status, headers, body } = await ask('/', { method: 'HEAD' });
  expect({ status, body, length: headers['content-length'] }).toEqual({ status: 200, body: '', length: '34' });
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])('%s is not allowed', async (method) => {
  const { status, headers } = await ask('/', { method });
  expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'GET, HEAD' });
});

test('the address of the WebSocket says what it is for', async () => {
  expect(await ask('/signal')).toMatchObject({ status: 426 });
});

test.each([
  '/nothing',
  '/assets/',
  '/assets',
  '/.hidden',
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/%2e%2e%2fsecret.txt',
  '/..%5csecret.txt',
  '/assets/../../secret.txt',
  '/assets/%2e%2e/%2e%2e/secret.txt',
  '/assets/main-1a2b.js/../../../secret.txt',
  '/.%00./secret.txt',
  '/....//secret.txt',
  '/assets\\..\\..\\secret.txt',
  'http://127.0.0.1/../secret.txt',
  '/assets/main-1a2b.js/main-1a2b.js',
  `/${'a/'.repeat(4000)}`,
  '/assets/..%00/secret.txt',
  '//etc/passwd',
  '/%',
  '/%ff',
  '/constructor',
  '/__proto__',
  '*',
])('%s is not found', async (path) => {
  const { status, body, headers } = await ask(path);
  expect({ status, cache: headers['cache-control'] }).toEqual({ status: 404, cache: 'no-store' });
  expect(body).not.toContain('secret');
});

test.each(['bytes=5-2', 'bytes=-1', 'bytes=999-', 'bytes=a-b', 'lines=1'])('the range %s is ignored', async (range) => {
  expect(await ask('/', { headers: { range } })).toMatchObject({ status: 200 });
});

test.each([
  { 'X-HTTP-Method-Override': 'DELETE' },
  { 'X-Original-URL': '/../secret.txt', 'X-Rewrite-URL': '/../secret.txt' },
  { 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'gopher' },
  { 'Accept-Encoding': 'constructor, __proto__' },
  { 'If-None-Match': '*'.repeat(9999), 'If-Modified-Since': 'yesterday' },
  { Cookie: 'a=b; '.repeat(999), Expect: '100-continue' },
])('headers %o change nothing', async (headers) => {
  const plain = await ask('/');
  const odd = await ask('/', { headers });
  expect({ ...odd, headers: { ...odd.headers, date: '' } }).toEqual({
    ...plain,
    headers: { ...plain.headers, date: '' },
  });
});

test('a file that a new build has removed breaks its answer, not the server', async () => {
  rmSync(join(webFolder, 'assets', 'removed-3c4d.js'));
  await expect(ask('/assets/removed-3c4d.js')).rejects.toThrow(/socket hang up|aborted/);
  expect(await ask('/healthz')).toMatchObject({ status: 200 });
});

test('requests that are not HTTP harm nobody', async () => {
  for (const garbage of [
    '\0\0\0\0',
    'GET constructor HTTP/1.1\r\n\r\n',
    `GET / HTTP/1.1\r\nx: ${'x'.repeat(99_999)}\r\n\r\n`,
    'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'GET /signal HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n',
  ]) {
    const stream = connect(service.port, '127.0.0.1');
    stream.on('error', () => {});
    stream.end(garbage);
    stream.resume();
    await once(stream, 'close');
  }
  expect(await ask('/healthz')).toMatchObject({ status: 200 });
  expect(faults).toEqual([]);
});

test('a port that is taken, and a page that is not there, fail the start', async () => {
  const log = logInto([]);
  const taken = configWith({ PORT: String(service.port) });
  await expect(startService({ config: taken, webFolder, log })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const none = join(folder, 'none');
  await expect(startService({ config: configWith({}), webFolder: none, log })).rejects.toThrow('ENOENT');
});

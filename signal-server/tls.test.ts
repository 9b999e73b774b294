/** The service over TLS: with a self-signed certificate, with a new one, and with files that are no pair. */
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';

import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';

import { configWith } from './config.test-kit.ts';
import { logInto } from './log.test-kit.ts';
import { startService } from './service.ts';
import { CERTIFICATES } from './tls.test-kit.ts';
import { createTlsServer } from './tls.ts';

const folder = mkdtempSync(join(tmpdir(), 'tabswarm-tls-'));
const path = (name: string): string => join(folder, name);

beforeAll(() => {
  for (const [name, { key, cert }] of Object.entries(CERTIFICATES)) {
    writeFileSync(path(`${name}.key`), key);
    writeFileSync(path(`${name}.pem`), cert);
  }
  writeFileSync(path('index.html'), 'Page');
});

afterAll(() => rmSync(folder, { recursive: true }));

test('page and signalling are served over TLS', async () => {
  const config = configWith({ TLS_CERT: path('one.pem'), TLS_KEY: path('one.key') });
  const service = await startService({ config, webFolder: folder, log: logInto([]) });
  const socket = new WebSocket(`wss://127.0.0.1:${service.port}/signal`, { rejectUnauthorized: false });
  await once(socket, 'open');
  socket.terminate();
  await service.close();
});

test('a certificate that is renewed is used for the next connection, and a broken one is not', async () => {
  const files = { cert: path('live.pem'), key: path('live.key') };
  const become = (name: string): void => {
    copyFileSync(path(`${name}.key`), files.key);
    copyFileSync(path(`${name}.pem`), files.cert);
  };
  become('one');
  const faults: unknown[] = [];
  const server = createTlsServer(files, { report: (fault) => faults.push(fault), lookIntervalMs: 20 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const nameNow = async (): Promise<unknown> => {
    const { port } = server.address() as { port: number };
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const name = socket.getPeerCertificate().subject.CN;
    socket.destroy();
    return name;
  };
  expect(await nameNow()).toBe('one');
  become('other');
  await vi.waitUntil(async () => (await nameNow()) === 'other');
  writeFileSync(files.key, 'nonsense');
  await vi.waitUntil(() => String(faults.at(-1)).includes('TLS_CERT and TLS_KEY cannot be used'));
  expect(await nameNow()).toBe('other');
  server.close();
});

test.each([
  ['missing.pem', 'one.key'],
  ['one.pem', 'other.key'],
  ['one.key', 'one.key'],
])('%s and %s fail the start with a sentence', async (cert, key) => {
  const config = configWith({ TLS_CERT: path(cert), TLS_KEY: path(key) });
  const start = startService({ config, webFolder: folder, log: logInto([]) });
  await expect(start).rejects.toThrow(/^TLS_CERT and TLS_KEY cannot be used: /);
});

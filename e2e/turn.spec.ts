/** Two hosts with no way to each other but a relay (TURN): a file still arrives, and the page says "relayed". */
import type { ChildProcess } from 'node:child_process';

import type { Page } from '@playwright/test';

import { need } from './debian.ts';
import { type SampleFile, MEGABYTE } from './files.ts';
import { expect, expectSame, share, test } from './fixtures.ts';
import { SeparateHosts, whyNoSeparateHosts } from './separate-hosts.ts';

const SECRET = 'north';
const TURN_PORT = 3478;
const STUN_PORT = 3479;
const PAGE_PORT = 8080;

const obstacle = whyNoSeparateHosts();

if (obstacle !== null) process.stderr.write(`The test of relays is left out: ${obstacle}\n`);
else {
  let hosts: SeparateHosts;

  test.beforeEach(() => {
    need({ turnserver: 'coturn', turnutils_stunclient: 'coturn' });
    hosts = new SeparateHosts();
  });

  test.afterEach(() => hosts.close());

  test('where only a relay is reached by both, a file arrives through it, and the page says so', async ({ sample }) => {
    await startRelay(hosts);
    await startServer(hosts, { TURN_URLS: `turn:${hosts.serverAddress}:${TURN_PORT}`, TURN_SECRET: SECRET });
    const receiver = await sendAcross(hosts, await sample('lesson.bin', 2 * MEGABYTE));
    await expectRoute(receiver, 'relayed');
  });

  test('with a relay at hand, a file goes directly where it can', async ({ sample }) => {
    hosts.openTheWay();
    await startRelay(hosts);
    await startServer(hosts, { TURN_URLS: `turn:${hosts.serverAddress}:${TURN_PORT}`, TURN_SECRET: SECRET });
    const receiver = await sendAcross(hosts, await sample('lesson.bin', 2 * MEGABYTE));
    await expectRoute(receiver, 'direct');
  });

  test('our STUN server tells the client of coturn its address', async () => {
    await startServer(hosts, {});
    const said = hosts.outputOnHost('turnutils_stunclient', '-p', String(STUN_PORT), hosts.serverAddress);
    expect(said).toContain('UDP reflexive addr: 10.77.1.2:');
  });
}

/** Debian's coturn, with the credentials that `/ice` makes. */
async function startRelay(hosts: SeparateHosts): Promise<void> {
  const at = hosts.serverAddress;
  const network = ['--listening-ip', at, '--relay-ip', at, '--listening-port', String(TURN_PORT)];
  const users = ['--use-auth-secret', '--static-auth-secret', SECRET, '--realm', 'tabswarm'];
  const quiet = ['-n', '--no-cli', '--no-tls', '--no-dtls', '--log-file', 'stdout', '--simple-log', '--pidfile', ''];
  await said(hosts.spawnOnServer('turnserver', [...quiet, ...network, ...users]), /admin thread/);
}

async function startServer(hosts: SeparateHosts, environment: NodeJS.ProcessEnv): Promise<void> {
  const ports = { PORT: String(PAGE_PORT), HOST: '0.0.0.0', STUN_PORT: String(STUN_PORT) };
  const server = hosts.spawnOnServer(process.execPath, ['dist/server/main.js'], { ...ports, ...environment });
  await said(server, /http:\/\//);
}

/** Resolves once a process has said the words that mean that it is ready. Rejects with all it said when it ends before. */
function said(child: ChildProcess, words: RegExp): Promise<void> {
  let output = '';
  return new Promise((resolve, reject) => {
    const listen = (text: Buffer): void => {
      output += text.toString();
      if (words.test(output)) resolve();
    };
    child.stdout!.on('data', listen);
    child.stderr!.on('data', listen);
    child.once('exit', () => reject(new Error(`It ended too soon:\n${output}`)));
  });
}

/** Shared on one host, received and compared on another. */
async function sendAcross(hosts: SeparateHosts, file: SampleFile): Promise<Page> {
  const [sharer, receiver] = [await hosts.newTab(), await hosts.newTab()];
  const link = await share(sharer, `http://${hosts.serverAddress}:${PAGE_PORT}`, file);
  await receiver.goto(link);
  await expectSame(receiver, file);
  return receiver;
}

async function expectRoute(page: Page, route: string): Promise<void> {
  await page.getByText('Who is connected').click();
  await expect(page.getByRole('row', { name: 'Tabswarm' })).toContainText(route);
}

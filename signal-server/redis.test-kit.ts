/** A Redis of one's own for a test, or a cluster: Debian's `redis-server`, installed if need be, on free ports, holding nothing. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type RedisClientType, createClient } from 'redis';

const PROGRAMS = ['redis-server', 'valkey-server'];

const INSTALL_TIMEOUT_MS = 3 * 60_000;

/** How long a start may take where Redis has to be fetched first. */
export const START_MS_MAX = 3 * INSTALL_TIMEOUT_MS;

/** How long the masters of a cluster may take to agree on who has which slots. */
const AGREEMENT_MS_MAX = 30_000;
const AGREEMENT_LOOK_MS = 100;

/** A key's slot is a number under this one. */
const SLOTS = 16_384;

/** Under those that systems give to connections of their own accord: a port found free here stays free until Redis has it. */
const PORT_FIRST = 10_000;
const PORT_LAST = 32_000;

/** A Redis process, which a test may stop, freeze and start again on the same port. */
export class TestRedis {
  readonly url: string;
  readonly #program: string;
  readonly #port: number;
  readonly #options: readonly string[];
  #process: ChildProcess | null = null;

  private constructor(program: string, port: number, options: readonly string[]) {
    this.#program = program;
    this.#port = port;
    this.#options = options;
    this.url = `redis://127.0.0.1:${port}`;
  }

  /** Installs it if it is not here, and starts it. Throws a plain sentence when there is none. */
  static async start(options: readonly string[] = []): Promise<TestRedis> {
    const redis = new TestRedis(await findProgram(), await freePort(), options);
    await redis.start();
    return redis;
  }

  async start(): Promise<void> {
    const options = ['--port', String(this.#port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const child = spawn(this.#program, [...options, ...this.#options], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = child;
    let said = '';
    let isReady = false;
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (text) => {
        said += String(text);
        isReady ||= said.includes('Ready to accept connections');
        if (isReady) resolve();
      });
      child.once('error', reject).once('close', () => {
        reject(new Error(`${this.#program} did not start:\n${said}`));
        // Else a test would only tell that a connection was refused.
        if (isReady && this.#process === child) process.stderr.write(`${this.#program} ended by itself:\n${said}`);
      });
    });
  }

  get urls(): readonly string[] {
    return [this.url];
  }

  get masters(): readonly TestRedis[] {
    return [this];
  }

  /** Has it forget everything. */
  async flush(): Promise<void> {
    await using(this.url, (client) => client.flushAll());
  }

  /** How many keys it holds. */
  async keys(): Promise<number> {
    return using(this.url, (client) => client.dbSize());
  }

  /** Ends it as a pulled plug would. It has forgotten everything when it starts again. */
  async kill(): Promise<void> {
    const process = this.#process;
    this.#process = null;
    if (process === null || process.exitCode !== null) return;
    process.kill('SIGKILL');
    await once(process, 'exit');
  }

  /** Lets it hang: connections stay, and nothing is answered. */
  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#process?.kill('SIGCONT');
  }
}

/** Three masters, each with a third of the slots. */
export class TestCluster {
  readonly masters: readonly TestRedis[];
  readonly #folder: string;

  private constructor(masters: readonly TestRedis[], folder: string) {
    this.masters = masters;
    this.#folder = folder;
  }

  static async start(): Promise<TestCluster> {
    const folder = mkdtempSync(join(tmpdir(), 'tabswarm-cluster-'));
    const masters: TestRedis[] = [];
    const buses: number[] = [];
    for (let index = 0; index < 3; index += 1) {
      buses.push(await freePort());
      const files = ['--dir', folder, '--cluster-config-file', `nodes-${index}.conf`];
      masters.push(
        await TestRedis.start(['--cluster-enabled', 'yes', '--cluster-port', String(buses[index]), ...files]),
      );
    }
    const bound = (index: number): number => Math.floor((index * SLOTS) / masters.length);
    for (const [index, { url }] of masters.entries()) {
      await using(url, async (client) => {
        await client.clusterAddSlotsRange({ start: bound(index), end: bound(index + 1) - 1 });
        // Of another epoch each, or they would first have to agree whose slots count.
        await client.sendCommand(['CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1)]);
        if (index > 0) {
          const { hostname, port } = new URL(masters[0].url);
          await client.sendCommand(['CLUSTER', 'MEET', hostname, port, String(buses[0])]);
        }
      });
    }
    await Promise.all(masters.map(({ url }) => using(url, agree)));
    return new TestCluster(masters, folder);
  }

  get urls(): readonly string[] {
    return this.masters.map(({ url }) => url);
  }

  async flush(): Promise<void> {
    await Promise.all(this.masters.map((master) => master.flush()));
  }

  async keys(): Promise<number> {
    const counts = await Promise.all(this.masters.map((master) => master.keys()));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async kill(): Promise<void> {
    await Promise.all(this.masters.map((master) => master.kill()));
    rmSync(this.#folder, { recursive: true });
  }
}

/** Resolves when this master knows of one for every slot. */
async function agree(client: RedisClientType): Promise<void> {
  const begun = performance.now();
  while (!(await client.clusterInfo()).includes('cluster_state:ok')) {
    if (performance.now() - begun > AGREEMENT_MS_MAX) throw new Error('The masters of the cluster do not agree.');
    await new Promise((resolve) => setTimeout(resolve, AGREEMENT_LOOK_MS));
  }
}

async function using<Result>(url: string, use: (client: RedisClientType) => Promise<Result>): Promise<Result> {
  const client: RedisClientType = createClient({ url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}

async function findProgram(): Promise<string> {
  const program = PROGRAMS.find(starts) ?? ((await install()) ? PROGRAMS.find(starts) : undefined);
  if (program === undefined) {
    throw new Error(
      'These tests need Redis 7 or Valkey: install "redis-server" or "valkey-server" and run them again.',
    );
  }
  return program;
}

function starts(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** On Debian, as root or as one who may become it. Test files run side by side, and apt does one thing at a time. */
async function install(): Promise<boolean> {
  const rights = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = async (...words: string[]): Promise<boolean> => {
    const command = [...rights, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...words];
    const queue = [join(tmpdir(), 'tabswarm-apt.lock'), ...command];
    const child = spawn('flock', queue, { stdio: 'ignore', timeout: INSTALL_TIMEOUT_MS });
    // On a system without flock there is no apt either.
    return new Promise((resolve) =>
      child.once('error', () => resolve(false)).once('exit', (code) => resolve(code === 0)),
    );
  };
  process.stderr.write('No Redis here yet; trying: apt-get install redis-server\n');
  return (await apt('update')) && apt('install', '-y', 'redis-server');
}

async function freePort(): Promise<number> {
  const port = randomInt(PORT_FIRST, PORT_LAST);
  const server = createServer().listen(port, '127.0.0.1');
  const isFree = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (!isFree) return freePort();
  server.close();
  await once(server, 'close');
  return port;
}

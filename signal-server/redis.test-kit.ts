/** A Redis of one's own for a test: Debian's `redis-server`, installed if need be, on a free port, holding nothing. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAMS = ['redis-server', 'valkey-server'];

const INSTALL_TIMEOUT_MS = 3 * 60_000;

/** How long a start may take where Redis has to be fetched first. */
export const START_MS_MAX = 3 * INSTALL_TIMEOUT_MS;

/** A Redis process, which a test may stop, freeze and start again on the same port. */
export class TestRedis {
  readonly url: string;
  readonly #program: string;
  readonly #port: number;
  #process: ChildProcess | null = null;

  private constructor(program: string, port: number) {
    this.#program = program;
    this.#port = port;
    this.url = `redis://127.0.0.1:${port}`;
  }

  /** Installs it if it is not here, and starts it. Throws a plain sentence when there is none. */
  static async start(): Promise<TestRedis> {
    const redis = new TestRedis(await findProgram(), await freePort());
    await redis.start();
    return redis;
  }

  async start(): Promise<void> {
    const options = ['--port', String(this.#port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    this.#process = spawn(this.#program, options, { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    for await (const text of this.#process.stdout!) {
      said += String(text);
      if (/Ready to accept connections/.test(said)) break;
    }
    if (this.#process.exitCode !== null) throw new Error(`${this.#program} did not start:\n${said}`);
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
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The built server as a process of its own, which a test may kill and start again on the same port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** How long a start may take before it counts as failed. */
const START_MS_MAX = 30_000;

export class Server {
  readonly #environment: Record<string, string>;
  #process: ChildProcess | null = null;
  #port = 0;

  /** `environment` is what differs from a server as it comes. */
  constructor(environment: Record<string, string> = {}) {
    this.#environment = environment;
  }

  get port(): number {
    return this.#port;
  }

  /** `http://localhost:<port>`, without a slash at the end. */
  get origin(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Starts it: on any free port at first, later on the port it had. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['dist/server/main.js'], {
      env: { ...process.env, HOST: '0.0.0.0', ...this.#environment, PORT: String(this.#port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    this.#port = await printedPort(child);
  }

  /** Asks it to stop, as systemd and Docker do; gives its exit code, and how long it took in milliseconds. */
  async stop(): Promise<{ code: number | null; tookMs: number }> {
    const child = this.#process!;
    this.#process = null;
    const askedAt = performance.now();
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number | null];
    return { code, tookMs: performance.now() - askedAt };
  }

  /** Ends it as a crash or a pulled plug would: without a word to anybody. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

/** The port in the first address that the server prints. Rejects with its output when it ends or stays silent. */
async function printedPort(child: ChildProcess): Promise<number> {
  let output = '';
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new Error(`the server did not start:\n${output}`));
    const timer = setTimeout(fail, START_MS_MAX);
    const listen = (text: Buffer): void => {
      output += text.toString();
      const port = /http:\/\/[^\s:/]+:(\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', fail);
  });
}

/** The built server as a process of its own, which a test may kill and start again on the same port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** How long a start may take before it counts as failed. */
const START_MS_MAX = 10_000;

export class Server {
  #process: ChildProcess | null = null;
  #port = 0;

  /** `http://localhost:<port>`, without a slash at the end. */
  get origin(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Starts it: on any free port at first, later on the port it had. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['dist/server/main.js'], {
      env: { ...process.env, PORT: String(this.#port), HOST: '0.0.0.0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    this.#port = await printedPort(child);
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

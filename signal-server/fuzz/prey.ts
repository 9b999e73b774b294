/** The server under attack: the built product in a process of its own, watched from outside. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export class Prey {
  #process: ChildProcess | null = null;
  #port = 0;
  #log = '';

  async start(): Promise<number> {
    const environment = { ...process.env, PORT: '0', HOST: '127.0.0.1', STUN_PORT: '0', LOG_LEVEL: 'error' };
    const child = spawn(process.execPath, ['dist/server/main.js'], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    child.stderr.on('data', (text: Buffer) => (this.#log += text.toString()));
    for await (const text of child.stdout) {
      const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(String(text))?.[1];
      if (port === undefined) continue;
      this.#port = Number(port);
      return this.#port;
    }
    throw new Error(`The server did not start: ${this.#log}`);
  }

  /** Throws when it has ended, or reported a fault of its own. */
  check(): void {
    if (this.#process?.exitCode !== null) throw new Error(`The server has ended: ${this.#log}`);
    if (this.#log !== '') throw new Error(`The server had a fault: ${this.#log.slice(0, 2000)}`);
  }

  /** What it holds of the machine's memory (proc(5), `VmRSS`). */
  bytes(): number {
    const status = readFileSync(`/proc/${this.#process?.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024;
  }

  async health(): Promise<{ sockets: number; peers: number }> {
    const response = await fetch(`http://127.0.0.1:${this.#port}/healthz`);
    return (await response.json()) as { sockets: number; peers: number };
  }

  async stop(): Promise<void> {
    const child = this.#process!;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGTERM');
    await ended;
  }
}

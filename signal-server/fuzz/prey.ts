/** The server under attack: the built product in a process of its own, watched from outside. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export class Prey {
  #process: ChildProcess | null = null;
  #port = 0;
  #log = '';

  async start(): Promise<number> {
    const environment = { ...process.env, PORT: '0', HOST: '127.0.0.1', STUN_PORT: '0', LOG_LEVEL: 'error' };
    const measured = ['--expose-gc', '--import', './signal-server/fuzz/live-heap.mjs'];
    const child = spawn(process.execPath, [...measured, 'dist/server/main.js'], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#process = child;
    if (child.stdout === null || child.stderr === null) throw new Error('The server has no output.');
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

  /** What is alive in its memory, after a full collection. */
  async liveBytes(): Promise<number> {
    const child = this.#process!;
    const weighed = once(child, 'message');
    child.send('weigh');
    const [bytes] = (await weighed) as [number];
    return bytes;
  }

  async health(): Promise<{ sockets: number; peers: number }> {
    const response = await fetch(`http://127.0.0.1:${this.#port}/healthz`);
    return (await response.json()) as { sockets: number; peers: number };
  }

  /** Ends it, if it has not ended. */
  async stop(): Promise<void> {
    const child = this.#process;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
}

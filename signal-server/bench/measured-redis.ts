/** A Redis of the bench's own, as a process of which /proc tells what it costs. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

import { cpuSecondsOf } from './measured-server.ts';

const PORT = 16_399;

export class MeasuredRedis {
  readonly url = `redis://127.0.0.1:${PORT}`;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess) {
    this.#process = process;
  }

  /** null where no `redis-server` is installed. */
  static start(): MeasuredRedis | null {
    if (spawnSync('redis-server', ['--version']).status !== 0) return null;
    const options = ['--port', String(PORT), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    return new MeasuredRedis(spawn('redis-server', options, { stdio: 'ignore' }));
  }

  cpuSeconds(): number {
    return cpuSecondsOf(this.#process.pid!);
  }

  async stop(): Promise<void> {
    this.#process.kill('SIGKILL');
    await once(this.#process, 'exit');
  }
}

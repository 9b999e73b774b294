/** A server as a process of its own, so that /proc tells what it alone costs: processor time, and memory that it holds. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/** /proc counts processor time in hundredths of a second on Linux (USER_HZ). */
const TICKS_PER_SECOND = 100;

const BENCH = 'signal-server/bench';

/** What the bench itself would trip over: it comes from one address, and is busier than anybody honest. */
const UNLIMITED = {
  PORT: '0',
  HOST: '127.0.0.1',
  STUN_PORT: '0',
  LOG_LEVEL: 'error',
  SOCKETS_PER_ADDRESS: '1000000',
  MESSAGES_PER_SECOND: '1000000',
  MEMORY_MIB: '16384',
};

/** What `npm start` gives Node.js. */
function nodeFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

export class MeasuredServer {
  readonly url: string;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, url: string) {
    this.#process = process;
    this.url = url;
  }

  static ours(environment: NodeJS.ProcessEnv = {}): Promise<MeasuredServer> {
    return MeasuredServer.#start([...nodeFlags(), 'dist/server/main.js'], '/signal', { ...UNLIMITED, ...environment });
  }

  /** `bittorrent-tracker`. */
  static stock(): Promise<MeasuredServer> {
    return MeasuredServer.#start([`${BENCH}/stock-server.mjs`], '/', {});
  }

  /** `ws` alone: parses, and answers with so many bytes. */
  static echo(bytes: number): Promise<MeasuredServer> {
    return MeasuredServer.#start([`${BENCH}/echo-server.mjs`, String(bytes)], '/', {});
  }

  static async #start(args: string[], path: string, environment: NodeJS.ProcessEnv): Promise<MeasuredServer> {
    const child = spawn(process.execPath, args, {
      env: { ...process.env, NODE_ENV: 'production', ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const port = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stdout.on('data', (text: Buffer) => {
        said += text.toString();
        const found = /http:\/\/[^\s:/]+:(\d+)/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', () => reject(new Error(`${args.join(' ')} ended before it listened: ${said}`)));
    });
    return new MeasuredServer(child, `ws://127.0.0.1:${port}${path}`);
  }

  /** Processor time since the start, in seconds: all threads, user and system. */
  cpuSeconds(): number {
    return cpuSecondsOf(this.#process.pid!);
  }

  /** Resident memory, in bytes. */
  residentBytes(): number {
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.#process.pid}/status`, 'utf8'))?.[1]) * 1024;
  }

  /** Where it listens. */
  get port(): string {
    return new URL(this.url).port;
  }

  /** Asks it to stop as systemd and Docker do; resolves with its exit code. */
  async terminate(): Promise<number | null> {
    const exit = once(this.#process, 'exit') as Promise<[number | null]>;
    this.#process.kill('SIGTERM');
    return (await exit)[0];
  }

  async stop(): Promise<void> {
    this.#process.kill('SIGKILL');
    await once(this.#process, 'exit');
  }
}

/** What a process has used since its start, all its threads, user and system. */
export function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // After the name, which may hold anything, in parentheses: utime and stime are fields 14 and 15 of proc(5).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

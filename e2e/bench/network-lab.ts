/**
 * A small network inside this machine: hosts are network namespaces on one bridge, each behind a line of its own. Linux only, and
 * only for root.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { findBrowser } from '../browser.ts';
import type { BrowserPlace } from './stage.ts';

/** What a host can send and receive, in megabits per second. */
export interface Line {
  readonly up: number;
  readonly down: number;
  /** So many kilobytes may pass at once. */
  readonly burst: number;
  /** What would wait longer in front of it is thrown away. */
  readonly latencyMs: number;
}

/**
 * Tabs name their own addresses, pages of the server may hash by themselves, and nine browsers on one machine spare its processors: each keeps the memory
 * of a packet for the next one, which it else gives back and takes anew each time, and passes packets on without a process of their own.
 */
const browserArgs = (origin: string): string[] => [
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  `--enable-features=${['PartitionAllocLargeEmptySlotSpanRing', 'PartitionAllocAdjustSizeWhenInForeground', 'NetworkServiceInProcess2'].join()}`,
  `--unsafely-treat-insecure-origin-as-secure=${origin}`,
];

/**
 * Hosts take turns in having a processor, and each stays on its own: as machines of their own, they do not pay for going from one to another. Nor do
 * they break in on one another for each packet ("batch"). Nine browsers on two processors so need a fifth less of them.
 */
const onProcessor = (host: number): string => {
  const processors = allowedProcessors();
  return `taskset --cpu-list ${processors[host % processors.length]} chrt --batch 0`;
};

/** Linux tells them as "0-1,4". */
function allowedProcessors(): number[] {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return list.split(',').flatMap((part) => {
    const [first, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

export class NetworkLab {
  static #count = 0;
  /** Of its own each time: Linux takes a while to take down what an earlier one had. */
  readonly #name = `t${process.pid}n${(NetworkLab.#count += 1)}`;
  readonly #subnet = `10.213.${process.pid % 256}`;
  readonly #hosts: string[] = [];

  private constructor() {}

  /** Works in a new network with one host for each line, and takes it down whatever happens. Rejects with a plain sentence without root. */
  static async use<Result>(lines: readonly Line[], work: (lab: NetworkLab) => Promise<Result>): Promise<Result> {
    if (process.getuid?.() !== 0) {
      throw new Error('This row needs root, since it makes network namespaces ("ip netns", "tc"): run it with sudo.');
    }
    const lab = new NetworkLab();
    try {
      lab.#build(lines);
      return await work(lab);
    } finally {
      lab.#demolish();
    }
  }

  /** Where the server is, which listens on all addresses of this machine: `http://<address>:<port>`. */
  origin(port: string): string {
    return `http://${this.#subnet}.254:${port}`;
  }

  /** How to start a browser at the host with this number, so that it treats `origin` as a page of its own machine. */
  async place(host: number, origin: string): Promise<BrowserPlace> {
    const executablePath = programOf(this.#hosts[host]);
    const enter = `exec ${onProcessor(host)} ip netns exec ${this.#hosts[host]} ${findBrowser()} "$@"`;
    await writeFile(executablePath, `#!/bin/sh\n${enter}\n`, { mode: 0o755 });
    return { executablePath, args: browserArgs(origin) };
  }

  #build(lines: readonly Line[]): void {
    ip('link', 'add', this.#name, 'type', 'bridge');
    ip('address', 'add', `${this.#subnet}.254/24`, 'dev', this.#name);
    ip('link', 'set', this.#name, 'up');
    for (const line of lines) this.#addHost(line);
  }

  #addHost({ up, down, burst, latencyMs }: Line): void {
    const number = this.#hosts.length + 1;
    const host = `${this.#name}h${number}`;
    const [near, far] = [`${host}a`, `${host}b`];
    ip('netns', 'add', host);
    this.#hosts.push(host);
    ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far);
    ip('link', 'set', far, 'netns', host);
    ip('link', 'set', near, 'master', this.#name, 'up');
    for (const command of [
      ['address', 'add', `${this.#subnet}.${number}/24`, 'dev', far],
      ['link', 'set', 'lo', 'up'],
      ['link', 'set', far, 'up'],
      ['route', 'add', 'default', 'via', `${this.#subnet}.254`],
    ]) {
      ip('-netns', host, ...command);
    }
    const waiting = ['burst', `${burst}kb`, 'latency', `${latencyMs}ms`];
    const shaped = (rate: number): string[] => ['tbf', 'rate', `${rate}mbit`, ...waiting];
    run('tc', ['-netns', host, 'qdisc', 'add', 'dev', far, 'root', ...shaped(up)]);
    run('tc', ['qdisc', 'add', 'dev', near, 'root', ...shaped(down)]);
  }

  /** A namespace takes its end of the cable with it, and that the other end. */
  #demolish(): void {
    for (const host of this.#hosts) {
      ip('netns', 'delete', host);
      rmSync(programOf(host), { force: true });
    }
    ip('link', 'delete', this.#name);
  }
}

/** What starts a browser there. */
const programOf = (host: string): string => join(tmpdir(), `${host}-chromium`);

const ip = (...args: string[]): void => run('ip', args);

function run(program: string, args: readonly string[]): void {
  try {
    execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  } catch (error) {
    throw new Error(`"${program} ${args.join(' ')}" did not work: ${(error as Error).message}`, { cause: error });
  }
}

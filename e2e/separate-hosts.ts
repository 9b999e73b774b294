/**
 * Hosts in network namespaces around a server that forwards nothing between them, as a strict firewall would: they reach it
 * and not each other. Needs root on Linux. Each host runs a Chromium that names its true address in its offers.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Browser, type Page, chromium } from '@playwright/test';

import { withoutExtras } from './browser-switches.ts';
import { findBrowser } from './browser.ts';
import { need } from './debian.ts';

/** Why this machine cannot have such hosts, as a sentence; null when it can. */
export function whyNoSeparateHosts(): string | null {
  if (process.platform !== 'linux') return 'it needs Linux (network namespaces).';
  if (process.getuid?.() !== 0) return 'it needs root (network namespaces): run it with sudo.';
  need({ ip: 'iproute2' });
  const probe = `tabswarm-${process.pid}-probe`;
  if (spawnSync('ip', ['netns', 'add', probe]).status !== 0) return 'root may make no network namespaces here.';
  ip('netns', 'del', probe);
  return null;
}

export class SeparateHosts {
  /** Where every host reaches the server. Nobody outside sees these networks. */
  readonly serverAddress = '10.77.0.1';
  readonly #names: string[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'tabswarm-hosts-'));
  readonly #processes: ChildProcess[] = [];
  readonly #browsers: Browser[] = [];
  readonly #server = this.#newNamespace();
  #hosts = 0;

  constructor() {
    ip('-n', this.#server, 'addr', 'add', `${this.serverAddress}/32`, 'dev', 'lo');
  }

  /** Lets packets pass between the hosts. */
  openTheWay(): void {
    this.#forward(this.#server, true);
  }

  /** A process on the server. Ended by `close`. */
  spawnOnServer(program: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
    const child = spawn('ip', ['netns', 'exec', this.#server, program, ...args], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#processes.push(child);
    return child;
  }

  /** What a program said on a new host, at its end. */
  outputOnHost(program: string, ...args: string[]): string {
    return this.#runOn(this.#newHost(), program, ...args);
  }

  /** A tab on a new host. */
  async newTab(): Promise<Page> {
    const host = this.#newHost();
    const wrapper = join(this.#folder, host);
    writeFileSync(wrapper, `#!/bin/sh\nexec ip netns exec ${host} '${findBrowser()}' "$@"\n`);
    chmodSync(wrapper, 0o755);
    const browser = await chromium.launch({
      executablePath: wrapper,
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        // Names of mDNS do not pass a router, open or not: the addresses themselves would, if it were open.
        withoutExtras('WebRtcHideLocalIpsWithMdns'),
      ],
    });
    this.#browsers.push(browser);
    return browser.newPage();
  }

  async close(): Promise<void> {
    await Promise.all(this.#browsers.map((browser) => browser.close()));
    for (const child of this.#processes) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    for (const name of this.#names) ip('netns', 'del', name);
    rmSync(this.#folder, { recursive: true });
  }

  /** One cable to the server, which is also the way to everywhere else. */
  #newHost(): string {
    const host = this.#newNamespace();
    this.#hosts += 1;
    const [cable, network] = [`host${this.#hosts}`, `10.77.${this.#hosts}`];
    ip('-n', this.#server, 'link', 'add', cable, 'type', 'veth', 'peer', 'name', 'cable', 'netns', host);
    ip('-n', this.#server, 'addr', 'add', `${network}.1/24`, 'dev', cable);
    ip('-n', this.#server, 'link', 'set', cable, 'up');
    ip('-n', host, 'addr', 'add', `${network}.2/24`, 'dev', 'cable');
    ip('-n', host, 'link', 'set', 'cable', 'up');
    ip('-n', host, 'route', 'add', 'default', 'via', `${network}.1`);
    return host;
  }

  #newNamespace(): string {
    const name = `tabswarm-${process.pid}-${this.#names.length}`;
    ip('netns', 'add', name);
    this.#names.push(name);
    ip('-n', name, 'link', 'set', 'lo', 'up');
    this.#forward(name, false);
    return name;
  }

  #forward(host: string, isOn: boolean): void {
    this.#runOn(host, 'sh', '-c', `echo ${Number(isOn)} > /proc/sys/net/ipv4/ip_forward`);
  }

  #runOn(host: string, program: string, ...args: string[]): string {
    return execFileSync('ip', ['netns', 'exec', host, program, ...args], { encoding: 'utf8' });
  }
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

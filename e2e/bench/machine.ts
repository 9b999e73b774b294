/** What the figures were measured with: they are worth nothing without it. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';

import { findBrowser } from '../browser.ts';

/** The machine, the browser and the versions, in one line. */
export function describeMachine(): string {
  const [processor] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return [
    `${availableParallelism()} × ${processor?.model.trim() || 'unknown processor'}`,
    `${gigabytes} GiB`,
    `${type()} ${release()}`,
    browserVersion(),
    `Node.js ${process.versions.node}`,
    `WebTorrent ${webTorrentVersion()}`,
  ].join(', ');
}

/** What all processors of this machine did for a while. */
export interface Work {
  /** Seconds of one processor. */
  readonly busySeconds: number;
  /** Of what they could have done, 0 … 1. */
  readonly share: number;
}

/** Begins to watch the processors; the function that it gives says what they did since. */
export function watchProcessors(): () => Work {
  const before = processorSeconds();
  return () => {
    const after = processorSeconds();
    const busySeconds = after.busy - before.busy;
    return { busySeconds, share: busySeconds / (busySeconds + after.idle - before.idle) };
  };
}

/** Since the machine was started. */
function processorSeconds(): { readonly busy: number; readonly idle: number } {
  const sum = { busy: 0, idle: 0 };
  for (const { times } of cpus()) {
    const { idle, ...busy } = times;
    sum.idle += idle / 1000;
    sum.busy += Object.values(busy).reduce((total, ms) => total + ms, 0) / 1000;
  }
  return sum;
}

function browserVersion(): string {
  const printed = execFileSync(findBrowser(), ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return /^\S+ [\d.]+/.exec(printed)?.[0] ?? printed.trim();
}

function webTorrentVersion(): string {
  const { version } = JSON.parse(readFileSync('node_modules/webtorrent/package.json', 'utf8')) as { version: string };
  return version;
}

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

function browserVersion(): string {
  const printed = execFileSync(findBrowser(), ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return /^\S+ [\d.]+/.exec(printed)?.[0] ?? printed.trim();
}

function webTorrentVersion(): string {
  const { version } = JSON.parse(readFileSync('node_modules/webtorrent/package.json', 'utf8')) as { version: string };
  return version;
}

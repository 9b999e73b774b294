/** A file far larger than any memory for it: what the tabs take, and whether they are as fast at the end as at the start. */
import { readFileSync, readdirSync } from 'node:fs';

import type { BrowserContext, CDPSession, Page } from '@playwright/test';

import { MEGABYTE } from '../../files.ts';
import { arrivals } from '../arrivals.ts';
import { TABSWARM } from '../contenders.ts';
import { type Row, inMegabytes } from '../row.ts';
import { watchedTab } from '../stage.ts';

const BYTES = 4000 * MEGABYTE;
const LOOK_EVERY_MS = 1000;
const SHARE_WITHIN_MS = 180_000;

/** The start and the end are this share of the file each. */
const EDGE = 0.1;

export const longFile: Row = {
  name: 'long-file',
  shows: '1 → 1, 4 GB',
  minutesMax: 15,
  measure: async (stage) => {
    const browser = await stage.browser();
    const [sharer, receiver] = [await watchedTab(browser), await watchedTab(browser)];
    const { origin } = stage.server;
    const link = await TABSWARM.share(sharer, origin, await stage.file(BYTES), SHARE_WITHIN_MS);
    await TABSWARM.join(receiver, origin, link);
    const { samples, heapBytes, processBytes } = await watch(browser, [sharer, receiver]);
    const [start, end] = [rateBetween(samples, 0, EDGE), rateBetween(samples, 1 - EDGE, 1)];
    const heapMegabytes = Math.max(...heapBytes) / MEGABYTE;
    return [
      {
        what: `${longFile.shows}: most JavaScript heap of a tab, in MB`,
        ours: `${heapBytes.map(megabytes).join(' sharing, ')} receiving`,
        against: `processes of tabs: ${processBytes.map(megabytes).join(', ')} at most`,
        value: heapMegabytes,
        limit: { kind: 'at most', must: 300, aim: 150 },
      },
      {
        what: `${longFile.shows}: speed of the last tenth over that of the first`,
        ours: inMegabytes(end),
        against: inMegabytes(start),
        value: end / start,
        limit: { kind: 'at least', must: 0.9, aim: 1 },
      },
    ];
  },
};

interface Sample {
  readonly at: number;
  readonly bytes: number;
}

interface Watched {
  readonly samples: readonly Sample[];
  /** The most of each page. */
  readonly heapBytes: readonly number[];
  /** The most of the two largest processes of pages. */
  readonly processBytes: readonly number[];
}

async function watch(browser: BrowserContext, pages: readonly Page[]): Promise<Watched> {
  const [sharer, receiver] = await Promise.all(pages.map((page) => browser.newCDPSession(page)));
  await Promise.all([sharer, receiver].map((session) => session.send('Performance.enable')));
  const samples: Sample[] = [];
  const heapBytes = [0, 0];
  const processBytes = [0, 0];
  const raise = (most: number[], values: readonly number[]): void => {
    for (const [index, value] of values.entries()) most[index] = Math.max(most[index], value);
  };
  while ((samples.at(-1)?.bytes ?? 0) < BYTES) {
    raise(heapBytes, await Promise.all([sharer, receiver].map(heapOf)));
    raise(processBytes, residentBytes());
    samples.push({ at: Date.now(), bytes: (await arrivals(pages[1])).bytes });
    await pages[1].waitForTimeout(LOOK_EVERY_MS);
  }
  return { samples, heapBytes, processBytes };
}

async function heapOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
}

/** The two largest processes that draw pages on this machine, in bytes that are in memory. Linux only; elsewhere zeros. */
function residentBytes(): number[] {
  const sizes = [0, 0];
  try {
    for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) sizes.push(residentBytesOf(id));
  } catch {
    // Not Linux.
  }
  return sizes.toSorted((one, other) => other - one).slice(0, 2);
}

function residentBytesOf(id: string): number {
  try {
    if (!readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('--type=renderer')) return 0;
    const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    // It ended meanwhile.
    return 0;
  }
}

/** Bytes per second while the file grew from one share of it to another. */
function rateBetween(samples: readonly Sample[], from: number, to: number): number {
  const reached = (share: number): Sample => samples.find(({ bytes }) => bytes >= share * BYTES)!;
  const [first, last] = [reached(from), reached(to)];
  return ((last.bytes - first.bytes) * 1000) / (last.at - first.at);
}

const megabytes = (bytes: number): string => `${Math.round(bytes / MEGABYTE)} MB`;

/** A sharer and eight receivers, each behind an uplink of its own: how near the swarm comes to what the lines allow. */
import { MEGABYTE } from '../../files.ts';
import { arrivals, rateOf } from '../arrivals.ts';
import { type Contender, TABSWARM, webTorrent } from '../contenders.ts';
import { type Line, NetworkLab } from '../network-lab.ts';
import { sendRaw } from '../raw-channel.ts';
import { type Finding, type Limit, type Row, inSeconds } from '../row.ts';
import { BARE_PAGE, type Stage, watchedTab } from '../stage.ts';

const BYTES = 40 * MEGABYTE;
const RAW_BYTES = 8 * MEGABYTE;
const DOWN = 64;

/** A stock client that takes longer is given up. */
const COMPLETE_WITHIN_MS = 200_000;

/** In megabits per second, the sharer's first. */
const EQUAL = [16, 16, 16, 16, 16, 16, 16, 16, 16];
const MIXED = [16, 4, 8, 16, 32, 4, 8, 16, 32];

export const equalUplinks: Row = {
  name: 'equal-uplinks',
  shows: '1 → 8, 40 MB, uplinks of 16 Mbit/s: last one done',
  minutesMax: 4,
  measure: async (stage) => {
    const bound = await measureBound(stage, EQUAL);
    const ours = await lastDone(stage, TABSWARM, EQUAL);
    return [over(equalUplinks, { ours, bound, limit: { kind: 'at most', must: 1.25, aim: 1.15 } })];
  },
};

export const equalUplinksStock: Row = {
  name: 'equal-uplinks-stock',
  shows: equalUplinks.shows,
  minutesMax: 9,
  measure: async (stage) => {
    const ours = await lastDone(stage, TABSWARM, EQUAL);
    const findings: Finding[] = [];
    for (const strategy of ['sequential', 'rarest'] as const) {
      const stock = webTorrent(strategy);
      const seconds = await lastDone(stage, stock, EQUAL);
      const against = `${stock.name} ${inSeconds(seconds)}`;
      findings.push({ what: equalUplinks.shows, ours: inSeconds(ours), against, value: ours / seconds, limit: null });
    }
    return findings;
  },
};

export const mixedUplinks: Row = {
  name: 'mixed-uplinks',
  shows: '1 → 8, 40 MB, uplinks of 4, 8, 16 and 32 Mbit/s: last one done',
  minutesMax: 4,
  measure: async (stage) => {
    const bound = await measureBound(stage, MIXED);
    const ours = await lastDone(stage, TABSWARM, MIXED);
    return [over(mixedUplinks, { ours, bound, limit: { kind: 'at most', must: 1.35, aim: 1.2 } })];
  },
};

interface Times {
  readonly ours: number;
  readonly bound: number;
  readonly limit: Limit;
}

function over({ shows }: Row, { ours, bound, limit }: Times): Finding {
  return { what: shows, ours: inSeconds(ours), against: `bound ${inSeconds(bound)}`, value: ours / bound, limit };
}

/** Kurose & Ross 2.5, in seconds, for the content that a bare channel brings through such an uplink. */
async function measureBound(stage: Stage, uplinks: readonly number[]): Promise<number> {
  const [sharer, ...receivers] = uplinks;
  const perMegabit = (await rawRate(stage, sharer)) / sharer;
  const all = uplinks.reduce((sum, uplink) => sum + uplink);
  return Math.max(
    BYTES / (sharer * perMegabit),
    BYTES / (DOWN * perMegabit),
    (receivers.length * BYTES) / (all * perMegabit),
  );
}

/** Content in bytes per second of a bare channel through an uplink of so many megabits per second. */
async function rawRate(stage: Stage, uplink: number): Promise<number> {
  return inLab(stage, [uplink, uplink], async ([from, to], origin) => {
    await Promise.all([from, to].map((page) => page.goto(`${origin}${BARE_PAGE}`)));
    await sendRaw(from, to, RAW_BYTES);
    return rateOf([await arrivals(to)], RAW_BYTES);
  });
}

/** Seconds from the moment when all open the link to the last block of the last one. */
async function lastDone(stage: Stage, contender: Contender, uplinks: readonly number[]): Promise<number> {
  const file = await stage.file(BYTES);
  return inLab(stage, uplinks, async ([sharer, ...receivers], origin) => {
    const link = await contender.share(sharer, origin, file);
    const begunAt = Date.now();
    await Promise.all(receivers.map((page) => contender.join(page, origin, link)));
    await Promise.all(receivers.map((page) => contender.complete(page, COMPLETE_WITHIN_MS)));
    const all = await Promise.all(receivers.map(arrivals));
    return (Math.max(...all.map(({ lastAt }) => lastAt)) - begunAt) / 1000;
  });
}

type Pages = Awaited<ReturnType<typeof watchedTab>>[];

/** One tab in a browser of its own at each host. */
function inLab<Result>(
  stage: Stage,
  uplinks: readonly number[],
  work: (pages: Pages, origin: string) => Promise<Result>,
): Promise<Result> {
  const lines = uplinks.map((up): Line => ({ up, down: DOWN }));
  return NetworkLab.use(lines, async (lab) => {
    const origin = lab.origin(new URL(stage.server.origin).port);
    const pages: Pages = [];
    for (const host of uplinks.keys()) {
      pages.push(await watchedTab(await stage.browser(await lab.place(host, origin))));
    }
    try {
      return await work(pages, origin);
    } finally {
      await stage.closeBrowsers();
    }
  });
}

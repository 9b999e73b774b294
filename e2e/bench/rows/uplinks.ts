/** A sharer and eight receivers, each behind an uplink of its own: how near the swarm comes to what the lines allow. */
import { MEGABYTE } from '../../files.ts';
import { arrivals, rateOf } from '../arrivals.ts';
import { type Contender, TABSWARM, webTorrent } from '../contenders.ts';
import { type Work, watchProcessors } from '../machine.ts';
import { type Line, NetworkLab } from '../network-lab.ts';
import { USUAL_WAY, sendRaw } from '../raw-channel.ts';
import { type Finding, type Limit, type Row, inSeconds } from '../row.ts';
import { BARE_PAGE, type Stage, watchedTab } from '../stage.ts';
import { linkedWith } from '../transfer.ts';

/** Hosts, the sharer's first, and the file. */
interface Crowd {
  readonly lines: readonly Line[];
  readonly bytes: number;
}

const lineUp = (up: number): Line => ({ up, down: 64, burst: 64, latencyMs: 50 });

const EQUAL: Crowd = { lines: [16, 16, 16, 16, 16, 16, 16, 16, 16].map(lineUp), bytes: 40 * MEGABYTE };
/** Hosts are dealt out to the processors in this order: each gets one of a kind. */
const MIXED: Crowd = { ...EQUAL, lines: [16, 4, 4, 8, 8, 16, 16, 32, 32].map(lineUp) };

/** A stock client that takes longer is given up. */
const COMPLETE_WITHIN_MS = 200_000;

/** One channel leaves a part of the line idle when it starts; so many side by side fill it. */
const CHANNELS = 4;

/** A bare channel is measured with so much of the file: eight seconds of a full line of 16 Mbit/s. */
const RAW_SHARE = 0.4;

/** The same packets in four times the time, as on a machine with four times the processors: all these hosts share one. */
function inSlowMotion({ lines, bytes }: Crowd): Crowd {
  return {
    lines: lines.map((line) => ({ ...line, up: line.up / 4, down: line.down / 4, latencyMs: 4 * line.latencyMs })),
    bytes,
  };
}

export const equalUplinks = uplinksRow('equal-uplinks', EQUAL, {
  shows: '1 → 8, 40 MB, uplinks of 16 Mbit/s: last one done',
  limit: { kind: 'at most', must: 1.25, aim: 1.15 },
});

export const equalUplinksSlow = uplinksRow('equal-uplinks-slow', inSlowMotion(EQUAL), {
  shows: '1 → 8, 40 MB, uplinks of 16 Mbit/s, four times as slow: last one done',
  limit: { kind: 'at most', must: 1.25, aim: 1.15 },
});

export const mixedUplinks = uplinksRow('mixed-uplinks', MIXED, {
  shows: '1 → 8, 40 MB, uplinks of 4, 8, 16 and 32 Mbit/s: last one done',
  limit: { kind: 'at most', must: 1.35, aim: 1.2 },
});

export const mixedUplinksSlow = uplinksRow('mixed-uplinks-slow', inSlowMotion(MIXED), {
  shows: '1 → 8, 40 MB, uplinks of 4, 8, 16 and 32 Mbit/s, four times as slow: last one done',
  limit: { kind: 'at most', must: 1.35, aim: 1.2 },
});

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
      const against = `${stock.name} ${seconds < COMPLETE_WITHIN_MS / 1000 ? inSeconds(seconds) : `not done in ${inSeconds(seconds)}`}`;
      findings.push({ what: equalUplinks.shows, ours: inSeconds(ours), against, value: ours / seconds, limit: null });
    }
    return findings;
  },
};

/** The last one done, over the least time that the lines allow, and over what this machine's browsers bring when they do nothing else. */
function uplinksRow(name: string, crowd: Crowd, { shows, limit }: { shows: string; limit: Limit }): Row {
  return {
    name,
    shows,
    minutesMax: 9,
    measure: async (stage) => {
      const bound = leastSeconds(crowd, (await rawRate(stage, crowd)) / crowd.lines[0].up);
      const bare = await bareDistribution(stage, crowd);
      const ours = await distribution(stage, crowd);
      const over = (against: string, seconds: number): Omit<Finding, 'limit'> => ({
        what: shows,
        ours: inSeconds(ours.seconds),
        against: `${against} ${inSeconds(seconds)}`,
        value: ours.seconds / seconds,
      });
      return [
        { ...over('least time of the lines', bound), limit },
        { ...over(BARE, bare.seconds), limit: null },
        {
          what: `${shows}: work of the processors`,
          ours: inWork(ours.work),
          against: `${BARE} ${inWork(bare.work)}`,
          value: ours.work.busySeconds / bare.work.busySeconds,
          limit: null,
        },
      ];
    },
  };
}

const BARE = 'bare channels in nine browsers, as many bytes';

/** A time near the least one cannot be had of processors that are fully used. */
const inWork = ({ busySeconds, share }: Work): string =>
  `${inSeconds(busySeconds)}, ${Math.round(100 * share)} % of them`;

/** How long it took, and what it asked of this machine. */
interface Distribution {
  readonly seconds: number;
  readonly work: Work;
}

/** Kurose & Ross 2.5, when one megabit per second of an uplink carries so many bytes of content per second. */
function leastSeconds({ lines, bytes }: Crowd, perMegabit: number): number {
  const [sharer, ...receivers] = lines;
  const downMin = Math.min(...receivers.map(({ down }) => down));
  const copies = receivers.length * bytes;
  return Math.max(bytes / sharer.up, bytes / downMin, copies / togetherUp(lines)) / perMegabit;
}

const togetherUp = (lines: readonly Line[]): number => lines.reduce((sum, { up }) => sum + up, 0);

/** Content in bytes per second that bare channels bring through the sharer's uplink, when nothing else is going on. */
async function rawRate(stage: Stage, { lines: [line], bytes: fileBytes }: Crowd): Promise<number> {
  const bytes = RAW_SHARE * fileBytes;
  return inLab(stage, [line, line], async ([from, to], origin) => {
    await Promise.all([from, to].map((page) => page.goto(`${origin}${BARE_PAGE}`)));
    await sendRaw(from, to, bytes, { ...USUAL_WAY, connections: CHANNELS });
    return rateOf([await arrivals(to)], bytes);
  });
}

/** The same bytes leave all the hosts at once, each sending its part over bare channels to those after it. */
async function bareDistribution(stage: Stage, { lines, bytes }: Crowd): Promise<Distribution> {
  const copies = (lines.length - 1) * bytes;
  return inLab(stage, lines, async (pages, origin) => {
    await Promise.all(pages.map((page) => page.goto(`${origin}${BARE_PAGE}`)));
    const begunAt = Date.now();
    const workSince = watchProcessors();
    const sends = pages.flatMap((from, host) =>
      Array.from({ length: CHANNELS }, (_, channel) => {
        const to = pages[(host + 1 + channel) % pages.length];
        return sendRaw(from, to, Math.ceil((copies * lines[host].up) / togetherUp(lines) / CHANNELS));
      }),
    );
    await Promise.all(sends);
    return { seconds: (Date.now() - begunAt) / 1000, work: workSince() };
  });
}

/**
 * The distribution time of Kurose & Ross: seconds from the first block that leaves to the last that arrives, when all are there before. What opening nine
 * browsers on one machine costs is over then.
 */
async function distribution(stage: Stage, { lines, bytes }: Crowd): Promise<Distribution> {
  const file = await stage.file(bytes);
  return inLab(stage, lines, async ([sharer, ...receivers], origin) => {
    // What the link will be tells a tab that leaves: equal files have equal links.
    const herald = await watchedTab(sharer.context());
    const link = await TABSWARM.share(herald, origin, file);
    await herald.getByRole('button', { name: 'Stop sharing' }).click();
    await herald.close();
    await Promise.all(receivers.map((page) => TABSWARM.join(page, origin, link)));
    await Promise.all(receivers.map((page) => linkedWith(page, receivers.length - 1)));
    const workSince = watchProcessors();
    await TABSWARM.share(sharer, origin, file);
    await Promise.all(receivers.map((page) => TABSWARM.complete(page, COMPLETE_WITHIN_MS)));
    const work = workSince();
    const all = await Promise.all(receivers.map(arrivals));
    const [firstAt, lastAt] = [all.map((one) => one.firstAt), all.map((one) => one.lastAt)];
    return { seconds: (Math.max(...lastAt) - Math.min(...firstAt)) / 1000, work };
  });
}

/** Seconds from the moment when all open the link to the last block of the last one, or until nobody waits any more. */
async function lastDone(stage: Stage, contender: Contender, crowd: Crowd): Promise<number> {
  const file = await stage.file(crowd.bytes);
  return inLab(stage, crowd.lines, async ([sharer, ...receivers], origin) => {
    const link = await contender.share(sharer, origin, file);
    const begunAt = Date.now();
    await Promise.all(receivers.map((page) => contender.join(page, origin, link)));
    const isDone = receivers.map((page) => contender.complete(page, COMPLETE_WITHIN_MS).then(() => true));
    // A stock client may take longer than anybody waits.
    const areDone = await Promise.all(isDone.map((done) => done.catch(() => false)));
    if (!areDone.every(Boolean)) return COMPLETE_WITHIN_MS / 1000;
    const all = await Promise.all(receivers.map(arrivals));
    return (Math.max(...all.map(({ lastAt }) => lastAt)) - begunAt) / 1000;
  });
}

type Pages = Awaited<ReturnType<typeof watchedTab>>[];

/** One tab in a browser of its own at each host. */
function inLab<Result>(
  stage: Stage,
  lines: readonly Line[],
  work: (pages: Pages, origin: string) => Promise<Result>,
): Promise<Result> {
  return NetworkLab.use(lines, async (lab) => {
    const origin = lab.origin(new URL(stage.server.origin).port);
    const pages: Pages = [];
    for (const host of lines.keys()) {
      pages.push(await watchedTab(await stage.browser(await lab.place(host, origin))));
    }
    try {
      return await work(pages, origin);
    } finally {
      await stage.closeBrowsers();
    }
  });
}

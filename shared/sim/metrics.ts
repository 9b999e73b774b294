/** What a run came to, measured against the least time there is (Kurose & Ross 2.5). */
import { present } from '../base/assert.ts';
import type { Millis } from '../base/time.ts';
import type { Payload, PeerMessage } from '../wire/peer-message.ts';
import type { SimPeer } from './sim-peer.ts';
import type { World } from './world.ts';

/** Least times to bring a file to everybody who lacks it, in milliseconds. */
export interface Bounds {
  /** max{N·F/us, F/dmin} */
  readonly clientServer: Millis;
  /** max{F/us, F/dmin, N·F/(us + Σui)} */
  readonly peerToPeer: Millis;
}

export interface BoundTerms {
  /** F, in bytes. */
  readonly fileBytes: number;
  /** us: all who have the file at the start, in bytes per second. */
  readonly seedUp: number;
  /** ui and di of those who lack it, in bytes per second. */
  readonly peers: readonly { readonly up: number; readonly down: number }[];
}

/** Everybody is there from the start and stays to the end; otherwise these are no bounds. */
export function bounds({ fileBytes, seedUp, peers }: BoundTerms): Bounds {
  let slowest = Number.POSITIVE_INFINITY;
  let upSum = seedUp;
  for (const { up, down } of peers) {
    slowest = Math.min(slowest, down);
    upSum += up;
  }
  const wanted = peers.length * fileBytes;
  return {
    clientServer: 1000 * Math.max(wanted / seedUp, fileBytes / slowest),
    peerToPeer: 1000 * Math.max(fileBytes / seedUp, fileBytes / slowest, wanted / upSum),
  };
}

/** How equal `values` are: 1 when all are, 1/n when one has everything (Jain, Chiu and Hawe 1984). */
export function jain(values: readonly number[]): number {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  return (sum * sum) / (values.length * squares);
}

export interface RunMetrics {
  readonly bounds: Bounds;
  /** Peers that came without the file, and how many of them have it now. */
  readonly newcomers: number;
  readonly completed: number;
  /** From joining to having everything, in milliseconds. */
  readonly last: Millis;
  readonly mean: Millis;
  /** Mean and longest time from 99 % to 100 % of the pieces. */
  readonly lastPercentMean: Millis;
  readonly lastPercentMax: Millis;
  /** Content that was brought by the time 95 % of the newcomers were done, as a share of what all uplinks could have. */
  readonly utilisation: number;
  /** Content that was received more than once or thrown away, as a share of what was needed. */
  readonly duplicates: number;
  /** Bytes that were not content, as a share of content. */
  readonly control: number;
  /** Jain's index of download rates. */
  readonly fairness: number;
  /** Content that left the seeds, in copies of the file. */
  readonly seedCopies: number;
  readonly chokes: number;
  readonly unchokes: number;
}

/** Measures a run in which somebody came without the file and got it. */
export function measure<Chunk extends Payload>(world: World<Chunk>): RunMetrics {
  const { peers, content } = world;
  const fileBytes = content.metainfo.length;
  const seeds = peers.filter((peer) => !wasNew(peer));
  const newcomers = peers.filter(wasNew);
  const completed = newcomers.filter((peer) => peer.isComplete);
  const times = completed.map((peer) => present(peer.verifiedAt.at(-1), 'the last piece') - peer.joinedAt);
  const tails = completed.map((peer) => lastPercent(peer.verifiedAt));
  const received = sum(newcomers, (peer) => peer.traffic.receivedBlockBytes);
  const needed = sum(newcomers, (peer) => peer.fetchedBytes);
  return {
    bounds: bounds({
      fileBytes,
      seedUp: sum(seeds, (peer) => peer.host.rates.up),
      peers: newcomers.map((peer) => peer.host.rates),
    }),
    newcomers: newcomers.length,
    completed: completed.length,
    last: Math.max(...times),
    mean: sum(times, (time) => time) / times.length,
    lastPercentMean: sum(tails, (time) => time) / tails.length,
    lastPercentMax: Math.max(...tails),
    utilisation: utilisation(world, newcomers.length),
    duplicates: (received - needed) / needed,
    control: sum(peers, (peer) => peer.traffic.controlBytes) / world.total.blockBytes,
    fairness: jain(times.map((time) => 1 / time)),
    seedCopies: sum(seeds, (peer) => peer.traffic.sentBlockBytes) / fileBytes,
    chokes: sentMessages(world, 'choke'),
    unchokes: sentMessages(world, 'unchoke'),
  };
}

/** How often all peers together sent messages of this kind. */
export function sentMessages<Chunk extends Payload>(world: World<Chunk>, kind: PeerMessage['kind']): number {
  return sum(world.peers, (peer) => peer.traffic.sentMessages.get(kind) ?? 0);
}

const wasNew = <Chunk extends Payload>(peer: SimPeer<Chunk>): boolean => peer.verifiedAt.length > 0 || !peer.isComplete;

/** From the moment 99 % of the missing pieces were there to the last. */
function lastPercent(verifiedAt: readonly Millis[]): Millis {
  const nearly = Math.max(0, Math.ceil(0.99 * verifiedAt.length) - 1);
  return present(verifiedAt.at(-1), 'the last piece') - verifiedAt[nearly];
}

function utilisation<Chunk extends Payload>({ milestones, peers }: World<Chunk>, newcomers: number): number {
  const milestone = milestones[Math.ceil(0.95 * newcomers) - 1];
  if (milestone === undefined) return Number.NaN;
  const capacity = sum(peers, ({ joinedAt, leftAt, host }) => {
    const end = Math.min(leftAt ?? milestone.at, milestone.at);
    return (Math.max(0, end - joinedAt) * host.rates.up) / 1000;
  });
  return milestone.blockBytes / capacity;
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += value(item);
  return total;
}

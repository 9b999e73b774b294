/** What a run came to, measured against the least time there is (Kurose & Ross 2.5). */
import { present } from '../base/assert.ts';
import type { Millis } from '../base/time.ts';
import type { PeerMessage } from '../wire/peer-message.ts';
import { type Bounds, jain, mean, median, rankCorrelation, sum } from './metrics.ts';
import { boundsOf, pieceBoundOf, possibleUtilisation } from './least-times.ts';
import { type Actor, gives, isExpected, type Outcome } from './play.ts';
import type { PeerClass } from './scenario.ts';

export interface Measures {
  readonly bounds: Bounds;
  /** Peers that should have the file in the end, and how many do. */
  readonly expected: number;
  readonly completed: number;
  /** From the start of the story until the last of them had it; and on average, each from its own coming. */
  readonly last: Millis;
  readonly mean: Millis;
  /** Nobody could have been done earlier, since pieces are passed on whole (see `piece-bound`). */
  readonly pieceBound: Millis;
  /** `last` and `mean` as multiples of the bound of the swarm. */
  readonly lastRatio: number;
  readonly meanRatio: number;
  /** Content that had been brought when 95 % were done, as a share of what all uplinks could have. */
  readonly utilisation: number;
  /** The same in the best swarm there could be: see `possibleUtilisation`. NaN where peers come and go. */
  readonly possibleUtilisation: number;
  /** Content that was received more than once or thrown away, as a share of what was needed. */
  readonly duplicates: number;
  /** Bytes that were not content, as a share of content. */
  readonly control: number;
  /** Jain's index of download rates within a class: the least of all classes. */
  readonly fairness: number;
  /** Rank correlation of upload rate and download rate; NaN when all lines are alike. */
  readonly rankCorrelation: number;
  /** The longest way from 99 % to 100 % of the pieces, and its share of that peer's time. */
  readonly lastPercent: Millis;
  readonly lastPercentShare: number;
  /** When the peers had one copy of the file among them: the seed might leave. */
  readonly spread: Millis;
  /** Content that left the seed, in copies of the file. */
  readonly seedCopies: number;
  readonly chokes: number;
  readonly unchokes: number;
  readonly classes: readonly ClassMeasures[];
  readonly riding: RidingMeasures;
  readonly bans: Bans;
  /** Facts that all engines handled, and events in the simulated world. */
  readonly facts: number;
  readonly events: number;
  readonly hash: string;
}

export interface ClassMeasures {
  readonly name: string;
  readonly peers: number;
  readonly completed: number;
  /** NaN when nobody completed. */
  readonly mean: Millis;
  readonly last: Millis;
  /** What its peers had on average when half of the honest ones were complete, as a share of the file. */
  readonly hadThen: number;
}

/**
 * What riding free brings and costs; NaN where nobody rides. Givers stay as seeds once they are complete, and seeds serve everybody:
 * when a rider is complete says little. What counts is its pace while givers are still fetching.
 */
export interface RidingMeasures {
  /** A rider's time for the whole file at its pace until half of the givers were complete, over that moment. */
  readonly slowdown: number;
  /** The givers' mean time over the bound of a swarm in which there are no riders … */
  readonly giversRatio: number;
  /** … and over the bound when what the riders had by then is brought as well: no rule can give less than one over the other. */
  readonly giversRatioFed: number;
}

/** How many peers were banned by at least one other, by what they are. */
export interface Bans {
  readonly liars: number;
  readonly honest: number;
  /** How often somebody who should be complete took blocks of a liar and has not banned it. */
  readonly escapes: number;
}

export function measure(outcome: Outcome): Measures {
  const { scenario, world, actors, seed } = outcome;
  const expected = actors.filter(isExpected);
  const times = expected.map(timeOf);
  const least = boundsOf(outcome, expected);
  const last = Math.max(...expected.map(({ completedAt }) => present(completedAt, 'an end')));
  const peers = actors.flatMap(({ lives }) => lives);
  const received = sum(peers, ({ traffic }) => traffic.receivedBlockBytes);
  const needed = sum(peers, ({ fetchedBytes }) => fetchedBytes);
  const tails = expected.map(lastPercentOf);
  const longest = tails.indexOf(Math.max(...tails));
  const rates = times.map((time) => scenario.fileBytes / time);
  return {
    bounds: least,
    expected: expected.length,
    completed: expected.filter(({ completedAt }) => completedAt !== null).length,
    last,
    mean: mean(times),
    pieceBound: Math.max(least.peerToPeer, pieceBoundOf(outcome, expected)),
    lastRatio: last / least.peerToPeer,
    meanRatio: mean(times) / least.peerToPeer,
    utilisation: utilisation(outcome, expected),
    possibleUtilisation: possibleUtilisation(outcome, expected),
    duplicates: received / needed - 1,
    control: sum(world.peers, ({ traffic }) => traffic.controlBytes) / world.total.blockBytes,
    fairness: Math.min(
      ...classesOf(expected).map((each) => jain(ofClass(expected, each).map((one) => 1 / timeOf(one)))),
    ),
    rankCorrelation: rankCorrelation(
      expected.map(({ host }) => host.rates.up),
      rates,
    ),
    lastPercent: tails[longest],
    lastPercentShare: tails[longest] / times[longest],
    spread: present(world.spreadAt, 'one copy among the peers'),
    seedCopies: seed.traffic.sentBlockBytes / scenario.fileBytes,
    chokes: sentMessages(outcome, 'choke'),
    unchokes: sentMessages(outcome, 'unchoke'),
    classes: classesOf(actors).map((each) => measureClass(each, ofClass(actors, each), halfway(outcome))),
    riding: measureRiding(outcome),
    bans: bansOf(outcome),
    facts: sum(world.peers, ({ steps }) => steps),
    events: world.timeline.queue.happened,
    hash: world.log.hash,
  };
}

/** How often all peers together sent messages of this kind. */
export function sentMessages({ world }: Pick<Outcome, 'world'>, kind: PeerMessage['kind']): number {
  return sum(world.peers, ({ traffic }) => traffic.sentMessages.get(kind) ?? 0);
}

/** From coming to having everything, in milliseconds. */
export const timeOf = ({ joinedAt, completedAt }: Actor): Millis => present(completedAt, 'an end') - joinedAt;

/** From the moment 99 % of the missing pieces were there to the last, in the life in which it was completed. */
function lastPercentOf({ lives }: Actor): Millis {
  const { verifiedAt } = lives[lives.length - 1];
  const nearly = Math.max(0, Math.ceil(0.99 * verifiedAt.length) - 1);
  return (verifiedAt.at(-1) ?? 0) - (verifiedAt[nearly] ?? 0);
}

function utilisation({ seed, actors }: Outcome, expected: readonly Actor[]): number {
  const ends = expected.toSorted((a, b) => present(a.completedAt, 'an end') - present(b.completedAt, 'an end'));
  const { completedAt, blockBytesThen } = ends[Math.ceil(0.95 * ends.length) - 1];
  const end = present(completedAt, 'an end');
  const givers = [seed, ...actors.filter(gives).flatMap(({ lives }) => lives)];
  const capacity = sum(givers, ({ joinedAt, leftAt, host }) => {
    const until = Math.min(leftAt ?? end, end);
    return (Math.max(0, until - joinedAt) * host.rates.up) / 1000;
  });
  return blockBytesThen / capacity;
}

const classesOf = (actors: readonly Actor[]): PeerClass[] => [...new Set(actors.map(({ peerClass }) => peerClass))];

const ofClass = (actors: readonly Actor[], peerClass: PeerClass): Actor[] =>
  actors.filter((actor) => actor.peerClass === peerClass);

function measureClass({ name }: PeerClass, actors: readonly Actor[], then: Halfway): ClassMeasures {
  const times = actors.filter(({ completedAt }) => completedAt !== null).map(timeOf);
  return {
    name,
    peers: actors.length,
    completed: times.length,
    mean: mean(times),
    last: Math.max(...times),
    hadThen: shareThen(actors, then),
  };
}

/** What these had on average at that moment, as a share of the file. */
function shareThen(actors: readonly Actor[], { content, at: then }: Halfway): number {
  const had = actors.map(({ lives }) => sum(lives, ({ verifiedAt }) => verifiedAt.filter((at) => at <= then).length));
  return mean(had) / content.pieceCount;
}

function measureRiding(outcome: Outcome): RidingMeasures {
  const { scenario, actors, seed } = outcome;
  const riders = actors.filter(({ peerClass }) => peerClass.conduct === 'rides-free');
  const givers = actors.filter(({ peerClass }) => peerClass.conduct === 'honest');
  if (riders.length === 0) return { slowdown: Number.NaN, giversRatio: Number.NaN, giversRatioFed: Number.NaN };
  const share = shareThen(riders, halfway(outcome));
  const upSum = seed.host.rates.up + sum(givers, ({ host }) => host.rates.up);
  const least = (1000 * scenario.fileBytes * givers.length) / upSum;
  const took = mean(givers.map(timeOf));
  const fed = 1 + (riders.length * share) / givers.length;
  return { slowdown: 1 / share, giversRatio: took / least, giversRatioFed: took / (least * fed) };
}

/** The moment when half of the honest peers were complete. */
interface Halfway {
  readonly content: { readonly pieceCount: number };
  readonly at: Millis;
}

function halfway({ world, actors }: Outcome): Halfway {
  const honest = actors.filter(({ peerClass, completedAt }) => peerClass.conduct === 'honest' && completedAt !== null);
  return { content: world.content, at: median(honest.map(({ completedAt }) => present(completedAt, 'an end'))) };
}

function bansOf({ world, actors }: Outcome): Bans {
  const banned = new Set(world.peers.flatMap((peer) => [...peer.banned]));
  const liars = actors
    .filter(({ peerClass }) => peerClass.conduct === 'lies-in-blocks')
    .flatMap(({ lives }) => lives.map(({ peerId }) => peerId));
  const guilty = liars.filter((liar) => banned.has(liar)).length;
  const judges = actors.filter(isExpected).flatMap(({ lives }) => lives);
  const escapes = sum(
    judges,
    (judge) => liars.filter((liar) => judge.sources.has(liar) && !judge.banned.has(liar)).length,
  );
  return { liars: guilty, honest: banned.size - guilty, escapes };
}

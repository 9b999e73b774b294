/**
 * Whether anything is left behind: 100,000 swarms of 1 to 5 peers, an hour in which peers come, announce and go, in fast forward
 * since the rules take time as an argument. The heap at the end over the heap in the middle.
 */
import { type Random, randomBelow, seededRandom } from '../../../shared/base/random.ts';
import { minutes, seconds } from '../../../shared/base/time.ts';
import type { ClientMessage } from '../../../shared/wire/signal-message.ts';
import { peerOf, swarmOf } from '../frames.ts';
import { TRACKER_LIMITS } from '../../limits.ts';
import { LocalRelay } from '../../local-relay.ts';
import { MemoryDirectory } from '../../memory-directory.ts';
import { socketId } from '../../relay.ts';
import { Tracker } from '../../tracker.ts';
import type { Result, Row } from '../row.ts';

const SWARMS = 100_000;
const PEERS_PER_SWARM_MAX = 5;
const PEERS = SWARMS * ((1 + PEERS_PER_SWARM_MAX) / 2);

/** Steps of the story: in each, every twentieth peer leaves and another one comes. */
const STEP_MS = minutes(2);
const STEPS = 30;
const LEAVERS = PEERS / 20;

export const churn: Row = {
  name: 'churn',
  work: '100,000 swarms of 1 to 5 peers, an hour of churn: heap at the end over the middle',
  measure: async (): Promise<Result> => {
    const story = new Story(seededRandom(1));
    for (let peer = 0; peer < PEERS; peer += 1) await story.arrive();
    let middle = 0;
    for (let step = 1; step <= STEPS; step += 1) {
      await story.step();
      if (step === STEPS / 2) middle = heapBytes();
    }
    const end = heapBytes();
    return {
      against: `after half an hour; ${story.present} peers`,
      ours: `${(end / 2 ** 20).toFixed(0)} MiB`,
      theirs: `${(middle / 2 ** 20).toFixed(0)} MiB`,
      ratio: end / middle,
      mustReach: '≤ 1.05',
      isReached: end / middle <= 1.05,
    };
  },
};

class Story {
  readonly #random: Random;
  readonly #tracker: Tracker;
  /** Peers that are here, by their number: in which swarm. */
  readonly #peers = new Map<number, number>();
  #arrivals = 0;
  #now = seconds(1);

  constructor(random: Random) {
    this.#random = random;
    this.#tracker = new Tracker({
      directory: new MemoryDirectory(random),
      relay: new LocalRelay(),
      limits: TRACKER_LIMITS,
      isBlocked: () => false,
      newTrackerId: () => String(randomBelow(random, 2 ** 31)).padStart(32, '0'),
    });
  }

  get present(): number {
    return this.#peers.size;
  }

  async arrive(): Promise<void> {
    const peer = this.#arrivals;
    this.#arrivals += 1;
    // The swarm of a number, and another one for who comes in its place.
    const swarm = randomBelow(this.#random, SWARMS);
    this.#peers.set(peer, swarm);
    this.#tracker.open(socketOf(peer), () => {}, this.#now);
    await this.#announce(peer, swarm);
  }

  /** Two minutes: all that stay announce, some go, as many come, and what has grown old is forgotten. */
  async step(): Promise<void> {
    this.#now += STEP_MS;
    for (const [peer, swarm] of this.#peers) await this.#announce(peer, swarm);
    let leavers = LEAVERS;
    for (const peer of this.#peers.keys()) {
      if (leavers === 0) break;
      leavers -= 1;
      await this.#tracker.close(socketOf(peer));
      this.#peers.delete(peer);
    }
    for (let peer = 0; peer < LEAVERS; peer += 1) await this.arrive();
    await this.#tracker.sweep(this.#now);
  }

  async #announce(peer: number, swarm: number): Promise<void> {
    const message: ClientMessage = {
      kind: 'announce',
      infoHash: swarmOf(swarm),
      peerId: peerOf(peer),
      event: 'update',
      uploaded: 0,
      downloaded: 0,
      left: peer % 2,
      offersWanted: 0,
      offers: [],
      neighboursWanted: 5,
      trackerId: null,
    };
    await this.#tracker.handle(socketOf(peer), message, this.#now);
  }
}

const socketOf = (peer: number) => socketId('bench', peer);

/** After a full collection; the bench runs with `--expose-gc`. */
function heapBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

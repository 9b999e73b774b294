/** Plays a scenario: brings its cast onto the stage, lets its departures happen, and ends when all who should be complete are. */
import { randomBelow, type Random, seededRandom } from '../base/random.ts';
import { minutes, type Millis } from '../base/time.ts';
import { exponential } from './exponential.ts';
import { liesAboutHaves, liesInBlocks, neverUnchokes, sendsNoBlocks } from './hostility.ts';
import { type Length, lengthsContent } from './lengths-content.ts';
import { bounds } from './metrics.ts';
import type { Host } from './network.ts';
import { castOf, type Conduct, type PeerClass, type Scenario } from './scenario.ts';
import type { Tamper } from './sim-link.ts';
import type { SimPeer } from './sim-peer.ts';
import { World } from './world.ts';

/** One who came without the file. */
export interface Actor {
  readonly peerClass: PeerClass;
  readonly host: Host;
  /** Its tabs, one after the other: a peer that returns has two. */
  readonly lives: SimPeer<Length>[];
  /** When it first opened the link. */
  readonly joinedAt: Millis;
  /** When it had everything; null while it has not. */
  completedAt: Millis | null;
  /** Content that had reached all peers by then, in bytes. */
  blockBytesThen: number;
}

/** A scenario after its end. */
export interface Outcome {
  readonly scenario: Scenario;
  readonly world: World<Length>;
  readonly seed: SimPeer<Length>;
  /** In the order they came. */
  readonly actors: readonly Actor[];
  /** Whether everybody is complete who should be. */
  readonly isOver: boolean;
}

export interface PlayOptions {
  readonly seed: number;
  readonly checksInvariants?: boolean;
  /** When it ends in any case. */
  readonly until?: Millis;
}

/** No swarm is this much slower than it could be. */
const PATIENCE = 20;

/** How often it is looked whether the seed has sent enough. */
const LOOK_MS = 100;

/** Rejects when somebody who should be complete never is and no end is set, or an engine crashes. */
export async function play(
  scenario: Scenario,
  { seed, checksInvariants = false, until }: PlayOptions,
): Promise<Outcome> {
  const stage = new Stage(scenario, seed, checksInvariants);
  stage.begin();
  const { world, actors } = stage;
  let isCut = false;
  if (until !== undefined) world.at(until, () => (isCut = true));
  await world.run(deadline(scenario), () => stage.isOver || isCut);
  return { scenario, world, seed: stage.seed, actors, isOver: stage.isOver };
}

/** Whether a peer that behaves so should have the file in the end. */
export const isExpected = ({ peerClass: { conduct } }: Actor): boolean =>
  conduct === 'honest' || conduct === 'rides-free';

/** Whether its uplink brings the file to others. */
export const gives = ({ peerClass: { conduct } }: Actor): boolean =>
  conduct === 'honest' || conduct === 'lies-about-haves';

class Stage {
  readonly world: World<Length>;
  readonly seed: SimPeer<Length>;
  readonly actors: Actor[] = [];
  readonly #scenario: Scenario;
  /** The story's own chance: the world's is for what happens in it. */
  readonly #random: Random;
  #missing = 0;

  constructor(scenario: Scenario, seed: number, checksInvariants: boolean) {
    const { fileBytes, loss, policies, uplinks } = scenario;
    this.#scenario = scenario;
    this.#random = seededRandom(seed);
    this.world = new World({
      seed,
      content: lengthsContent(fileBytes),
      roundTrip: roundTripOf(scenario),
      loss,
      policies,
      uplinks,
      checksInvariants,
      onComplete: (peer) => this.#completed(peer),
    });
    this.seed = this.world.join({ host: this.world.addHost(scenario.seed), has: 'everything' });
  }

  get isOver(): boolean {
    return this.#missing === 0;
  }

  begin(): void {
    const { arrivalsPerSecond } = this.#scenario;
    let at = 0;
    for (const peerClass of castOf(this.#scenario)) {
      this.#missing += Number(isHelpful(peerClass.conduct));
      if (arrivalsPerSecond === null) {
        this.#enter(peerClass);
        continue;
      }
      at += (1000 / arrivalsPerSecond) * exponential(this.#random);
      this.world.at(at, () => this.#enter(peerClass));
    }
    this.#planDepartures();
  }

  #enter(peerClass: PeerClass): void {
    const host = this.world.addHost(peerClass.rates);
    const tamper = this.#tamper(peerClass.conduct);
    const peer = this.world.join({ host, tamper });
    if (peerClass.limits !== undefined) peer.driver.limit(peerClass.limits);
    const actor: Actor = {
      peerClass,
      host,
      lives: [peer],
      joinedAt: peer.joinedAt,
      completedAt: null,
      blockBytesThen: 0,
    };
    this.actors.push(actor);
    const { departures } = this.#scenario;
    if (departures.kind === 'half' && this.actors.length % 2 === 0) this.#planAbsence(actor, departures);
  }

  #planDepartures(): void {
    const { departures, fileBytes } = this.#scenario;
    if (departures.kind !== 'the-seed') return;
    const enough = departures.afterCopies * fileBytes;
    const look = (): void => {
      if (this.seed.traffic.sentBlockBytes >= enough) this.world.part(this.seed, 'leave');
      else this.world.at(this.world.now + LOOK_MS, look);
    };
    look();
  }

  /** A peer that is done by then stays. */
  #planAbsence(actor: Actor, { from, to, awayMs }: Scenario['departures'] & { kind: 'half' }): void {
    const leavesAt = actor.joinedAt + from + randomBelow(this.#random, to - from);
    this.world.at(leavesAt, () => {
      const peer = present(actor);
      if (peer.isComplete) return;
      this.world.part(peer, 'leave');
      this.world.at(this.world.now + awayMs, () => actor.lives.push(this.world.rejoin(peer)));
    });
  }

  #completed(peer: SimPeer<Length>): void {
    const { world } = this;
    const actor = this.actors.find(({ host }) => host === peer.host);
    if (actor === undefined) return;
    actor.completedAt = world.now;
    actor.blockBytesThen = world.total.blockBytes;
    this.#missing -= Number(isExpected(actor));
    // In a moment of its own: the engine is in the middle of a step now.
    if (this.#scenario.departures.kind === 'the-complete') world.at(world.now, () => world.part(peer, 'leave'));
  }

  #tamper(conduct: Conduct): Tamper | null {
    const { content } = this.world;
    const random = seededRandom(this.#random.uint32());
    switch (conduct) {
      case 'honest':
        return null;
      case 'rides-free':
        return neverUnchokes;
      case 'lies-in-blocks':
        return liesInBlocks(content, random);
      case 'lies-about-haves':
        return liesAboutHaves(content.pieceCount, random);
      case 'sends-no-blocks':
        return sendsNoBlocks;
    }
  }
}

const isHelpful = (conduct: Conduct): boolean => conduct === 'honest' || conduct === 'rides-free';

const present = ({ lives }: Actor): SimPeer<Length> => lives[lives.length - 1];

/** Even hosts are in one room, odd ones in the other. */
function roundTripOf({ roundTripMs, farRoundTripMs }: Scenario): (a: Host, b: Host) => Millis {
  if (farRoundTripMs === null) return () => roundTripMs;
  return (a, b) => (a.index % 2 === b.index % 2 ? roundTripMs : farRoundTripMs);
}

function deadline({ fileBytes, seed, peers, classes, arrivalsPerSecond }: Scenario): Millis {
  const slowest = Math.min(...classes.map(({ rates }) => Math.min(rates.up, rates.down)));
  const rates = { up: slowest, down: slowest };
  const { peerToPeer } = bounds({ fileBytes, seedUp: seed.up, peers: Array.from({ length: peers }, () => rates) });
  const arrivals = arrivalsPerSecond === null ? 0 : (1000 * peers) / arrivalsPerSecond;
  return minutes(10) + PATIENCE * (peerToPeer + arrivals);
}

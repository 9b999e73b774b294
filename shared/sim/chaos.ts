/**
 * A story drawn by lot: files, lines, distances and losses of all sizes; tabs that open, close, crash and come back; bad
 * neighbours; a signal server that is away at times. For finding what nobody thought of; a seed that found something is pinned
 * in the tests.
 */
import { type Random, randomBelow, randomPick, seededRandom } from '../base/random.ts';
import { minutes, seconds } from '../base/time.ts';
import type { Content } from './content.ts';
import * as hostile from './hostility.ts';
import { type Length, lengthsContent } from './lengths-content.ts';
import { AMPLE_STORE, type MemoryStoreOptions } from './memory-store.ts';
import type { Host } from './network.ts';
import type { Tamper } from './sim-link.ts';
import type { SimPeer } from './sim-peer.ts';
import { World } from './world.ts';

const NEWCOMERS_MAX = 15;
const HOSTILE_MAX = 4;
const TURNS = 12;
const FILE_BYTES_MAX = 6 * 1024 * 1024;

/** All joined and all trouble is over by then. */
const TROUBLE_MS = seconds(60);
const DEADLINE_MS = minutes(25);

/** What a story came to. */
export interface ChaosEnd {
  readonly world: World<Length>;
  /** Honest peers that are there at the end, every one complete. */
  readonly honest: readonly SimPeer<Length>[];
}

/** Plays the story of this seed, with invariants checked after every step, until every honest peer that is there is complete. */
export async function playChaos(seed: number): Promise<ChaosEnd> {
  const random = seededRandom(seed);
  const below = (bound: number): number => randomBelow(random, bound);
  const content = lengthsContent(1 + below(FILE_BYTES_MAX), randomPick(random, [262_144, 262_144, 65_536, 16_384]));
  const roundTrip = randomPick(random, [5, 50, 150, 300]);
  const loss = randomPick(random, [0, 0, 0.001, 0.01]);
  const world = new World({ seed, content, roundTrip: () => roundTrip, loss, checksInvariants: true });
  const story = new Story(world, random);
  const tampers = badNeighbours(content, seededRandom(random.uint32()));
  for (let left = 2 + below(NEWCOMERS_MAX - 1); left > 0; left -= 1) world.at(below(20_000), () => story.joinHonest());
  for (let left = below(HOSTILE_MAX + 1); left > 0; left -= 1) {
    const tamper = randomPick(random, tampers);
    world.at(below(20_000), () => story.joinHostile(tamper));
  }
  for (let turn = 0; turn < TURNS; turn += 1) world.at(3000 + below(40_000), () => story.turn());
  world.at(TROUBLE_MS - seconds(10), () => world.tracker.goUp());
  await world.run(DEADLINE_MS, () => world.now > TROUBLE_MS && story.honest.every((peer) => peer.isComplete));
  return { world, honest: story.honest };
}

class Story {
  readonly honest: SimPeer<Length>[] = [];
  readonly #gone: SimPeer<Length>[] = [];
  readonly #world: World<Length>;
  readonly #random: Random;

  constructor(world: World<Length>, random: Random) {
    this.#world = world;
    this.#random = random;
    world.join({ host: this.#host(), has: 'everything' });
  }

  joinHonest(): void {
    const has = this.#below(4) === 0 ? 'metainfo' : 'nothing';
    this.honest.push(this.#world.join({ host: this.#host(), disk: this.#disk(), has }));
  }

  joinHostile(tamper: Tamper): void {
    const has = randomPick(this.#random, ['nothing', 'metainfo', 'everything'] as const);
    this.#world.join({ host: this.#host(), has, tamper });
  }

  /** Somebody goes or comes back, or the server does. */
  turn(): void {
    switch (this.#below(5)) {
      case 0:
        this.#part('leave');
        return;
      case 1:
        this.#part('crash');
        return;
      case 2:
        this.#comeBack();
        return;
      case 3:
        this.#world.tracker.goDown();
        return;
      default:
        this.#world.tracker.goUp();
    }
  }

  #part(manner: 'leave' | 'crash'): void {
    if (this.honest.length < 2) return;
    const [peer] = this.honest.splice(this.#below(this.honest.length), 1);
    this.#world.part(peer, manner);
    this.#gone.push(peer);
  }

  #comeBack(): void {
    if (this.#gone.length === 0) return;
    const [peer] = this.#gone.splice(this.#below(this.#gone.length), 1);
    this.honest.push(this.#world.rejoin(peer));
  }

  #host(): Host {
    return this.#world.addHost({ up: 50_000 + this.#below(2_000_000), down: 200_000 + this.#below(8_000_000) });
  }

  #disk(): MemoryStoreOptions {
    if (this.#below(8) === 0) return { ...AMPLE_STORE, capacity: this.#below(4) };
    return { ...AMPLE_STORE, putMs: this.#below(2000) };
  }

  #below(bound: number): number {
    return randomBelow(this.#random, bound);
  }
}

function badNeighbours(content: Content<Length>, random: Random): readonly Tamper[] {
  const { pieceCount } = content;
  return [
    hostile.liesInBlocks(content, random),
    hostile.liesInBlocks(content, random, 0.25),
    hostile.sendsNoBlocks,
    hostile.neverUnchokes,
    hostile.claimsAll,
    hostile.liesAboutHaves(pieceCount, random),
    hostile.forgetsPieces(pieceCount, random),
    hostile.asksForAnything(pieceCount, random),
    hostile.neverRejects,
    hostile.unchokesForChoke,
    hostile.sendsRubbish(random, 0.02),
    hostile.isOldFashioned,
    hostile.liesAboutMetadata,
    hostile.keepsMetadata,
  ];
}

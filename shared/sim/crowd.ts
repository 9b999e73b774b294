/** The usual story: one seed, and newcomers that all open the link at the same moment. */
import type { Payload } from '../wire/peer-message.ts';
import type { LineRates } from './network.ts';
import type { SimPeer } from './sim-peer.ts';
import { World, type WorldOptions } from './world.ts';

export interface CrowdOptions<Chunk extends Payload> extends WorldOptions<Chunk> {
  readonly newcomers: number;
  /** Of everybody, the seed too. */
  readonly rates?: LineRates;
}

export interface Crowd<Chunk extends Payload> {
  readonly world: World<Chunk>;
  readonly seed: SimPeer<Chunk>;
  readonly newcomers: readonly SimPeer<Chunk>[];
}

/** 8 Mbit/s up, 32 Mbit/s down, in bytes per second. */
const HOME: LineRates = { up: 1_000_000, down: 4_000_000 };

/** A world in which the seed and all newcomers have just opened their tabs. */
export function gatherCrowd<Chunk extends Payload>(options: CrowdOptions<Chunk>): Crowd<Chunk> {
  const { newcomers: count, rates = HOME } = options;
  const world = new World<Chunk>(options);
  const seed = world.join({ host: world.addHost(rates), has: 'everything' });
  const newcomers = Array.from({ length: count }, () => world.join({ host: world.addHost(rates) }));
  return { world, seed, newcomers };
}

/** What a simulated swarm is made of: a small record, so that a story can be read, named and varied. */
import type { Millis } from '../base/time.ts';
import type { Policies } from '../engine/policies.ts';
import type { RateLimits } from '../base/rate-limits.ts';
import type { LineRates, UplinkKind } from './network.ts';

export interface Scenario {
  /** As it is called on the command line. */
  readonly name: string;
  /** What is to be seen in it, in one sentence. */
  readonly shows: string;
  /** Where its numbers come from. */
  readonly source: string;
  readonly fileBytes: number;
  /** The one peer that has the file at the start. */
  readonly seed: LineRates;
  /** How many come without the file; shared out among the classes by their weights. */
  readonly peers: number;
  readonly classes: readonly PeerClass[];
  readonly roundTripMs: Millis;
  /** Between two rooms: when set, every other peer sits in the second one, and this is the round trip to the first. */
  readonly farRoundTripMs: Millis | null;
  /** Share of packets that are lost, 0 … 1. */
  readonly loss: number;
  readonly uplinks: UplinkKind;
  /** null: all at once. Otherwise a Poisson process of so many peers a second. */
  readonly arrivalsPerSecond: number | null;
  readonly departures: Departures;
  /** How the engines of all peers work. */
  readonly policies: Policies;
}

/** Peers that are alike. */
export interface PeerClass {
  readonly name: string;
  readonly weight: number;
  readonly rates: LineRates;
  readonly conduct: Conduct;
  /** What their persons chose as caps; none when left out. */
  readonly limits?: RateLimits;
}

/** How a peer behaves; all but the honest and the free riders are not expected to finish. */
export type Conduct = 'honest' | 'rides-free' | 'lies-in-blocks' | 'lies-about-haves' | 'sends-no-blocks';

/** Who leaves before everybody has finished. */
export type Departures =
  | { readonly kind: 'nobody' }
  /** Each peer, once it has the file. */
  | { readonly kind: 'the-complete' }
  /** The seed, once it has sent so many copies of the file. */
  | { readonly kind: 'the-seed'; readonly afterCopies: number }
  /** Every other peer, once, at a moment between these; it returns later with what it had stored. */
  | { readonly kind: 'half'; readonly from: Millis; readonly to: Millis; readonly awayMs: Millis };

/** What may be varied from the command line. */
export interface Variation {
  readonly peers: number | null;
  readonly fileBytes: number | null;
  /** Of every class. */
  readonly up: number | null;
  readonly down: number | null;
  readonly seedUp: number | null;
  /** What persons chose as caps, in every class. */
  readonly capUp: number | null;
  readonly capDown: number | null;
  readonly roundTripMs: Millis | null;
  readonly loss: number | null;
  readonly policies: Partial<Policies>;
  readonly uplinks: UplinkKind | null;
}

export const UNVARIED: Variation = {
  peers: null,
  fileBytes: null,
  up: null,
  down: null,
  seedUp: null,
  capUp: null,
  capDown: null,
  roundTripMs: null,
  loss: null,
  policies: {},
  uplinks: null,
};

/** The scenario with these changes. Where the seed is as the others, it stays so. */
export function vary(scenario: Scenario, variation: Variation): Scenario {
  const { up, down } = variation;
  const change = (rates: LineRates): LineRates => ({ up: up ?? rates.up, down: down ?? rates.down });
  const isSeedAlike = scenario.classes.every(({ rates }) => rates.up === scenario.seed.up);
  const seedUp = variation.seedUp ?? (isSeedAlike ? up : null) ?? scenario.seed.up;
  return {
    ...scenario,
    peers: variation.peers ?? scenario.peers,
    fileBytes: variation.fileBytes ?? scenario.fileBytes,
    classes: scenario.classes.map((each) => ({ ...each, rates: change(each.rates), ...capsOf(each, variation) })),
    seed: { up: seedUp, down: down ?? scenario.seed.down },
    roundTripMs: variation.roundTripMs ?? scenario.roundTripMs,
    loss: variation.loss ?? scenario.loss,
    policies: { ...scenario.policies, ...variation.policies },
    uplinks: variation.uplinks ?? scenario.uplinks,
  };
}

/** The caps of a class with these changes; nothing where there are none. */
function capsOf({ limits }: PeerClass, { capUp, capDown }: Variation): Pick<PeerClass, 'limits'> {
  if (capUp === null && capDown === null) return {};
  return { limits: { upload: capUp ?? limits?.upload ?? null, download: capDown ?? limits?.download ?? null } };
}

/** The same swarm without those who do harm; null when nobody does. */
export function honestPart(scenario: Scenario): Scenario | null {
  const classes = scenario.classes.filter(({ conduct }) => conduct === 'honest');
  if (classes.length === scenario.classes.length) return null;
  const peers = castOf(scenario).filter(({ conduct }) => conduct === 'honest').length;
  return { ...scenario, classes, peers };
}

/** The class of each peer, in the order they come: mixed, and as near to the weights as whole peers allow at every moment. */
export function castOf({ peers, classes }: Scenario): PeerClass[] {
  const total = classes.reduce((sum, { weight }) => sum + weight, 0);
  const cast: PeerClass[] = [];
  const counts = new Map<PeerClass, number>(classes.map((each) => [each, 0]));
  while (cast.length < peers) {
    const lag = (each: PeerClass): number => (each.weight / total) * (cast.length + 1) - (counts.get(each) ?? 0);
    const next = classes.reduce((best, each) => (lag(each) > lag(best) ? each : best));
    counts.set(next, (counts.get(next) ?? 0) + 1);
    cast.push(next);
  }
  return cast;
}

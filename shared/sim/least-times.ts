/** The least times there are for a swarm that was played, and how much of its uplinks could have been used by then. */
import type { Millis } from '../base/time.ts';
import { PIECE_BYTES } from '../wire/limits.ts';
import { type Bounds, bounds } from './metrics.ts';
import { lastPieceBound, pieceBound, type PieceBoundTerms } from './piece-bound.ts';
import { type Actor, gives, type Outcome } from './play.ts';
import { ROUND_TRIP_MS } from './world.ts';

/** The announce; the offer, passed on; the answer, passed on. */
const ROUND_TRIPS_TO_SERVER = 3;

/** The making of a data channel (measured in Chromium), half of one for the handshake, and one for the first request. */
const ROUND_TRIPS_TO_PEER = 3.5 + 0.5 + 1;

/** Who does not give adds nothing to the bound; and nobody is done before the last has come and fetched the file. */
export function boundsOf(outcome: Outcome, expected: readonly Actor[]): Bounds {
  const { clientServer, peerToPeer } = bounds(termsOf(outcome, expected));
  const soonest = Math.max(...expected.map((actor) => actor.joinedAt + fetchMs(outcome, actor)));
  return { clientServer: Math.max(clientServer, soonest), peerToPeer: Math.max(peerToPeer, soonest) };
}

/** Nobody could have been done earlier, since pieces are passed on whole, and links have to be made before. */
export function pieceBoundOf(outcome: Outcome, expected: readonly Actor[]): Millis {
  return startMs(outcome) + pieceBound(termsOf(outcome, expected));
}

/**
 * What could have been brought when 95 % were done, as a share of what all uplinks could have, 0 … 1. With an uplink no faster
 * than the others' the seed needs the whole time for one copy, so that 95 % are done no sooner than after that, and N + 1 uplinks
 * then have brought N copies at most: with 8 receivers no more than 8/9. Where some lines are slow, the others are idle once their
 * owners are done. NaN where peers come and go: then neither time nor capacity is known beforehand.
 */
export function possibleUtilisation(outcome: Outcome, expected: readonly Actor[]): number {
  const { scenario, actors, seed } = outcome;
  if (scenario.arrivalsPerSecond !== null || scenario.departures.kind !== 'nobody') return Number.NaN;
  const terms = termsOf(outcome, expected);
  const done = Math.ceil(0.95 * expected.length);
  const fetching = expected.map((actor) => fetchMs(outcome, actor)).toSorted((a, b) => a - b)[done - 1];
  const soonest = startMs(outcome) + Math.max(fetching, lastPieceBound(terms, done));
  const capacity = [seed, ...actors.filter(gives)].reduce((total, { host }) => total + host.rates.up, 0);
  return Math.min(1, (expected.length * scenario.fileBytes * 1000) / (capacity * soonest));
}

function termsOf({ scenario }: Outcome, expected: readonly Actor[]): PieceBoundTerms {
  return {
    fileBytes: scenario.fileBytes,
    seedUp: scenario.seed.up,
    peers: expected.map((actor) => ({ up: gives(actor) ? actor.host.rates.up : 0, down: actor.host.rates.down })),
    pieceBytes: PIECE_BYTES,
  };
}

/** What a peer's own line takes for the file. */
function fetchMs({ scenario }: Outcome, { host }: Actor): Millis {
  return (1000 * scenario.fileBytes) / host.rates.down;
}

function startMs({ scenario }: Outcome): Millis {
  return ROUND_TRIPS_TO_SERVER * ROUND_TRIP_MS + ROUND_TRIPS_TO_PEER * scenario.roundTripMs;
}

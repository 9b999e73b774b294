/**
 * The mechanisms that make a swarm fast and fair, and the manners in which each may work. Tabs always use the shipped ones; the
 * simulator switches them one by one, to see what each is worth (`npm run sim -- ablation`).
 */

type Switch = 'on' | 'off';

export interface Policies {
  /** Which piece is started next: the one that the fewest neighbours hold, any, or the first of the file that is missing. */
  readonly pieces: 'rarest' | 'random' | 'sequential';
  /** Whether the first few pieces are picked at random, whatever `pieces` says. */
  readonly randomFirst: Switch;
  /** Whether a started piece goes before a new one. */
  readonly finishStarted: Switch;
  /** Requests waiting at a neighbour: slow start, then bandwidth × delay; always a few; or one. */
  readonly pipelining: 'adaptive' | 'fixed' | 'one';
  /** Whether the last blocks are asked of two neighbours; uncancelled: whoever is slower is not told that its block is here. */
  readonly endgame: 'on' | 'uncancelled' | 'off';
  /** Whether a neighbour that leaves requests unanswered loses them to others, and its slot; forward: and may hold rare pieces. */
  readonly antiSnubbing: 'on' | 'forward' | 'off';
  /** Whom a leecher serves: those that give it most, any, or all that are interested. */
  readonly choking: 'best-givers' | 'random' | 'everybody';
  /** Whether one slot is given by luck; if not, it is one more for the best givers. */
  readonly optimistic: Switch;
  /** Whether a neighbour that only takes is served no more when it has used up its credit. */
  readonly credit: Switch;
  /** How many are served at once: as many as fill the uplink, or always five. */
  readonly uploadSlots: 'by-rate' | 'five';
  /** Whom a complete peer serves, and with what: each piece once before any twice, then all in turn; in turn from the start; the fastest. */
  readonly seeding: 'first-copies' | 'in-turn' | 'fastest-first';
  /** Whether who sent a bad piece is found out and banned; if not, the piece is only fetched again. */
  readonly blame: Switch;
  /** Whether a peer seeks some 50 links and accepts 100; some 30 and 60, as a tab does; or a few. */
  readonly neighbours: 'many' | 'tab' | 'few';
}

/** What tabs use: the first manner of each. */
export const SHIPPED: Policies = {
  pieces: 'rarest',
  randomFirst: 'on',
  finishStarted: 'on',
  pipelining: 'adaptive',
  endgame: 'on',
  antiSnubbing: 'on',
  choking: 'best-givers',
  optimistic: 'on',
  credit: 'on',
  uploadSlots: 'by-rate',
  seeding: 'first-copies',
  blame: 'on',
  neighbours: 'many',
};

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
  /** Whether no more pieces are open than memory should hold. */
  readonly openPieces: 'capped' | 'any';
  /** Requests waiting at a neighbour: slow start, then bandwidth × delay; always a few; or one. */
  readonly pipelining: 'adaptive' | 'fixed' | 'one';
  /** Whether the last blocks are asked of two neighbours; uncancelled: whoever is slower is not told that its block is here. */
  readonly endgame: 'on' | 'uncancelled' | 'off';
  /** Whether a neighbour that leaves requests unanswered loses them to others, and its slot; forward: and may hold rare pieces. */
  readonly antiSnubbing: 'on' | 'forward' | 'off';
  /** Whether blocks are passed on before their piece is whole. */
  readonly partials: Switch;
  /** Whom a leecher serves: those that give it most, any, or all that are interested. */
  readonly choking: 'best-givers' | 'random' | 'everybody';
  /** Whom a leecher serves before it can judge its neighbours: in turn, whoever has least; or as ever. */
  readonly firstRound: 'by-need' | 'by-giving';
  /** Whether a slot whose neighbour asks for nothing is lent to another. */
  readonly idleSlots: 'lent' | 'kept';
  /** Whether one slot is given by luck; if not, it is one more for the best givers. */
  readonly optimistic: Switch;
  /** Whether a neighbour that only takes is served no more when it has used up its credit. */
  readonly credit: Switch;
  /** How many are served at once: as many as fill the uplink, or always five. */
  readonly uploadSlots: 'by-rate' | 'five';
  /** Whom a complete peer serves, and with what: each piece once before any twice, then all in turn; in turn from the start; the fastest. */
  readonly seeding: 'first-copies' | 'in-turn' | 'fastest-first';
  /**
   * Whether who sent a bad piece is found out, by the digests of its blocks or by asking one neighbour alone, and banned; alone: only
   * so; off: the piece is fetched again, and that is all.
   */
  readonly blame: 'on' | 'alone' | 'off';
  /** Whether a peer seeks 30 links and takes 60, as a browser bears them; 50 and 100; or a few. */
  readonly neighbours: 'tab' | 'many' | 'few';
  /** Whether useless links give way to others. */
  readonly upkeep: Switch;
  /** Whether an offer for which there is no room is declined; if not, its maker waits in vain. */
  readonly declining: Switch;
  /** Which of two links between two peers stays: that of the lower id, or, as each of them would have it, its own. */
  readonly doubleLinks: 'lower-id' | 'own';
}

/** What tabs use: the first manner of each. */
export const SHIPPED: Policies = {
  pieces: 'rarest',
  randomFirst: 'on',
  finishStarted: 'on',
  openPieces: 'capped',
  pipelining: 'adaptive',
  endgame: 'on',
  antiSnubbing: 'on',
  partials: 'on',
  choking: 'best-givers',
  firstRound: 'by-need',
  idleSlots: 'lent',
  optimistic: 'on',
  credit: 'on',
  uploadSlots: 'by-rate',
  seeding: 'first-copies',
  blame: 'on',
  neighbours: 'tab',
  upkeep: 'on',
  declining: 'on',
  doubleLinks: 'lower-id',
};

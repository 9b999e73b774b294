/** The engine's switches on the command line: `--pieces random`, `--without endgame`. */
import type { Policies } from '../engine/policies.ts';

/** All manners of each mechanism, the shipped one first. */
const MANNERS = {
  pieces: ['rarest', 'random', 'sequential'],
  randomFirst: ['on', 'off'],
  finishStarted: ['on', 'off'],
  openPieces: ['capped', 'any'],
  pipelining: ['adaptive', 'fixed', 'one'],
  endgame: ['on', 'uncancelled', 'off'],
  antiSnubbing: ['on', 'forward', 'off'],
  partials: ['on', 'off'],
  choking: ['best-givers', 'random', 'everybody'],
  optimistic: ['on', 'off'],
  credit: ['on', 'off'],
  uploadSlots: ['by-rate', 'five'],
  seeding: ['first-copies', 'in-turn', 'fastest-first'],
  blame: ['on', 'alone', 'off'],
  neighbours: ['tab', 'many', 'few'],
  firstRound: ['by-need', 'by-giving'],
  idleSlots: ['lent', 'kept'],
  upkeep: ['on', 'off'],
  declining: ['on', 'off'],
  doubleLinks: ['lower-id', 'own'],
} as const satisfies { readonly [Name in keyof Policies]: readonly Policies[Name][] };

interface Switch {
  readonly policy: keyof Policies;
  /** As the command line has it. */
  readonly option: string;
  readonly manners: readonly string[];
}

export const SWITCHES: readonly Switch[] = (Object.keys(MANNERS) as (keyof Policies)[]).map((policy) => ({
  policy,
  option: policy.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
  manners: MANNERS[policy],
}));

/** Names of what may be switched off. */
const OFF = SWITCHES.filter(({ manners }) => manners.includes('off')).map(({ option }) => option);

/**
 * What is switched away from what ships, or a sentence on what is wrong. `manners`: what was written behind an option, by its
 * name. `without`: what is to be off.
 */
export function readSwitches(
  manners: ReadonlyMap<string, string>,
  without: readonly string[],
): Partial<Policies> | { readonly sentence: string } {
  const stranger = without.find((option) => !OFF.includes(option));
  if (stranger !== undefined) return { sentence: `--without takes ${listOf(OFF)}, not "${stranger}".` };
  const policies: Partial<Record<keyof Policies, string>> = {};
  for (const each of SWITCHES) {
    const manner = without.includes(each.option) ? 'off' : manners.get(each.option);
    if (manner === undefined) continue;
    if (!each.manners.includes(manner)) {
      return { sentence: `--${each.option} takes ${listOf(each.manners)}, not "${manner}".` };
    }
    policies[each.policy] = manner;
  }
  return policies as Partial<Policies>;
}

/** What differs from what ships, as on the command line: `--pieces random --endgame off`; empty when nothing does. */
export const switched = (policies: Partial<Policies>): string =>
  SWITCHES.filter(({ policy, manners }) => (policies[policy] ?? manners[0]) !== manners[0])
    .map(({ policy, option }) => `--${option} ${policies[policy]}`)
    .join(' ');

/** `a, b or c` */
export const listOf = (words: readonly string[]): string => `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

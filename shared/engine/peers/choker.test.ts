/** Whom to serve: the decision alone, from facts about neighbours. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { present } from '../../base/assert.ts';
import { seededRandom } from '../../base/random.ts';
import { minutes, seconds } from '../../base/time.ts';
import { SHIPPED } from '../policies.ts';
import type { LinkId } from '../swarm-io.ts';
import {
  CREDIT_BYTES,
  CREDIT_TIMES,
  FIRST_QUOTA_BYTES,
  isInDebt,
  OPTIMISTIC_MS,
  rechoke,
  REGULAR_SLOTS,
  SEED_QUOTA_BYTES,
  UPLOAD_SLOTS,
  UPLOAD_SLOTS_MAX,
  type ChokeCandidate,
  type ChokeRules,
} from './choker.ts';

const NOW = minutes(60);

/** An interested neighbour that is choked, has been here for an hour and gave us nothing. */
function neighbour(link: number, facts: Partial<ChokeCandidate> = {}): ChokeCandidate {
  return {
    link: link as LinkId,
    isInterested: true,
    isSnubbed: false,
    isInDebt: false,
    pieces: 0,
    isNearlyDone: false,
    givingRate: 0,
    isUnchoked: false,
    isIdle: false,
    since: 0,
    servedBytes: 0,
    connectedAt: 0,
    unspread: 0,
    ...facts,
  };
}

/** A leecher's round, with everything due. */
const ROUND: ChokeRules = {
  policies: SHIPPED,
  regularSlots: REGULAR_SLOTS,
  isFirstRound: false,
  isComplete: false,
  optimistic: null,
  isOptimisticDue: true,
  isRoundDue: true,
  quotaBytes: SEED_QUOTA_BYTES,
  now: NOW,
};

const BETWEEN_ROUNDS = { ...ROUND, isOptimisticDue: false, isRoundDue: false };

const SEED_ROUND = { ...ROUND, isComplete: true };

/** The links that are served: for what they give, then the lucky one. */
function served(candidates: readonly ChokeCandidate[], rules: ChokeRules, seed = 1): (number | null)[] {
  const { regular, optimistic } = rechoke(candidates, rules, seededRandom(seed));
  return [...[...regular].toSorted((a, b) => a - b), optimistic];
}

/** As many as there are regular slots, and three more. */
const CROWD = REGULAR_SLOTS + 3;

/** `size` neighbours that differ in what `facts` says of each. */
function crowdOf(size: number, facts: (link: number) => Partial<ChokeCandidate> = () => ({})): ChokeCandidate[] {
  return Array.from({ length: size }, (_, link) => neighbour(link, facts(link)));
}

/** Links `from` … `to` − 1. */
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

test('[C2] those that give most get the regular slots, one of the others is lucky', () => {
  const crowd = crowdOf(CROWD, (link) => ({ givingRate: (link * 11) % 13 }));
  const best = crowd.toSorted((a, b) => b.givingRate - a.givingRate).map(({ link }) => Number(link));
  const links = served(crowd, ROUND);
  expect(new Set(links.slice(0, -1))).toEqual(new Set(best.slice(0, REGULAR_SLOTS)));
  expect(best.slice(REGULAR_SLOTS)).toContain(links.at(-1));
});

test('switched to random, giving does not count, and nobody loses its slot between rounds', () => {
  const rules = { ...ROUND, policies: { ...SHIPPED, choking: 'random' } } as const;
  const crowd = crowdOf(CROWD, (link) => ({ givingRate: link }));
  const ever = new Set(range(0, 200).flatMap((seed) => served(crowd, rules, seed).slice(0, -1)));
  expect(ever.size).toBe(CROWD);
  const settled = crowdOf(CROWD, (link) => ({ isUnchoked: link < REGULAR_SLOTS }));
  expect(served(settled, { ...rules, isRoundDue: false }).slice(0, -1)).toEqual(range(0, REGULAR_SLOTS));
});

test('without luck, the best givers have all slots', () => {
  const rules = { ...ROUND, policies: { ...SHIPPED, optimistic: 'off' } } as const;
  const crowd = crowdOf(CROWD, (link) => ({ givingRate: CROWD - link }));
  expect(served(crowd, rules)).toEqual([...range(0, UPLOAD_SLOTS), null]);
});

test('with slots for all, all that are interested are served', () => {
  expect(new Set(served(crowdOf(40), { ...ROUND, regularSlots: Number.POSITIVE_INFINITY })).size).toBe(40 + 1);
});

test('a complete peer that serves the fastest first lets nobody wait for its turn', () => {
  const rules = { ...SEED_ROUND, policies: { ...SHIPPED, seeding: 'fastest-first' } } as const;
  const crowd = crowdOf(CROWD, (link) => ({ givingRate: CROWD - link, servedBytes: 10 * SEED_QUOTA_BYTES }));
  expect(served(crowd, rules).slice(0, -1)).toEqual(range(0, REGULAR_SLOTS));
});

test('[C1] only interested neighbours are served, whatever they give', () => {
  const crowd = [neighbour(0, { givingRate: 100, isInterested: false, isUnchoked: true }), neighbour(1)];
  expect(served(crowd, ROUND)).toEqual([1, null]);
  expect(served(crowd, SEED_ROUND)).toEqual([1, null]);
});

test('[C1] where there are slots enough, everybody interested is served', () => {
  expect(new Set(served(crowdOf(UPLOAD_SLOTS), ROUND))).toEqual(new Set(range(0, UPLOAD_SLOTS)));
});

test('[C2] of equal givers, those that are served already stay', () => {
  const crowd = crowdOf(CROWD, (link) => ({ isUnchoked: link >= 3, givingRate: 10 }));
  for (let seed = 0; seed < 20; seed += 1) {
    expect(served(crowd, ROUND, seed).slice(0, -1)).toEqual(range(3, CROWD));
  }
});

test('[C2] between rounds nobody loses a slot to a better giver', () => {
  const crowd = crowdOf(CROWD, (link) => ({ isUnchoked: link < REGULAR_SLOTS, givingRate: link }));
  expect(served(crowd, BETWEEN_ROUNDS).slice(0, -1)).toEqual(range(0, REGULAR_SLOTS));
});

test('[C9] in the first round slots go to those who have least, each of whom keeps its own until it had eight blocks', () => {
  const rules = { ...BETWEEN_ROUNDS, isFirstRound: true };
  const crowd = crowdOf(CROWD, (link) => ({ pieces: CROWD - link, givingRate: CROWD - link }));
  expect(served(crowd, rules).slice(0, -1)).toEqual(range(CROWD - REGULAR_SLOTS, CROWD));
  const crowdServed = (bytesOf: (link: number) => number): ChokeCandidate[] =>
    crowdOf(CROWD, (link) => ({
      pieces: CROWD - link,
      isUnchoked: link < REGULAR_SLOTS,
      servedBytes: bytesOf(link),
    }));
  expect(
    served(
      crowdServed(() => 0),
      rules,
    ).slice(0, -1),
  ).toEqual(range(0, REGULAR_SLOTS));
  const fed = crowdServed((link) => (link === 0 ? FIRST_QUOTA_BYTES : 0));
  expect(served(fed, rules).slice(0, -1)).toEqual([1, 2, 3, CROWD - 1]);
});

test('[C10] an idle slot is lent to one more, its owner stays; and there is a bound to it', () => {
  const crowd = crowdOf(CROWD, (link) => ({ givingRate: CROWD - link, isUnchoked: link < 2, isIdle: link < 2 }));
  expect(served(crowd, ROUND).slice(0, -1)).toEqual(range(0, REGULAR_SLOTS + 2));
  const kept = { ...ROUND, policies: { ...SHIPPED, idleSlots: 'kept' } } as const;
  expect(served(crowd, kept).slice(0, -1)).toEqual(range(0, REGULAR_SLOTS));
  const idlers = crowdOf(40, () => ({ isUnchoked: true, isIdle: true }));
  expect(new Set(served(idlers, ROUND)).size).toBe(UPLOAD_SLOTS_MAX);
});

test('[C6] between rounds an empty slot goes to the best of those who wait', () => {
  const taken = REGULAR_SLOTS - 1;
  const crowd = crowdOf(CROWD, (link) => ({ isUnchoked: link < taken, givingRate: link === taken + 2 ? 9 : 1 }));
  expect(served(crowd, BETWEEN_ROUNDS).slice(0, -1)).toEqual([...range(0, taken), taken + 2]);
});

test('[R5] who leaves our requests unanswered gets no regular slot, but may be lucky', () => {
  const crowd = [neighbour(0, { isSnubbed: true, isUnchoked: true, givingRate: 99 }), neighbour(1)];
  expect(served(crowd, ROUND)).toEqual([1, 0]);
});

/** The best givers have the regular slots, the next one is lucky, and two wait. */
const LUCKY = REGULAR_SLOTS as LinkId;
const settled = crowdOf(CROWD, (link) => ({ isUnchoked: link <= LUCKY, givingRate: link < LUCKY ? 10 : 0 }));

test('[C3] the lucky one stays until its time is over, and then another is drawn', () => {
  for (let seed = 0; seed < 20; seed += 1) {
    const stays = served(settled, { ...ROUND, optimistic: LUCKY, isOptimisticDue: false }, seed);
    expect(stays).toEqual(range(0, UPLOAD_SLOTS));
    expect([LUCKY + 1, LUCKY + 2]).toContain(served(settled, { ...ROUND, optimistic: LUCKY }, seed).at(-1));
  }
});

test('[C3] a lucky one that nobody could replace stays', () => {
  expect(served(settled.slice(0, UPLOAD_SLOTS), { ...ROUND, optimistic: LUCKY })).toEqual(range(0, UPLOAD_SLOTS));
});

test('[C3] a lucky one that gives more than a regular one takes over its slot when its luck ends', () => {
  const crowd = crowdOf(CROWD, (link) => ({ isUnchoked: link <= LUCKY, givingRate: link <= LUCKY ? link + 1 : 0 }));
  const links = served(crowd, { ...ROUND, optimistic: LUCKY });
  expect(links.slice(0, -1)).toEqual(range(1, UPLOAD_SLOTS));
  expect([0, LUCKY + 1, LUCKY + 2]).toContain(links.at(-1));
});

test('[C7] credit is eight blocks at first, and grows with what the neighbour gave', () => {
  expect([isInDebt(CREDIT_BYTES - 1, 0), isInDebt(CREDIT_BYTES, 0)]).toEqual([false, true]);
  expect([isInDebt(CREDIT_BYTES, 1), isInDebt(CREDIT_BYTES + CREDIT_TIMES, 1)]).toEqual([false, true]);
});

test('[C7] who is in debt gets no slot, not by luck either, while others wait; a complete peer asks for nothing', () => {
  const crowd = crowdOf(3, (link) => ({ isInDebt: link < 2, isUnchoked: link < 2, givingRate: 9 - link }));
  expect(served(crowd, ROUND)).toEqual([2, null]);
  expect(served(crowd, { ...BETWEEN_ROUNDS, optimistic: 1 as LinkId })).toEqual([2, null]);
  expect(served(crowd, SEED_ROUND)).toEqual([0, 1, 2, null]);
});

test('[C7] where only debtors wait, they are served', () => {
  const crowd = crowdOf(2, () => ({ isInDebt: true }));
  expect(served(crowd, ROUND)).toEqual([0, 1, null]);
});

/** Who was lucky in each of so many half minutes, when nobody ever gives: `connectedAt` of each, in milliseconds. */
function luckOf(connectedAt: readonly number[], turns: number): LinkId[] {
  const since = [...connectedAt];
  const lucky: LinkId[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const now = NOW + turn * OPTIMISTIC_MS;
    const last = lucky.at(-1);
    const waiting = connectedAt.map((at, link) =>
      neighbour(link, { connectedAt: at, since: since[link], isUnchoked: link === last }),
    );
    const { optimistic } = rechoke(
      waiting,
      { ...ROUND, regularSlots: 0, optimistic: last ?? null, now },
      seededRandom(turn),
    );
    if (last !== undefined) since[last] = now;
    lucky.push(present(optimistic, 'a lucky one'));
  }
  return lucky;
}

test('[C3] luck falls to whom has waited longest, so that everybody is lucky once before anybody is twice', () => {
  const crowd = range(0, 8).map(() => 0);
  const lucky = luckOf(crowd, 10 * crowd.length);
  for (let turn = 0; turn < lucky.length; turn += crowd.length) {
    expect(lucky.slice(turn, turn + crowd.length).toSorted((a, b) => a - b)).toEqual(range(0, crowd.length));
  }
});

test('[C3] those who have waited as many rounds of ten seconds are equals, and chance decides', () => {
  const crowd = crowdOf(CROWD, (link) => ({ since: link, givingRate: link < REGULAR_SLOTS ? 99 : 0 }));
  const ever = new Set(range(0, 50).map((seed) => served(crowd, ROUND, seed).at(-1)));
  expect(ever).toEqual(new Set(range(REGULAR_SLOTS, CROWD)));
});

test('[C3] of those who have waited as long, luck falls to whoever has least', () => {
  const crowd = crowdOf(CROWD, (link) => ({ givingRate: link < REGULAR_SLOTS ? 1 : 0, pieces: CROWD - link }));
  for (let seed = 0; seed < 20; seed += 1) expect(served(crowd, ROUND, seed).at(-1)).toBe(CROWD - 1);
});

test('[R5] luck falls last to who snubs us: without a regular slot ever, it has waited longest of all', () => {
  const crowd = [
    ...Array.from({ length: REGULAR_SLOTS }, (_, link) => neighbour(link, { givingRate: 9 })),
    neighbour(7, { isSnubbed: true, since: 0 }),
    neighbour(8, { since: NOW - seconds(1), pieces: 30 }),
  ];
  expect(rechoke(crowd, ROUND, seededRandom(1)).optimistic).toBe(8);
});

test('[C3] while a neighbour is new, its waiting counts three times', () => {
  const old = { since: NOW - seconds(100) };
  const isLucky = (waitedSeconds: number, connectedSeconds: number): boolean => {
    const newcomer = { since: NOW - seconds(waitedSeconds), connectedAt: NOW - seconds(connectedSeconds) };
    return served([neighbour(0, old), neighbour(1, newcomer)], { ...ROUND, regularSlots: 0 }).at(-1) === 1;
  };
  expect([isLucky(30, 170), isLucky(40, 170), isLucky(40, 190), isLucky(110, 190)]).toEqual([false, true, false, true]);
});

test('[C4] a complete peer serves the longest waiting, and nobody by luck', () => {
  const crowd = crowdOf(UPLOAD_SLOTS + 2, (link) => ({ since: seconds(100 - link) }));
  expect(served(crowd, SEED_ROUND)).toEqual([...range(2, UPLOAD_SLOTS + 2), null]);
});

test('[C4] who has not had its quota keeps its slot, however long others wait', () => {
  const crowd = crowdOf(UPLOAD_SLOTS + 2, (link) => ({
    isUnchoked: link < UPLOAD_SLOTS,
    servedBytes: SEED_QUOTA_BYTES - 1,
    since: link < UPLOAD_SLOTS ? NOW : 0,
  }));
  expect(served(crowd, SEED_ROUND)).toEqual([...range(0, UPLOAD_SLOTS), null]);
});

test('[C4] who had its quota makes room for the longest waiting', () => {
  const crowd = crowdOf(UPLOAD_SLOTS + 3, (link) => ({
    isUnchoked: link < UPLOAD_SLOTS,
    servedBytes: link < 2 ? SEED_QUOTA_BYTES : 0,
    since: link < UPLOAD_SLOTS ? NOW : seconds(100 - link),
  }));
  expect(served(crowd, SEED_ROUND)).toEqual([...range(2, UPLOAD_SLOTS), UPLOAD_SLOTS + 1, UPLOAD_SLOTS + 2, null]);
});

test('[C4] who had its quota stays when nobody waits', () => {
  const crowd = crowdOf(2, () => ({ isUnchoked: true, servedBytes: 2 * SEED_QUOTA_BYTES }));
  expect(served(crowd, SEED_ROUND)).toEqual([0, 1, null]);
});

const candidate = fc.record({
  isInterested: fc.boolean(),
  isSnubbed: fc.boolean(),
  isInDebt: fc.boolean(),
  pieces: fc.nat(5),
  isNearlyDone: fc.boolean(),
  givingRate: fc.nat(5),
  isUnchoked: fc.boolean(),
  since: fc.nat(10),
  servedBytes: fc.constantFrom(0, SEED_QUOTA_BYTES),
  connectedAt: fc.constantFrom(0, NOW),
  unspread: fc.nat(2),
});

const rules = fc.record({
  isComplete: fc.boolean(),
  optimistic: fc.option(fc.nat(30).map((link) => link as LinkId)),
  policies: fc.constant(SHIPPED),
  regularSlots: fc.constant(REGULAR_SLOTS),
  isOptimisticDue: fc.boolean(),
  isRoundDue: fc.boolean(),
  isFirstRound: fc.boolean(),
  quotaBytes: fc.constant(SEED_QUOTA_BYTES),
  now: fc.constant(NOW),
});

test('[C1] there are never more served than slots, none that is not interested, and no slot is left empty', () => {
  fc.assert(
    fc.property(fc.array(candidate, { maxLength: 30 }), rules, fc.nat(), (facts, due, seed) => {
      const crowd = facts.map((fact, link) => neighbour(link, fact));
      const { regular, optimistic } = rechoke(crowd, due, seededRandom(seed));
      const all = new Set([...regular, ...(optimistic === null ? [] : [optimistic])]);
      expect(all.size).toBe(regular.size + (optimistic === null ? 0 : 1));
      expect(regular.size).toBeLessThanOrEqual(due.isComplete ? UPLOAD_SLOTS : REGULAR_SLOTS);
      for (const link of all) expect(crowd[link].isInterested).toBe(true);
      const isOwed = ({ isInDebt }: ChokeCandidate): boolean => isInDebt && !due.isComplete;
      const waiting = crowd.filter(
        (each) => each.isInterested && !each.isSnubbed && !isOwed(each) && !all.has(each.link),
      );
      expect(waiting.length === 0 || all.size === UPLOAD_SLOTS).toBe(true);
    }),
    { seed: 10, numRuns: 1000 },
  );
});

test('[C3] luck falls to those first who lack next to nothing', () => {
  const crowd = Array.from({ length: CROWD }, (_, link) => neighbour(link, { givingRate: link < 4 ? 1 : 0 }));
  const nearlyDone = neighbour(99, { isNearlyDone: true });
  for (let seed = 1; seed <= 20; seed += 1) expect(served([...crowd, nearlyDone], ROUND, seed).at(-1)).toBe(99);
});

test('[C4] a complete peer serves those next who lack next to nothing, then who has waited longest', () => {
  const waiting = Array.from({ length: UPLOAD_SLOTS }, (_, link) => neighbour(link, { since: link }));
  const nearlyDone = neighbour(99, { isNearlyDone: true, since: NOW });
  expect(served([...waiting, nearlyDone], SEED_ROUND)).toEqual([0, 1, 2, 3, 99, null]);
});

/**
 * Whom to serve (Cohen 2003; BEP 3 "choking"; Kurose & Ross 2.5 "tit-for-tat"; Legout 2006). Pure: facts about the neighbours
 * in, decision out.
 *
 * While we download, the four neighbours that give us most are served, and one more whatever it gives, the longest waiting, so that
 * newcomers get a start and better partners are found ("optimistic", the lucky one). When we are complete nobody gives: then the one that has waited longest is next, and keeps its slot
 * until it has had its share.
 */
import { type Random } from '../../base/random.ts';
import { minutes, seconds, type Millis } from '../../base/time.ts';
import type { Policies } from '../policies.ts';
import type { LinkId } from '../swarm-io.ts';

/** Neighbours served for what they give (Kurose & Ross: "top four"). */
export const REGULAR_SLOTS = 4;

/** Neighbours served by luck. */
export const OPTIMISTIC_SLOTS = 1;

/** So many are served at once, and more while these do not fill the uplink (`upload-slots`). */
export const UPLOAD_SLOTS = REGULAR_SLOTS + OPTIMISTIC_SLOTS;

/** Time between two judgements of the givers. */
export const ROUND_MS = seconds(10);

/** Time for which the lucky one stays. */
export const OPTIMISTIC_MS = seconds(30);

/** Over how long giving is measured. */
export const GIVING_WINDOW_MS = seconds(20);

/** Before this long after our first block nobody has shown yet how much it gives: one round. */
export const FIRST_ROUND_MS = ROUND_MS;

/** In the first round, whoever has got so much makes room for the next: half a piece of ours, or eight blocks. */
export const FIRST_QUOTA_BYTES = 8 * 16 * 1024;

/** No more neighbours than this are ever served at once, those with idle slots included. The one place where their number is bounded. */
export const UPLOAD_SLOTS_MAX = 20;

/** A newcomer for this long, when the lucky one is chosen … */
const NEWCOMER_MS = minutes(3);

/** … and its waiting counts so many times (BEP 3: "three times as likely"). */
const NEWCOMER_TIMES = 3;

/** A complete peer gives one neighbour this much before the next is due (libtorrent `seeding_piece_quota` 20, 256 KiB each). */
export const SEED_QUOTA_BYTES = 20 * 256 * 1024;

/** What a neighbour that has pieces we lack may take before it gives anything: eight blocks … */
export const CREDIT_BYTES = 8 * 16 * 1024;

/** … and how much more for each byte that it gave. Even between honest peers, giving and taking are far from equal for a while. */
export const CREDIT_TIMES = 8;

/** What the choker knows about a neighbour. */
export interface ChokeCandidate {
  readonly link: LinkId;
  readonly isInterested: boolean;
  /** It leaves our requests unanswered: nothing but luck serves it. */
  readonly isSnubbed: boolean;
  /** How many pieces it has, begun ones by half: among equal givers, the neediest is served. */
  readonly pieces: number;
  /** It lacks so little that it will want no slot any more in a moment: it is next where nobody earns one. */
  readonly isNearlyDone: boolean;
  /** Bytes per second it gave us over the last 20 s; that it took, where a complete peer serves the fastest first. */
  readonly givingRate: number;
  readonly isUnchoked: boolean;
  /** It is served, and nothing is under way to it: it has not asked yet, or got all it asked for. */
  readonly isIdle: boolean;
  /** Since when it is served, or waits to be. */
  readonly since: Millis;
  /** Bytes it got since it was last unchoked. */
  readonly servedBytes: number;
  /** It took much and gave little, although it could: see `isInDebt`. */
  readonly isInDebt: boolean;
  readonly connectedAt: Millis;
  /** Pieces that it alone has, and got from us (see `first-copies`). */
  readonly unspread: number;
}

/** Who is to be served: nobody else is. */
export interface ChokeDecision {
  readonly regular: ReadonlySet<LinkId>;
  readonly optimistic: LinkId | null;
}

export interface ChokeRules {
  readonly policies: Pick<Policies, 'choking' | 'optimistic' | 'seeding' | 'idleSlots'>;
  /** Slots besides the lucky one's. */
  readonly regularSlots: number;
  /** Whether it is too early to judge who gives. */
  readonly isFirstRound: boolean;
  /** Whether we have everything ourselves. */
  readonly isComplete: boolean;
  /** The lucky one now; null when there is none. */
  readonly optimistic: LinkId | null;
  /** Whether its time is over. */
  readonly isOptimisticDue: boolean;
  /** Whether givers are judged anew; otherwise those served stay and only empty slots are filled. */
  readonly isRoundDue: boolean;
  /** What a complete peer gives one neighbour before the next is due. */
  readonly quotaBytes: number;
  readonly now: Millis;
}

/** The neighbours to serve from now on. Only interested ones, and never more than there are slots. */
export function rechoke(candidates: readonly ChokeCandidate[], rules: ChokeRules, random: Random): ChokeDecision {
  const all = candidates.filter((candidate) => candidate.isInterested);
  const { policies } = rules;
  const isInTurn = rules.isComplete && policies.seeding !== 'fastest-first';
  if (isInTurn) return { regular: serveInTurn(all, rules, random), optimistic: null };

  const solvent = rules.isComplete ? all : all.filter((candidate) => !candidate.isInDebt);
  const interested = solvent.length > 0 ? solvent : all;
  if (policies.optimistic === 'off') {
    return { regular: serveGivers(interested, rules, random), optimistic: null };
  }

  const lucky = interested.find((candidate) => candidate.link === rules.optimistic);
  const staysLucky = lucky !== undefined && !rules.isOptimisticDue;
  const regular = serveGivers(
    staysLucky ? interested.filter((candidate) => candidate !== lucky) : interested,
    rules,
    random,
  );
  if (staysLucky) return { regular, optimistic: lucky.link };

  const unlucky = interested.filter((candidate) => !regular.has(candidate.link));
  const fresh = unlucky.filter((candidate) => candidate !== lucky);
  if (fresh.length > 0) return { regular, optimistic: longestWaiting(fresh, rules.now, random) };
  return { regular, optimistic: unlucky[0]?.link ?? null };
}

/**
 * Whether a neighbour that took so much while it had pieces that we lack, and gave so much, has used up its credit. Luck and vacant
 * slots alone would feed a free rider as well as a giver: it is interested all the time, while givers come and go.
 */
export function isInDebt(takenBytes: number, givenBytes: number): boolean {
  return takenBytes >= CREDIT_BYTES + CREDIT_TIMES * givenBytes;
}

/** The best givers, or in the first round the neediest; those already served win ties, and between rounds keep their slots. */
function serveGivers(others: readonly ChokeCandidate[], rules: ChokeRules, random: Random): Set<LinkId> {
  const ranked = ranking(
    others.filter((candidate) => !candidate.isSnubbed),
    random,
    (a, b) => {
      if (rules.isFirstRound) return compareNeed(a, b);
      if (!rules.isRoundDue && a.isUnchoked !== b.isUnchoked) return a.isUnchoked ? -1 : 1;
      if (rules.policies.choking !== 'best-givers') return 0;
      return b.givingRate - a.givingRate || Number(b.isUnchoked) - Number(a.isUnchoked) || a.pieces - b.pieces;
    },
  );
  const slots = rules.policies.optimistic === 'on' ? rules.regularSlots : rules.regularSlots + OPTIMISTIC_SLOTS;
  return rules.policies.idleSlots === 'kept' ? new Set(ranked.slice(0, slots)) : lend(ranked, others, slots);
}

/**
 * The first of them, and for each idle slot one more: whoever has asked for nothing keeps its own, and asks again without a round trip.
 * Where a piece goes from hand to hand, most neighbours have nothing to ask for most of the time.
 */
function lend(ranked: readonly LinkId[], others: readonly ChokeCandidate[], slots: number): Set<LinkId> {
  const idle = new Set(others.filter(({ isIdle }) => isIdle).map(({ link }) => link));
  const served = new Set<LinkId>();
  let busy = 0;
  for (const link of ranked) {
    if (busy >= slots || served.size >= Math.max(slots, UPLOAD_SLOTS_MAX - OPTIMISTIC_SLOTS)) break;
    served.add(link);
    if (!idle.has(link)) busy += 1;
  }
  return served;
}

/** Who is being served has its share; then whoever has least is next. Nobody has anything to give yet, and each that gets something has. */
function compareNeed(a: ChokeCandidate, b: ChokeCandidate): number {
  const hasShare = ({ isUnchoked, servedBytes }: ChokeCandidate): boolean =>
    isUnchoked && servedBytes < FIRST_QUOTA_BYTES;
  if (hasShare(a) || hasShare(b)) return Number(hasShare(b)) - Number(hasShare(a));
  return a.pieces - b.pieces || Number(a.isUnchoked) - Number(b.isUnchoked);
}

/** A complete peer's rule: who has a slot keeps it until it had its quota; then the longest waiting is next. */
function serveInTurn(interested: readonly ChokeCandidate[], rules: ChokeRules, random: Random): Set<LinkId> {
  const keepsSlot = (candidate: ChokeCandidate): boolean =>
    candidate.isUnchoked && candidate.servedBytes < rules.quotaBytes;
  const ranked = ranking(interested, random, (a, b) => {
    if (keepsSlot(a) !== keepsSlot(b)) return keepsSlot(a) ? -1 : 1;
    if (a.isUnchoked !== b.isUnchoked) return a.isUnchoked ? 1 : -1;
    return Number(b.isNearlyDone) - Number(a.isNearlyDone) || a.unspread - b.unspread || a.since - b.since;
  });
  return new Set(ranked.slice(0, rules.regularSlots + OPTIMISTIC_SLOTS));
}

/**
 * The one that has waited longest, so that everybody's turn comes (libtorrent `recalculate_optimistic_unchoke_slots`). Waiting counts
 * in whole rounds, and of equals the neediest is next: whoever has little gives little and gets little from then on. Who snubs us comes last,
 * since whoever never has a regular slot has waited longest of all. Chance decides the
 * rest: otherwise all that hold a first piece would serve those few who asked first.
 */
function longestWaiting(unlucky: readonly ChokeCandidate[], now: Millis, random: Random): LinkId {
  const rounds = ({ since, connectedAt }: ChokeCandidate): number =>
    Math.floor((now - since) / ROUND_MS) * (now - connectedAt < NEWCOMER_MS ? NEWCOMER_TIMES : 1);
  const [first] = ranking(
    unlucky,
    random,
    (a, b) =>
      Number(a.isSnubbed) - Number(b.isSnubbed) ||
      Number(b.isNearlyDone) - Number(a.isNearlyDone) ||
      rounds(b) - rounds(a) ||
      a.pieces - b.pieces,
  );
  return first;
}

/** The links in the order of `compare`, equals by chance. */
function ranking(
  candidates: readonly ChokeCandidate[],
  random: Random,
  compare: (a: ChokeCandidate, b: ChokeCandidate) => number,
): LinkId[] {
  return candidates
    .map((candidate) => ({ candidate, lot: random.uint32() }))
    .sort((a, b) => compare(a.candidate, b.candidate) || a.lot - b.lot)
    .map(({ candidate }) => candidate.link);
}

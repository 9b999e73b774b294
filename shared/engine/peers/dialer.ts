/**
 * Whom to call, whose call to take, and how long to wait after a failure. Pure decisions and a small memory of failures.
 *
 * The neighbours are a random set that the server names (Kurose & Ross 2.5). That a peer seeks about half of what it
 * accepts is as in the client of 2003 (30 of 55: wiki.theory.org/BitTorrentSpecification); declining, and which of two links stays,
 * are ours.
 */
import { NEVER, seconds, type Millis } from '../../base/time.ts';
import type { PeerId } from '../../wire/ids.ts';
import type { Policies } from '../policies.ts';
import type { LinkId } from '../swarm-io.ts';

/**
 * Most links of a tab at once, in the making included: with its 500 connections in a process, those closed but not collected
 * included, Chromium is no place for more.
 */
export const LINKS_MAX = 60;

/** Where neighbours are many: what a program of its own could have. */
const LINKS_MANY_MAX = 100;

/** Where neighbours are few, no more links than this are taken, and half of them sought. */
const LINKS_FEW_MAX = 10;

/** An attempt that takes longer has failed. */
export const DIAL_TIMEOUT_MS = seconds(30);

/** First wait before the same peer is called again; doubles with each failure. */
const CALL_AGAIN_FIRST_MS = seconds(5);

const CALL_AGAIN_MAX_MS = seconds(300);

/** Peers whose failures are remembered. */
const MEMORY_MAX = 1000;

/** A link in the making. */
export interface Attempt {
  readonly link: LinkId;
  readonly peer: PeerId;
  readonly isOurs: boolean;
  readonly startedAt: Millis;
}

export class Dialer {
  readonly #attempts = new Map<LinkId, Attempt>();
  readonly #failures = new Map<PeerId, { count: number; againAt: Millis }>();

  get attempts(): number {
    return this.#attempts.size;
  }

  begin(attempt: Attempt): void {
    this.#attempts.set(attempt.link, attempt);
  }

  /** The attempt ended well or badly; null when it had ended before. */
  end(link: LinkId): Attempt | null {
    const attempt = this.#attempts.get(link) ?? null;
    this.#attempts.delete(link);
    return attempt;
  }

  /** The attempt at this peer, if one is going on. */
  attemptAt(peer: PeerId): Attempt | null {
    for (const attempt of this.#attempts.values()) if (attempt.peer === peer) return attempt;
    return null;
  }

  failed(peer: PeerId, now: Millis): void {
    const count = (this.#failures.get(peer)?.count ?? 0) + 1;
    const wait = Math.min(CALL_AGAIN_MAX_MS, CALL_AGAIN_FIRST_MS * 2 ** (count - 1));
    this.#failures.delete(peer);
    this.#failures.set(peer, { count, againAt: now + wait });
    if (this.#failures.size > MEMORY_MAX) this.#failures.delete(this.#failures.keys().next().value as PeerId);
  }

  succeeded(peer: PeerId): void {
    this.#failures.delete(peer);
  }

  mayCall(peer: PeerId, now: Millis): boolean {
    return now >= this.#callAt(peer);
  }

  /** When the first of these may be called; NEVER when there are none. */
  firstCallAt(peers: readonly PeerId[]): Millis {
    return Math.min(NEVER, ...peers.map((peer) => this.#callAt(peer)));
  }

  #callAt(peer: PeerId): Millis {
    return this.#failures.get(peer)?.againAt ?? 0;
  }

  /** Attempts that take too long. */
  overdue(now: Millis): Attempt[] {
    return [...this.#attempts.values()].filter((attempt) => now - attempt.startedAt >= DIAL_TIMEOUT_MS);
  }

  /** We slept: the attempts that are going on begin anew. */
  restart(now: Millis): void {
    for (const attempt of this.all()) this.#attempts.set(attempt.link, { ...attempt, startedAt: now });
  }

  all(): Attempt[] {
    return [...this.#attempts.values()];
  }
}

/** Most links at once. */
export function linksMax(policies: Policies): number {
  return { tab: LINKS_MAX, many: LINKS_MANY_MAX, few: LINKS_FEW_MAX }[policies.neighbours];
}

/**
 * So many links we seek ourselves (Kurose & Ross 2.5 has "approximately 50"); about as many come from those who are named us. The other
 * names are for when somebody declines. If everybody sought as many as it may have, those who come last would find nobody with room:
 * 45 instead of 30 of 60 cost 200 receivers a tenth.
 */
export function linksSought(policies: Policies): number {
  return linksMax(policies) / 2;
}

/** How many of the named neighbours to call when `links` are open or in the making. */
export function callsToMake(links: number, policies: Policies): number {
  return Math.max(0, linksSought(policies) - links);
}

/**
 * Of two links between the same two peers, whether to keep the one that `isOurs` (we dialled it). Both ends compute the same:
 * the one whose initiator has the lower id stays.
 */
export function keepsLink(isOurs: boolean, self: PeerId, other: PeerId, policies: Policies): boolean {
  return policies.doubleLinks === 'own' ? isOurs : isOurs === self < other;
}

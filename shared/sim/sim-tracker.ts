/**
 * A signal server in memory, for simulated peers: neighbours by name, offers and answers passed on, and outages by script. It
 * keeps the protocol's promises in the least code; the real server's rules have their own tests.
 */
import { type Random, randomSample } from '../base/random.ts';
import type { Millis } from '../base/time.ts';
import type { SignalFact } from '../driver/ports.ts';
import type { InfoHash, PeerId } from '../wire/ids.ts';
import { ANNOUNCE_INTERVAL_MS, NEIGHBOURS_PER_ANNOUNCE_MAX } from '../wire/limits.ts';
import type { ClientMessage, ServerMessage } from '../wire/signal-message.ts';
import { NO_ROOM } from '../wire/signal-session.ts';
import type { EventQueue } from './event-queue.ts';
import type { Place } from './place-queue.ts';
import { SimSignalLink } from './sim-signal-link.ts';

type Announce = Extract<ClientMessage, { kind: 'announce' }>;
type Directed = Extract<ClientMessage, { kind: 'offer' | 'answer' }>;

interface Member {
  readonly link: SimSignalLink;
  readonly isComplete: boolean;
  readonly heardAt: Millis;
}

/** A peer that did not announce for so many intervals has gone. */
const INTERVALS_UNTIL_GONE = 2;

export class SimTracker {
  readonly #queue: EventQueue;
  readonly #random: Random;
  readonly #roundTripMs: Millis;
  readonly #members = new Map<PeerId, Member>();
  readonly #links = new Set<SimSignalLink>();
  #downloaded = 0;
  #announces = 0;
  #isUp = true;

  constructor(queue: EventQueue, random: Random, roundTripMs: Millis) {
    this.#queue = queue;
    this.#random = random;
    this.#roundTripMs = roundTripMs;
  }

  /** Announces that were answered. */
  get announces(): number {
    return this.#announces;
  }

  /** Who is known, in the order they came. */
  get members(): readonly PeerId[] {
    return [...this.#members.keys()];
  }

  /** The way to the server of a peer at `place`. */
  link(report: (fact: SignalFact) => void, place: Place): SimSignalLink {
    const link = new SimSignalLink({
      queue: this.#queue,
      place,
      oneWayMs: this.#roundTripMs / 2,
      report,
      isUp: () => this.#isUp,
      onOpen: () => this.#links.add(link),
      onMessage: (message) => this.#handle(link, message),
      onEnd: () => this.#leave(link),
    });
    return link;
  }

  /** The server dies, with all it knew; sockets end. */
  goDown(): void {
    this.#isUp = false;
    for (const link of this.#links) link.drop('The server is gone.');
    this.#links.clear();
    this.#members.clear();
  }

  goUp(): void {
    this.#isUp = true;
  }

  #handle(link: SimSignalLink, message: ClientMessage): void {
    if (!this.#links.has(link)) return;
    switch (message.kind) {
      case 'announce':
        link.deliver(this.#announce(link, message));
        return;
      case 'offer':
      case 'answer':
        this.#relay(link, message);
        return;
      case 'decline': {
        const offerer = this.#members.get(message.toPeerId)?.link;
        offerer?.deliver({ ...refusal(message.infoHash, NO_ROOM), offerId: message.offerId });
        return;
      }
      case 'scrape': {
        const counts = { ...this.#counts(), downloaded: this.#downloaded };
        link.deliver({ kind: 'scraped', files: new Map(message.infoHashes.map((hash) => [hash, counts])) });
      }
    }
  }

  #announce(link: SimSignalLink, message: Announce): ServerMessage {
    const { infoHash, peerId, event, left, neighboursWanted } = message;
    this.#announces += 1;
    this.#expire();
    if (event === 'completed') this.#downloaded += 1;
    if (event === 'stopped') this.#members.delete(peerId);
    else this.#members.set(peerId, { link, isComplete: left === 0, heardAt: this.#queue.now() });
    const neighbours = neighboursWanted === null ? null : this.#sample(message, neighboursWanted);
    const intervalSeconds = ANNOUNCE_INTERVAL_MS / 1000;
    return { kind: 'announced', infoHash, intervalSeconds, ...this.#counts(), neighbours, trackerId: null };
  }

  /** Uniformly random others; a seed has no use for seeds. */
  #sample({ peerId, left }: Announce, wanted: number): PeerId[] {
    const others: PeerId[] = [];
    for (const [other, { isComplete }] of this.#members) {
      if (other !== peerId && !(left === 0 && isComplete)) others.push(other);
    }
    return randomSample(this.#random, others, Math.min(wanted, NEIGHBOURS_PER_ANNOUNCE_MAX));
  }

  #relay(link: SimSignalLink, { kind, infoHash, peerId, toPeerId, offerId, sdp }: Directed): void {
    const receiver = this.#members.get(toPeerId);
    if (receiver !== undefined) receiver.link.deliver({ kind, infoHash, peerId, offerId, sdp });
    else if (kind === 'offer')
      link.deliver({ ...refusal(infoHash, 'This peer is not in the swarm any more.'), offerId });
  }

  #counts(): { readonly complete: number; readonly incomplete: number } {
    let complete = 0;
    for (const { isComplete } of this.#members.values()) if (isComplete) complete += 1;
    return { complete, incomplete: this.#members.size - complete };
  }

  #expire(): void {
    const before = this.#queue.now() - INTERVALS_UNTIL_GONE * ANNOUNCE_INTERVAL_MS;
    for (const [peerId, { heardAt }] of this.#members) if (heardAt < before) this.#members.delete(peerId);
  }

  #leave(link: SimSignalLink): void {
    this.#links.delete(link);
    for (const [peerId, member] of this.#members) if (member.link === link) this.#members.delete(peerId);
  }
}

const refusal = (infoHash: InfoHash, reason: string): Extract<ServerMessage, { kind: 'refused' }> => ({
  kind: 'refused',
  action: 'announce',
  infoHash,
  reason,
  offerId: null,
});

/** What the tracker knows of one socket: which peers it speaks for, and how much more it may do. */
import type { Millis } from '../shared/base/time.ts';
import type { InfoHash, PeerId } from '../shared/wire/ids.ts';
import type { ClientMessage, ServerMessage } from '../shared/wire/signal-message.ts';
import type { TrackerLimits } from './limits.ts';
import { RateLimit } from './rate-limit.ts';
import type { SocketId } from './relay.ts';

type Announce = Extract<ClientMessage, { kind: 'announce' }>;

/** A peer in a swarm, for which a socket speaks. */
export interface Membership {
  readonly infoHash: InfoHash;
  readonly peerId: PeerId;
}

export interface SessionParts {
  readonly socket: SocketId;
  /** The secret of every peer that this socket is the first to announce. */
  readonly trackerId: string;
  /** Writes to the socket. */
  readonly send: (message: ServerMessage) => void;
}

/** What is kept of a peer's latest announce. */
interface Announced extends Membership {
  at: Millis;
  asksForNeighbours: boolean;
}

export class Session {
  readonly socket: SocketId;
  readonly trackerId: string;
  readonly send: (message: ServerMessage) => void;
  readonly announces: RateLimit;
  readonly #limits: TrackerLimits;
  /** The peers that it announced. Bounded by `swarmsPerSocketMax`, and mostly one: a list is found through sooner than a map. */
  #announced: Announced[] = [];
  #relays: RateLimit | null = null;

  constructor(parts: SessionParts, limits: TrackerLimits, now: Millis) {
    this.socket = parts.socket;
    this.trackerId = parts.trackerId;
    this.send = parts.send;
    this.announces = new RateLimit(limits.announces, now);
    this.#limits = limits;
  }

  /** How many offers may still be relayed for it. */
  relays(now: Millis): RateLimit {
    this.#relays ??= new RateLimit(this.#limits.relays, now);
    return this.#relays;
  }

  /** Whether this peer was announced here, and not too long ago. */
  speaksFor(membership: Membership, now: Millis): boolean {
    const announced = this.#find(membership);
    return announced !== undefined && this.#isFresh(announced, now);
  }

  /** Whether this peer's client asks for neighbours by name; stock clients do not, and do not know what else is ours. */
  asksForNeighbours(membership: Membership): boolean {
    return this.#find(membership)?.asksForNeighbours ?? false;
  }

  /** Whether this peer may be announced here: it is already, or the socket is not in too many swarms. */
  hasRoomFor(membership: Membership, now: Millis): boolean {
    if (this.speaksFor(membership, now)) return true;
    if (this.#announced.length >= this.#limits.swarmsPerSocketMax) this.#dropSilent(now);
    return this.#announced.length < this.#limits.swarmsPerSocketMax;
  }

  remember({ infoHash, peerId, neighboursWanted }: Announce, now: Millis): void {
    const asksForNeighbours = neighboursWanted !== null;
    const announced = this.#find({ infoHash, peerId });
    if (announced === undefined) this.#announced.push({ infoHash, peerId, at: now, asksForNeighbours });
    else Object.assign(announced, { at: now, asksForNeighbours });
  }

  forget(membership: Membership): void {
    const announced = this.#find(membership);
    this.#announced = this.#announced.filter((other) => other !== announced);
  }

  memberships(): readonly Membership[] {
    return this.#announced;
  }

  #find({ infoHash, peerId }: Membership): Announced | undefined {
    return this.#announced.find((announced) => announced.infoHash === infoHash && announced.peerId === peerId);
  }

  #isFresh({ at }: Announced, now: Millis): boolean {
    return now - at <= this.#limits.peerLifetimeMs;
  }

  #dropSilent(now: Millis): void {
    this.#announced = this.#announced.filter((announced) => this.#isFresh(announced, now));
  }
}

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
  readonly at: Millis;
  readonly asksForNeighbours: boolean;
}

export class Session {
  readonly socket: SocketId;
  readonly trackerId: string;
  readonly send: (message: ServerMessage) => void;
  readonly announces: RateLimit;
  readonly relays: RateLimit;
  readonly #limits: TrackerLimits;
  /** The peers that it announced. Bounded by `swarmsPerSocketMax`. */
  readonly #announced = new Map<string, Announced>();

  constructor(parts: SessionParts, limits: TrackerLimits, now: Millis) {
    this.socket = parts.socket;
    this.trackerId = parts.trackerId;
    this.send = parts.send;
    this.announces = new RateLimit(limits.announces, now);
    this.relays = new RateLimit(limits.relays, now);
    this.#limits = limits;
  }

  /** Whether this peer was announced here, and not too long ago. */
  speaksFor({ infoHash, peerId }: Membership, now: Millis): boolean {
    const membership = this.#announced.get(infoHash + peerId);
    return membership !== undefined && now - membership.at <= this.#limits.peerLifetimeMs;
  }

  /** Whether this peer's client asks for neighbours by name; stock clients do not, and do not know what else is ours. */
  asksForNeighbours({ infoHash, peerId }: Membership): boolean {
    return this.#announced.get(infoHash + peerId)?.asksForNeighbours ?? false;
  }

  /** Whether this peer may be announced here: it is already, or the socket is not in too many swarms. */
  hasRoomFor(membership: Membership, now: Millis): boolean {
    if (this.speaksFor(membership, now)) return true;
    if (this.#announced.size >= this.#limits.swarmsPerSocketMax) this.#dropSilent(now);
    return this.#announced.size < this.#limits.swarmsPerSocketMax;
  }

  remember({ infoHash, peerId, neighboursWanted }: Announce, now: Millis): void {
    this.#announced.set(infoHash + peerId, { infoHash, peerId, at: now, asksForNeighbours: neighboursWanted !== null });
  }

  forget({ infoHash, peerId }: Membership): void {
    this.#announced.delete(infoHash + peerId);
  }

  memberships(): readonly Membership[] {
    return [...this.#announced.values()];
  }

  #dropSilent(now: Millis): void {
    for (const membership of this.#announced.values()) {
      if (!this.speaksFor(membership, now)) this.forget(membership);
    }
  }
}

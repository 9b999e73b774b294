/**
 * Who answers for a piece that failed its digest (libtorrent's trust points and parole).
 *
 * A peer that alone sent a bad piece is banned. Where several took part, each becomes a suspect: from then on it is asked for
 * whole pieces only, so that the next bad piece has one sender. A good piece of its own clears a suspect.
 */
import type { PeerId, PieceIndex } from '../../wire/ids.ts';

export class Blame {
  readonly #suspects = new Set<PeerId>();
  readonly #banned = new Set<PeerId>();
  /** Senders of the last failed attempt at a piece, asked for it again only when they have no other. */
  readonly #failed = new Map<PieceIndex, ReadonlySet<PeerId>>();

  isBanned(peer: PeerId): boolean {
    return this.#banned.has(peer);
  }

  /** Whether this peer must send whole pieces alone. */
  isSuspect(peer: PeerId): boolean {
    return this.#suspects.has(peer);
  }

  /** Whether this peer took part when the piece last failed. */
  wasIn(piece: PieceIndex, peer: PeerId): boolean {
    return this.#failed.get(piece)?.has(peer) ?? false;
  }

  hasFailed(piece: PieceIndex): boolean {
    return this.#failed.has(piece);
  }

  /** The piece failed: the peers that are banned for it. */
  failed(piece: PieceIndex, senders: ReadonlySet<PeerId>): PeerId[] {
    this.#failed.set(piece, senders);
    if (senders.size > 1) {
      for (const sender of senders) this.#suspects.add(sender);
      return [];
    }
    for (const sender of senders) this.ban(sender);
    return [...senders];
  }

  /** The piece passed. */
  passed(piece: PieceIndex, senders: ReadonlySet<PeerId>): void {
    this.#failed.delete(piece);
    if (senders.size === 1) for (const sender of senders) this.#suspects.delete(sender);
  }

  ban(peer: PeerId): void {
    this.#banned.add(peer);
    this.#suspects.delete(peer);
  }
}

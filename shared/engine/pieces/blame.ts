/**
 * Who answers for a piece that failed its digest (libtorrent `smart_ban`).
 *
 * A peer that alone sent a bad piece is banned. Where several took part, the piece is asked of one neighbour alone, so that the next
 * failure has one sender; and once it passes, its blocks tell whose were wrong before (`block-record`).
 */
import type { PeerId, PieceIndex } from '../../wire/ids.ts';
import { BlockRecord, type Attempt } from './block-record.ts';

export class Blame {
  readonly #blocks = new BlockRecord();
  readonly #banned = new Set<PeerId>();
  /** Senders of the last failed attempt at a piece, asked for it again only when they have no other. */
  readonly #failed = new Map<PieceIndex, ReadonlySet<PeerId>>();

  isBanned(peer: PeerId): boolean {
    return this.#banned.has(peer);
  }

  /** Whether this peer took part when the piece last failed. */
  wasIn(piece: PieceIndex, peer: PeerId): boolean {
    return this.#failed.get(piece)?.has(peer) ?? false;
  }

  hasFailed(piece: PieceIndex): boolean {
    return this.#failed.has(piece);
  }

  /** Whether blocks of the piece are remembered, to be compared with those that pass. */
  comparesBlocks(piece: PieceIndex): boolean {
    return this.#blocks.has(piece);
  }

  /** The piece failed: the peers that are banned for it. `attempt`: its blocks, if their digests are known. */
  failed(piece: PieceIndex, senders: ReadonlySet<PeerId>, attempt: Attempt | null = null): PeerId[] {
    this.#failed.set(piece, senders);
    const fickle = attempt === null ? [] : this.#blocks.failed(piece, attempt);
    return this.#banAll(senders.size === 1 ? senders : fickle);
  }

  /** The piece passed: the peers that are banned for what they sent of it before. `digests`: of its blocks, if known. */
  passed(piece: PieceIndex, digests: readonly string[] | null = null): PeerId[] {
    this.#failed.delete(piece);
    return digests === null ? [] : this.#banAll(this.#blocks.passed(piece, digests));
  }

  ban(peer: PeerId): void {
    this.#banned.add(peer);
  }

  #banAll(peers: Iterable<PeerId>): PeerId[] {
    const fresh = [...peers].filter((peer) => !this.isBanned(peer));
    for (const peer of fresh) this.ban(peer);
    return fresh;
  }
}

/**
 * Who sent which version of each block of the pieces that failed (libtorrent `smart_ban`): when such a piece passes at last, it shows
 * whose blocks were wrong, however many had taken part. An honest peer has one version of a block only, the right one.
 */
import type { PeerId, PieceIndex } from '../../wire/ids.ts';

/** Blocks remembered over all pieces: some 128 pieces of 16 blocks. What failed longest ago is forgotten. */
export const BLOCKS_MAX = 2048;

/** One attempt at a piece, block by block: who sent it, and its digest. */
export interface Attempt {
  readonly senders: readonly PeerId[];
  readonly digests: readonly string[];
}

interface Version {
  readonly block: number;
  readonly sender: PeerId;
  readonly digest: string;
}

export class BlockRecord {
  /** In the order of failing. */
  readonly #versions = new Map<PieceIndex, Version[]>();
  #count = 0;

  has(piece: PieceIndex): boolean {
    return this.#versions.has(piece);
  }

  /** The piece failed. Those who have sent two versions of one block. */
  failed(piece: PieceIndex, { senders, digests }: Attempt): Set<PeerId> {
    const before = this.#forget(piece);
    const now = senders.map((sender, block): Version => ({ block, sender, digest: digests[block] }));
    const fickle = before.filter(({ block, sender, digest }) => senders[block] === sender && digests[block] !== digest);
    this.#versions.set(piece, [...before, ...now]);
    this.#count += before.length + now.length;
    for (const oldest of this.#versions.keys()) if (this.#count > BLOCKS_MAX) this.#forget(oldest);
    return new Set(fickle.map(({ sender }) => sender));
  }

  /** The piece passed, with blocks of these digests: who had sent others. */
  passed(piece: PieceIndex, digests: readonly string[]): Set<PeerId> {
    const lies = this.#forget(piece).filter(({ block, digest }) => digests[block] !== digest);
    return new Set(lies.map(({ sender }) => sender));
  }

  #forget(piece: PieceIndex): Version[] {
    const versions = this.#versions.get(piece) ?? [];
    this.#versions.delete(piece);
    this.#count -= versions.length;
    return versions;
  }
}

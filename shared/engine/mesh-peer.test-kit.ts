/** One real swarm in a mesh (see `mesh.test-kit`): what it does, keeps, sends and is told. */
import type { Millis } from '../base/time.ts';
import type { PeerId, PieceIndex } from '../wire/ids.ts';
import type { PeerMessage } from '../wire/peer-message.ts';
import { checkInvariants } from './invariants.ts';
import type { Snapshot } from './snapshot.ts';
import type { Swarm } from './swarm.ts';
import type { Effect, Input, LinkId } from './swarm-io.ts';

export interface Joining {
  readonly have?: readonly PieceIndex[] | 'all';
  /** Whether it knows the info dictionary without having a piece. */
  readonly knowsMetainfo?: boolean;
  /** Bytes per second that it sends. */
  readonly uplink?: number;
  /** Whether a block it sends is bad. */
  readonly lies?: (block: { readonly piece: PieceIndex; readonly offset: number }) => boolean;
  /** It takes and never gives. */
  readonly isSilent?: boolean;
}

/** The content of a block: only whether it is what it should be. */
export interface Content {
  readonly byteLength: number;
  readonly isBad: boolean;
}

/** One link, seen from one side. */
export interface End {
  readonly peer: MeshPeer;
  readonly link: LinkId;
  /** The other side, once it answered. */
  other: End | null;
  isOpen: boolean;
  /** What was sent arrives in order: nothing before this. */
  arrivesFrom: Millis;
}

/** What a peer needs of its mesh. */
interface MeshWorld {
  readonly now: Millis;
  readonly log: string[];
  readonly perform: (peer: MeshPeer, effect: Effect) => void;
}

interface MeshPeerParts {
  readonly mesh: MeshWorld;
  readonly swarm: Swarm;
  readonly peerId: PeerId;
  readonly joining: Joining;
}

export class MeshPeer {
  readonly swarm: Swarm;
  readonly peerId: PeerId;
  readonly ends = new Map<LinkId, End>();
  /** What it announced to lack. */
  left: number | null = null;
  /** Whether it gives nothing. */
  readonly isSilent: boolean;
  /** Pieces that it got from others. */
  readonly fetched = new Set<PieceIndex>();
  /** Bytes of blocks it sent, and messages of each kind it got. */
  sentBytes = 0;
  readonly got = new Map<PeerMessage['kind'], number>();
  readonly #parts: MeshPeerParts;
  readonly #kept = new Map<PieceIndex, Map<number, Content>>();
  #uplinkFreeAt: Millis = 0;
  #isGone = false;

  constructor(parts: MeshPeerParts) {
    this.#parts = parts;
    this.swarm = parts.swarm;
    this.peerId = parts.peerId;
    this.isSilent = parts.joining.isSilent ?? false;
  }

  take(input: Input): void {
    if (this.#isGone) return;
    const { mesh, swarm } = this.#parts;
    if (input.kind === 'message-received') this.#count(input.message.kind);
    if (input.kind === 'piece-checked' && input.isGood) this.fetched.add(input.piece);
    const effects = swarm.handle(input, mesh.now);
    swarm.inspect(checkInvariants);
    mesh.log.push(`${mesh.now} ${this.peerId.slice(0, 3)} ${input.kind} ${effects.map(({ kind }) => kind).join(' ')}`);
    for (const effect of effects) {
      if (effect.kind === 'keep-block') this.#keep(effect);
      if (effect.kind === 'drop-piece') this.#kept.delete(effect.piece);
      mesh.perform(this, effect);
    }
  }

  snapshot(): Snapshot {
    return this.swarm.snapshot(this.#parts.mesh.now);
  }

  get isComplete(): boolean {
    const { count, verified } = this.snapshot().pieces;
    return this.snapshot().metainfo !== null && verified === count;
  }

  /** The peers it is linked with. */
  get neighbours(): PeerId[] {
    return this.snapshot().neighbours.map(({ peerId }) => peerId);
  }

  nextWakeAt(): Millis {
    return this.#isGone ? Number.POSITIVE_INFINITY : this.swarm.nextWakeAt();
  }

  lies(block: { readonly piece: PieceIndex; readonly offset: number }): boolean {
    return this.#parts.joining.lies?.(block) ?? false;
  }

  /** Its tab crashes: nobody is told anything. */
  crash(): void {
    this.#isGone = true;
  }

  /** Puts a block on the uplink; when it will have left. */
  send(bytes: number, now: Millis): Millis {
    const rate = this.#parts.joining.uplink ?? 1_000_000;
    this.sentBytes += bytes;
    this.#uplinkFreeAt = Math.max(now, this.#uplinkFreeAt) + (bytes * 1000) / rate;
    return this.#uplinkFreeAt;
  }

  /** Whether all blocks that were kept of this piece are good. */
  isGood(piece: PieceIndex): boolean {
    return [...(this.#kept.get(piece)?.values() ?? [])].every(({ isBad }) => !isBad);
  }

  #keep({ piece, offset, data }: Effect & { kind: 'keep-block' }): void {
    const blocks = this.#kept.get(piece) ?? new Map<number, Content>();
    this.#kept.set(piece, blocks.set(offset, data as Content));
  }

  #count(kind: PeerMessage['kind']): void {
    this.got.set(kind, (this.got.get(kind) ?? 0) + 1);
  }
}

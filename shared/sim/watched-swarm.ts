/** The engine of one simulated peer, with a look at everything that goes in and out. */
import type { Millis } from '../base/time.ts';
import { NEVER } from '../base/time.ts';
import { checkInvariants } from '../engine/invariants.ts';
import type { Snapshot } from '../engine/snapshot.ts';
import type { Effect, Input, LinkId } from '../engine/swarm-io.ts';
import type { Swarm } from '../engine/swarm.ts';
import type { PeerId, PieceIndex } from '../wire/ids.ts';
import type { EventLog } from './event-log.ts';

export interface WatchOptions {
  readonly swarm: Swarm;
  /** The peer's number in the log. */
  readonly peer: number;
  readonly log: EventLog;
  /** Whether the engine's invariants are checked after every step: slow. */
  readonly isChecked: boolean;
  /** A piece passed its digest for the first time. */
  readonly onVerified: (piece: PieceIndex) => void;
}

const NOTHING: readonly Effect[] = [];

/** What tells of a lie. */
const VERDICTS: ReadonlySet<Input['kind']> = new Set([
  'piece-checked',
  'block-checked',
  'digests-checked',
  'metadata-checked',
]);

export class WatchedSwarm {
  readonly #options: WatchOptions;
  readonly #verified: Set<PieceIndex>;
  readonly #peerOf = new Map<LinkId, PeerId>();
  readonly #banned = new Set<PeerId>();
  readonly #sources = new Set<PeerId>();
  #steps = 0;
  #isDead = false;

  constructor(options: WatchOptions, have: readonly PieceIndex[]) {
    this.#options = options;
    this.#verified = new Set(have);
  }

  /** Facts that were handled. */
  get steps(): number {
    return this.#steps;
  }

  /** Neighbours whose links it ended because a piece or the info dictionary was wrong. */
  get banned(): ReadonlySet<PeerId> {
    return this.#banned;
  }

  /** Neighbours whose blocks it kept. */
  get sources(): ReadonlySet<PeerId> {
    return this.#sources;
  }

  /** Pieces that passed their digest. */
  get verified(): ReadonlySet<PieceIndex> {
    return this.#verified;
  }

  readonly handle = (input: Input, now: Millis): readonly Effect[] => {
    if (this.#isDead) return NOTHING;
    const { swarm, peer, log, isChecked } = this.#options;
    const effects = swarm.handle(input, now);
    this.#steps += 1;
    for (const effect of effects) {
      log.note(now, peer, effect);
      if (effect.kind === 'store-piece') this.#note(effect.piece);
      if (effect.kind === 'dial' || effect.kind === 'accept-offer') this.#peerOf.set(effect.link, effect.peer);
      if (effect.kind === 'close-link') this.#noteEnd(input, effect.link);
      if (effect.kind === 'keep-block' && 'link' in input) this.#noteSource(input.link);
    }
    if (isChecked) swarm.inspect(checkInvariants);
    return effects;
  };

  readonly nextWakeAt = (): Millis => (this.#isDead ? NEVER : this.#options.swarm.nextWakeAt());

  readonly storedBits = (): Uint8Array | null => this.#options.swarm.storedBits();

  readonly snapshot = (now: Millis): Snapshot => this.#options.swarm.snapshot(now);

  /** The tab crashed: whatever still comes is not handled. */
  kill(): void {
    this.#isDead = true;
  }

  #noteSource(link: LinkId): void {
    const peer = this.#peerOf.get(link);
    if (peer !== undefined) this.#sources.add(peer);
  }

  /** A link that is ended the moment a digest fails is ended for it. */
  #noteEnd(input: Input, link: LinkId): void {
    const peer = this.#peerOf.get(link);
    if (VERDICTS.has(input.kind) && peer !== undefined) this.#banned.add(peer);
  }

  #note(piece: PieceIndex): void {
    if (this.#verified.has(piece)) return;
    this.#verified.add(piece);
    this.#options.onVerified(piece);
  }
}

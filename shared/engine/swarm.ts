/**
 * The front door of the engine: one swarm, as a machine of values. Facts go in, orders come out; it reads no clock, draws no chance
 * of its own, and awaits nothing. Owns all its state (`swarm-state`); the handlers `on-*` hold the rules.
 */
import { blockChecked, digestsChecked } from './on-partials.ts';
import { NEVER, type Millis } from '../base/time.ts';
import type { PeerId } from '../wire/ids.ts';
import { closeLink, callAnswered, linkClosed, linkCount, linkOpened, linkRouted, offerReceived } from './on-link.ts';
import { metadataChecked } from './on-metadata.ts';
import { messageReceived } from './on-peer.ts';
import { announced, announceRefused, connectSignal, signalClosed, signalOpened } from './on-signal.ts';
import {
  blocksDigested,
  blockUnreadable,
  noteCompletion,
  pieceChecked,
  pieceNotStored,
  pieceStored,
} from './on-storage.ts';
import { restartWindows, SLEPT_MS, woke } from './on-tick.ts';
import { limitsSet, stopped, wishesSet } from './on-user.ts';
import { blocksSent } from './serving.ts';
import { takePieceMap } from './piece-map.ts';
import { takeSnapshot, type Snapshot } from './snapshot.ts';
import type { Effect, Input } from './swarm-io.ts';
import { createState, looksForIdleSlots, type SwarmStart, type SwarmState } from './swarm-state.ts';

const NO_EFFECTS: readonly Effect[] = [];

export class Swarm {
  readonly #state: SwarmState;

  constructor(start: SwarmStart) {
    this.#state = createState(start);
  }

  /** Takes one fact and gives the orders that follow from it, to be carried out in this order. `now` never goes back. */
  handle(input: Input, now: Millis): readonly Effect[] {
    const state = this.#state;
    if (state.isStopped) return [];
    const silenceMs = now - state.now;
    state.now = now;
    if (silenceMs > SLEPT_MS && linkCount(state) > 0) restartWindows(state);
    dispatch(state, input);
    if (state.effects.length === 0) return NO_EFFECTS;
    const { effects } = state;
    state.effects = [];
    return effects;
  }

  /** When to send `woke`, at the latest. */
  nextWakeAt(): Millis {
    const { isStopped, announcer, storageRetryAt, upkeepAt, telling, lendingAt, caps, dialer, named, now } =
      this.#state;
    if (isStopped) return NEVER;
    const capsAt = Math.min(caps.upload.dueAt(now), caps.download.dueAt(now));
    return Math.min(
      telling.at,
      looksForIdleSlots(this.#state) ? lendingAt : NEVER,
      announcer.dueAt,
      storageRetryAt ?? NEVER,
      capsAt,
      linkCount(this.#state) > 0 ? upkeepAt : Math.max(upkeepAt, dialer.firstCallAt(named)),
    );
  }

  /** What may be seen of it, at `now`. */
  snapshot(now: Millis): Snapshot {
    return takeSnapshot(this.#state, now);
  }

  /** What may be drawn of every piece; null before the info dictionary is here. */
  pieceMap(): Uint8Array | null {
    return takePieceMap(this.#state);
  }

  /** Whether the peer sent wrong bytes, and is spoken to no more. */
  isBanned(peer: PeerId): boolean {
    return this.#state.blame.isBanned(peer);
  }

  /** The pieces on disk, as a `bitfield` message has them; null before the info dictionary is here. */
  storedBits(): Uint8Array | null {
    return this.#state.torrent?.stored.toWire() ?? null;
  }

  /** Shows the state to a check, such as `checkInvariants`. Tests bring it along: the product does without its code. */
  inspect(check: (state: SwarmState) => void): void {
    check(this.#state);
  }
}

function dispatch(state: SwarmState, input: Input): void {
  switch (input.kind) {
    case 'started':
      connectSignal(state);
      return;
    case 'woke':
      woke(state);
      return;
    case 'signal-opened':
      signalOpened(state);
      return;
    case 'signal-closed':
      signalClosed(state, input);
      return;
    case 'announced':
      announced(state, input);
      return;
    case 'announce-refused':
      announceRefused(state, input.reason);
      return;
    case 'offer-received':
      offerReceived(state, input.peer, input.offerId);
      return;
    case 'call-answered':
      callAnswered(state, input.link, input.peer);
      return;
    case 'link-opened':
      linkOpened(state, input.link);
      return;
    case 'link-closed':
      linkClosed(state, input.link);
      return;
    case 'link-routed':
      linkRouted(state, input.link, input.route);
      return;
    case 'message-received': {
      const session = state.sessions.get(input.link);
      if (session !== undefined) messageReceived(state, session, input.message);
      return;
    }
    case 'malformed-received': {
      const session = state.sessions.get(input.link);
      if (session !== undefined) closeLink(state, session);
      return;
    }
    case 'blocks-sent': {
      const session = state.sessions.get(input.link);
      if (session !== undefined) blocksSent(state, session, input.bytes);
      return;
    }
    case 'metadata-checked':
      metadataChecked(state, input.verdict);
      noteCompletion(state);
      return;
    case 'blocks-digested':
      blocksDigested(state, input);
      return;
    case 'piece-checked':
      pieceChecked(state, input);
      return;
    case 'digests-checked':
      digestsChecked(state, input);
      return;
    case 'block-checked':
      blockChecked(state, input);
      return;
    case 'piece-stored':
      pieceStored(state, input.piece);
      return;
    case 'piece-not-stored':
      pieceNotStored(state, input.reason);
      return;
    case 'block-unreadable':
      blockUnreadable(state, input.link, input.block);
      return;
    case 'limits-set':
      limitsSet(state, input);
      return;
    case 'wishes-set':
      wishesSet(state, input);
      return;
    case 'stopped':
      stopped(state);
      return;
  }
}

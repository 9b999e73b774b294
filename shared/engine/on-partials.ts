/** What comes of passing on blocks of pieces that are not whole: what neighbours tell, ask and answer, and what checks found. */
import type { PieceIndex } from '../wire/ids.ts';
import { BLOCK_BYTES, BLOCK_DIGEST_BYTES } from '../wire/limits.ts';
import type { HeldBlocks } from '../wire/peer-message.ts';
import { banPeer, closeLink } from './on-link.ts';
import { forgetPart, keepPart, proveAll, proved } from './partials.ts';
import type { PeerSession } from './peers/peer-session.ts';
import { blockCount, isPiece } from './pieces/geometry.ts';
import { fill, fillAll, updateInterest } from './requesting.ts';
import { send, type SwarmState } from './swarm-state.ts';

/** Pieces of which one neighbour may tell that it has blocks; what it tells beyond is not kept. */
const PARTIALS_KEPT_MAX = 256;

/** The neighbour has these blocks of pieces that it has not whole. */
export function partialsTold(state: SwarmState, session: PeerSession, held: readonly HeldBlocks[]): void {
  const { torrent } = state;
  if (torrent === null || torrent.metainfo.blockDigests === null) return;
  for (const { piece, blocks } of held) {
    if (!isPiece(torrent.geometry, piece) || blocks >= 2 ** blockCount(torrent.geometry, piece)) {
      closeLink(state, session);
      return;
    }
    if (blocks === 0) forgetPart(torrent, session, piece);
    else if (torrent.wishes.lacking.has(piece) && session.pieces?.has(piece) !== true) {
      const isKept = session.partials.size < PARTIALS_KEPT_MAX || session.partials.has(piece);
      if (isKept) keepPart(torrent, session, { piece, blocks });
    }
  }
  updateInterest(state, session);
  fill(state, session);
}

/**
 * The neighbour asks for the digests of a piece's blocks. It is told once a link, while it is served: for a few bytes a whole piece may
 * have to be read.
 */
export function digestsRequested(state: SwarmState, session: PeerSession, piece: PieceIndex): void {
  const { torrent } = state;
  if (torrent === null || !isPiece(torrent.geometry, piece)) {
    closeLink(state, session);
    return;
  }
  const hasDigests = torrent.metainfo.blockDigests !== null;
  const isDue = hasDigests && session.isUnchoked && !session.digestsGiven.has(piece);
  session.digestsGiven.add(piece);
  const digests = torrent.digests.get(piece);
  if (isDue && digests !== undefined) send(state, session, { kind: 'digests', piece, digests });
  else if (isDue && torrent.verified.has(piece))
    state.effects.push({ kind: 'send-digests', link: session.link, piece });
  else send(state, session, { kind: 'digests', piece, digests: new Uint8Array() });
}

/** The neighbour answers; nothing when it has no digests, or gave them before. */
export function digestsTold(state: SwarmState, session: PeerSession, piece: PieceIndex, digests: Uint8Array): void {
  const partial = state.torrent?.open.get(piece);
  if (partial?.digestsFrom !== session) return;
  if (digests.byteLength === partial.blocks * BLOCK_DIGEST_BYTES) {
    state.effects.push({ kind: 'check-digests', piece, generation: partial.generation, digests });
  } else if (digests.byteLength === 0) partial.digestsFrom = null;
  else closeLink(state, session);
}

/** The digests of `check-digests` were compared with the info dictionary. Who sent wrong ones lied. */
export function digestsChecked(
  state: SwarmState,
  check: {
    readonly piece: PieceIndex;
    readonly generation: number;
    readonly digests: Uint8Array;
    readonly isGood: boolean;
  },
): void {
  const { torrent } = state;
  const partial = torrent?.open.get(check.piece);
  if (torrent === null || partial?.generation !== check.generation) return;
  const { digestsFrom } = partial;
  if (check.isGood) {
    torrent.digests.set(check.piece, check.digests);
    proveAll(state, torrent, partial);
  } else if (digestsFrom !== null) {
    partial.digestsFrom = null;
    banPeer(state, digestsFrom.peer);
  }
}

/** The block of `check-block` was compared with its digest. Who sent a wrong one lied: it may pass on only what it has proved. */
export function blockChecked(
  state: SwarmState,
  check: { readonly piece: PieceIndex; readonly generation: number; readonly offset: number; readonly isGood: boolean },
): void {
  const partial = state.torrent?.open.get(check.piece);
  if (partial?.generation !== check.generation) return;
  const block = check.offset / BLOCK_BYTES;
  const sender = partial.senderOf(block);
  if (sender === null) return;
  if (check.isGood) {
    proved(state, partial, block);
    return;
  }
  if (!partial.isWhole) {
    state.wastedBytes += BLOCK_BYTES;
    partial.release(block);
  }
  banPeer(state, sender);
  fillAll(state);
}

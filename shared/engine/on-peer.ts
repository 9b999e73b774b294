/** What a neighbour says, message by message. */
import { METADATA_BYTES_MAX } from '../wire/limits.ts';
import type { BlockRef, PeerMessage } from '../wire/peer-message.ts';
import { closeLink, handshakeReceived } from './on-link.ts';
import { metadataReceived, metadataRefused, metadataRequested, seekMetadata } from './on-metadata.ts';
import { hasAll, hasBits, hasNone, hasPiece, lostPiece } from './on-pieces.ts';
import { digestsRequested, digestsTold, partialsTold } from './on-partials.ts';
import { isProved } from './partials.ts';
import type { PeerSession } from './peers/peer-session.ts';
import { isServable } from './pieces/geometry.ts';
import { endRequest, fill, fillAll, releaseRequests, takeBlock } from './requesting.ts';
import { hideNothingFrom } from './seeding.ts';
import { enqueue, interestChanged, isDebtor, rechoke, reject } from './serving.ts';
import type { SwarmState, Torrent } from './swarm-state.ts';

/** One message came. Whoever breaks the protocol loses the link. */
export function messageReceived(state: SwarmState, session: PeerSession, message: PeerMessage): void {
  session.lastHeardAt = state.now;
  if (message.kind === 'handshake') {
    handshakeReceived(state, session, message);
    return;
  }
  if (!session.isReady) {
    closeLink(state, session);
    return;
  }
  switch (message.kind) {
    case 'keep-alive':
    case 'ignored':
      return;
    case 'choke':
      chokedUs(state, session);
      return;
    case 'unchoke':
      session.unchokesUs = true;
      fill(state, session);
      return;
    case 'interested':
    case 'not-interested':
      becameInterested(state, session, message.kind === 'interested');
      return;
    case 'have':
      hasPiece(state, session, message.piece);
      return;
    case 'bitfield':
      hasBits(state, session, message.bits);
      return;
    case 'have-all':
      hasAll(state, session);
      return;
    case 'have-none':
      hasNone(state, session);
      return;
    case 'dont-have':
      lostPiece(state, session, message.piece);
      return;
    case 'partials':
      partialsTold(state, session, message.held);
      return;
    case 'digests-request':
      digestsRequested(state, session, message.piece);
      return;
    case 'digests':
      digestsTold(state, session, message.piece, message.digests);
      return;
    case 'request':
      requested(state, session, message.block);
      return;
    case 'cancel':
      cancelled(state, session, message.block);
      return;
    case 'reject':
      rejected(state, session, message.block);
      return;
    case 'piece':
      received(state, session, message);
      return;
    case 'extended-handshake':
      extendedHandshakeReceived(state, session, message);
      return;
    case 'metadata-request':
      metadataRequested(state, session, message.part);
      return;
    case 'metadata-data':
      metadataReceived(state, session, message);
      return;
    case 'metadata-reject':
      metadataRefused(state, session);
      return;
  }
}

/**
 * With the fast extension each waiting request still gets its block or a reject (BEP 6). One that crossed the choke may be answered after
 * the next unchoke: whoever asks another for it at once gets the block twice.
 */
function chokedUs(state: SwarmState, session: PeerSession): void {
  session.unchokesUs = false;
  session.chokedUsAt = state.now;
  if (session.supportsFast && session.window.size > 0) return;
  releaseRequests(state, session);
  fillAll(state);
}

function becameInterested(state: SwarmState, session: PeerSession, isInterested: boolean): void {
  if (session.isInterested === isInterested) return;
  session.isInterested = isInterested;
  if (isInterested) session.servedSince = state.now;
  interestChanged(state, session);
}

function requested(state: SwarmState, session: PeerSession, block: BlockRef): void {
  const { torrent } = state;
  if (torrent === null || !isServable(torrent.geometry, block)) closeLink(state, session);
  else if (!session.isUnchoked || !isHere(torrent, block)) reject(state, session, block);
  else enqueue(state, session, block);
}

function received(state: SwarmState, session: PeerSession, message: PeerMessage & { kind: 'piece' }): void {
  const wasDebtor = isDebtor(state, session);
  if (!takeBlock(state, session, message, message.data)) closeLink(state, session);
  else if (wasDebtor && session.isInterested && !isDebtor(state, session)) rechoke(state);
}

function cancelled(state: SwarmState, session: PeerSession, block: BlockRef): void {
  if (isOutside(state, block)) closeLink(state, session);
  else if (session.uploads.cancel(block)) reject(state, session, block);
}

function rejected(state: SwarmState, session: PeerSession, block: BlockRef): void {
  if (isOutside(state, block)) {
    closeLink(state, session);
    return;
  }
  endRequest(state, session, block.piece, block.offset);
  if (!session.unchokesUs && session.window.size === 0) releaseRequests(state, session);
  // Others now; this one within a second, or the same block would go to and fro as fast as the link allows.
  for (const other of state.sessions.values()) if (other !== session) fill(state, other);
}

/** Whether the block is good: of a whole piece, or proved by itself. */
function isHere(torrent: Torrent, block: BlockRef): boolean {
  return torrent.verified.has(block.piece) || isProved(torrent, block);
}

/** Whether no request could name this block. Its number might be that of a block of another piece. */
function isOutside({ torrent }: SwarmState, block: BlockRef): boolean {
  return torrent !== null && !isServable(torrent.geometry, block);
}

function extendedHandshakeReceived(
  state: SwarmState,
  session: PeerSession,
  message: PeerMessage & { kind: 'extended-handshake' },
): void {
  const { handshake } = message;
  const isTooLong = handshake.metadataBytes !== null && handshake.metadataBytes > METADATA_BYTES_MAX;
  session.extended = isTooLong ? { ...handshake, metadataBytes: null } : handshake;
  seekMetadata(state);
  if (handshake.isChoosy) hideNothingFrom(state, session);
}

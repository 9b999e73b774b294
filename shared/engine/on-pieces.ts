/** What neighbours tell about their pieces: kept for later while the torrent's size is unknown, then checked and counted. */
import type { PieceIndex } from '../wire/ids.ts';
import { closeLink } from './on-link.ts';
import { forgetPart } from './partials.ts';
import type { PeerSession } from './peers/peer-session.ts';
import { Bitfield } from './pieces/bitfield.ts';
import { isPiece } from './pieces/geometry.ts';
import { fill, fillAll, giveUpPiece, releaseRequests, updateInterest } from './requesting.ts';
import { pieceArrived } from './seeding.ts';
import type { SwarmState, Torrent } from './swarm-state.ts';

/** `have` messages kept from one neighbour before the info dictionary is here. */
const EARLY_HAVES_MAX = 65_536;

/**
 * Whether this is the first time that the neighbour tells all it has: exactly one of bitfield, have-all and have-none, before any have
 * (BEP 6). Whoever tells again loses the link: for a few bytes we would read the whole torrent each time.
 */
function isFirstTold(state: SwarmState, session: PeerSession): boolean {
  if (session.hasToldPieces) closeLink(state, session);
  const isFirst = !session.hasToldPieces;
  session.hasToldPieces = true;
  return isFirst;
}

/** The neighbour has everything. */
export function hasAll(state: SwarmState, session: PeerSession): void {
  if (!isFirstTold(state, session)) return;
  session.early.hasAll = true;
  session.early.hasAny = true;
  adoptEarlyPieces(state, session);
}

/** The neighbour has nothing. */
export function hasNone(state: SwarmState, session: PeerSession): void {
  if (isFirstTold(state, session)) adoptEarlyPieces(state, session);
}

/** The neighbour has what the bits say, and nothing else. */
export function hasBits(state: SwarmState, session: PeerSession, bits: Uint8Array): void {
  if (!isFirstTold(state, session)) return;
  session.early.bits = bits;
  session.early.hasAny = bits.some((byte) => byte > 0);
  adoptEarlyPieces(state, session);
}

/** The neighbour has one more piece. */
export function hasPiece(state: SwarmState, session: PeerSession, piece: PieceIndex): void {
  const { torrent } = state;
  session.hasToldPieces = true;
  if (torrent === null) {
    session.early.haves.add(piece);
    if (session.early.haves.size > EARLY_HAVES_MAX) closeLink(state, session);
    else updateInterest(state, session);
    return;
  }
  if (!isPiece(torrent.geometry, piece)) {
    closeLink(state, session);
    return;
  }
  session.pieces ??= new Bitfield(torrent.geometry.pieceCount);
  if (!session.pieces.add(piece)) return;
  forgetPart(torrent, session, piece);
  torrent.availability.add(piece);
  pieceArrived(state, session, piece);
  if (torrent.availability.isStartable(piece)) session.startable += 1;
  if (!torrent.wishes.lacking.has(piece)) return;
  session.wanted += 1;
  updateInterest(state, session);
  fill(state, session);
}

/** The neighbour lost a piece. */
export function lostPiece(state: SwarmState, session: PeerSession, piece: PieceIndex): void {
  const { torrent } = state;
  session.early.haves.delete(piece);
  if (torrent === null) {
    updateInterest(state, session);
    return;
  }
  if (!isPiece(torrent.geometry, piece)) {
    closeLink(state, session);
    return;
  }
  if (session.pieces?.has(piece) !== true) return;
  if (session.isCountedAsSeed) {
    session.isCountedAsSeed = false;
    torrent.availability.removeSeed();
    torrent.availability.addAll(session.pieces);
  }
  session.pieces.remove(piece);
  torrent.availability.remove(piece);
  if (torrent.availability.isStartable(piece)) session.startable -= 1;
  if (!torrent.wishes.lacking.has(piece)) return;
  session.wanted -= 1;
  giveUpPiece(state, session, piece);
  updateInterest(state, session);
  fillAll(state);
}

/**
 * Checks and counts what the neighbour told; ends the link when it cannot be. Before the info dictionary is here, all that can be known is
 * whether it has anything: who has nothing is interested in that, and is served a round trip sooner.
 */
export function adoptEarlyPieces(state: SwarmState, session: PeerSession): void {
  const torrent = state.torrent;
  if (torrent === null) {
    updateInterest(state, session);
    return;
  }
  const pieces = readEarly(torrent, session);
  if (pieces === null) {
    closeLink(state, session);
    return;
  }
  if (session.pieces !== null) {
    releaseRequests(state, session);
    if (session.isCountedAsSeed) torrent.availability.removeSeed();
    else torrent.availability.removeAll(session.pieces);
  }
  session.pieces = pieces;
  session.isCountedAsSeed = pieces.isFull;
  for (const piece of session.partials.keys()) if (pieces.has(piece)) forgetPart(torrent, session, piece);
  if (pieces.isFull) torrent.availability.addSeed();
  else torrent.availability.addAll(pieces);
  countWanted(torrent, session, pieces);
  updateInterest(state, session);
  fill(state, session);
}

/** What of the neighbour's pieces we want, after it or we changed our mind about all at once. O(pieces / 8). */
export function countWanted({ availability, wishes }: Torrent, session: PeerSession, pieces: Bitfield): void {
  session.startable = availability.startableOf(pieces);
  session.wanted = pieces.overlap(wishes.lacking);
}

function readEarly({ geometry }: Torrent, { early }: PeerSession): Bitfield | null {
  const pieces =
    early.bits === null ? new Bitfield(geometry.pieceCount) : Bitfield.fromWire(early.bits, geometry.pieceCount);
  if (pieces === null) return null;
  if (early.hasAll) pieces.addAll();
  for (const piece of early.haves) {
    if (!isPiece(geometry, piece)) return null;
    pieces.add(piece);
  }
  early.hasAll = false;
  early.bits = null;
  early.haves.clear();
  return pieces;
}

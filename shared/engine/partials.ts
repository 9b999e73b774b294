/**
 * Passing on blocks of pieces that are not whole (`ts_partial`, PROTOCOL.md): what is proved, and whom we tell. The steps behind several
 * handlers.
 *
 * A piece that is passed on whole takes a second or more from hand to hand, and at the start of a crowd nobody has another: every uplink
 * waits. A block takes a tenth of that. It is passed on only when its digest was right, so that whoever sends a wrong one is a liar.
 */
import { shuffle } from '../base/random.ts';
import { type Millis, NEVER } from '../base/time.ts';
import { type PieceIndex } from '../wire/ids.ts';
import { BLOCK_DIGEST_BYTES, PARTIALS_MAX } from '../wire/limits.ts';
import type { HeldBlocks } from '../wire/peer-message.ts';
import type { PeerSession } from './peers/peer-session.ts';
import { blockAt, pieceBytes } from './pieces/geometry.ts';
import type { PartialPiece } from './pieces/partial-piece.ts';
import { readySessions, send, type SwarmState, type Torrent } from './swarm-state.ts';

/** What came is told together, so long after the first of it. */
export const TELL_MS: Millis = 50;

/** More than this is fast, in bytes per second: a piece is whole before its blocks would be passed on. */
const RATE_MAX = 4 * 1024 * 1024;

/** Of a piece that so many neighbours hold, or have begun, nobody need know who else begins it: no choice turns on that. */
export const RARE_HOLDERS_MAX = 4;

/** Whether so much comes in that what it costs the machine counts for more than which piece it is. */
export function comesFast({ arriving, now }: SwarmState): boolean {
  return arriving.rate(now) > RATE_MAX;
}

/** Whether blocks are proved, for somebody to fetch them from us. */
export function passesOn(state: SwarmState, { metainfo }: Torrent): boolean {
  const { policies, sessions } = state;
  if (policies.partials === 'off' || metainfo.blockDigests === null) return false;
  if (comesFast(state) || state.lateness.isGreat) return false;
  for (const session of sessions.values()) if (takesPartials(session) && session.pieces?.isFull !== true) return true;
  return false;
}

/** Asks for the digests of a piece's blocks, once, together with the first of these blocks. */
export function seekDigests(state: SwarmState, torrent: Torrent, session: PeerSession, partial: PartialPiece): void {
  if (torrent.digests.has(partial.piece) || partial.digestsFrom !== null || !takesPartials(session)) return;
  if (!passesOn(state, torrent)) return;
  partial.digestsFrom = session;
  send(state, session, { kind: 'digests-request', piece: partial.piece });
}

/** A block came: it is compared with its digest, if that is known and anybody may want the block. */
export function prove(state: SwarmState, torrent: Torrent, partial: PartialPiece, block: number): void {
  const digests = torrent.digests.get(partial.piece);
  if (digests === undefined || !passesOn(state, torrent)) return;
  const { piece, generation } = partial;
  const digest = digests.subarray(block * BLOCK_DIGEST_BYTES, (block + 1) * BLOCK_DIGEST_BYTES);
  state.effects.push({
    kind: 'check-block',
    piece,
    generation,
    offset: blockAt(torrent.geometry, piece, block).offset,
    digest,
  });
}

/** The digests of a piece's blocks are known: those that are here are compared. */
export function proveAll(state: SwarmState, torrent: Torrent, partial: PartialPiece): void {
  for (let block = 0; block < partial.blocks; block += 1) {
    if (partial.isHeld(block)) prove(state, torrent, partial, block);
  }
}

/** A block is proved: the neighbours are told soon. */
export function proved(state: SwarmState, partial: PartialPiece, block: number): void {
  const isFirst = partial.proved === 0;
  partial.prove(block, state.now);
  const { telling } = state;
  telling.pieces.set(partial.piece, isFirst || telling.pieces.get(partial.piece) === true);
  if (telling.at === NEVER) telling.at = state.now + TELL_MS;
}

/** Tells everybody that a rare piece was begun, and those that are served what more of all is here. */
export function tellPartials(state: SwarmState): void {
  const { telling, torrent } = state;
  telling.at = NEVER;
  if (torrent === null) return;
  const news: HeldBlocks[] = [];
  const begun: HeldBlocks[] = [];
  for (const [piece, isBegun] of telling.pieces) {
    const partial = torrent.open.get(piece);
    if (partial === undefined) continue;
    const held = { piece, blocks: partial.proved };
    news.push(held);
    if (isBegun && torrent.availability.holders(piece) < RARE_HOLDERS_MAX) begun.push(held);
  }
  telling.pieces.clear();
  const audience = readySessions(state).filter(({ isUnchoked }) => isUnchoked || begun.length > 0);
  for (const session of shuffle(state.random, audience)) {
    tell(state, session, session.isUnchoked ? news : begun);
    if (session.isUnchoked) session.toldPartialsAt = state.now;
  }
}

/** A neighbour that is served from now on is told everything that it was not told when it was served before. */
export function tellAllPartials(state: SwarmState, session: PeerSession): void {
  const held: HeldBlocks[] = [];
  for (const { piece, proved: blocks, provedAt } of state.torrent?.open.values() ?? [])
    if (blocks !== 0 && provedAt >= session.toldPartialsAt) held.push({ piece, blocks });
  tell(state, session, held);
  session.toldPartialsAt = state.now;
}

/** The blocks of a piece are gone. */
export function takeBackPartial(state: SwarmState, { piece, proved: blocks }: PartialPiece): void {
  if (blocks === 0) return;
  for (const session of readySessions(state)) tell(state, session, [{ piece, blocks: 0 }]);
}

/** Whether a block of these bytes may be asked of us, although its piece is not whole. */
export function isProved(
  { open, geometry }: Torrent,
  { piece, offset }: { piece: PieceIndex; offset: number },
): boolean {
  const partial = open.get(piece);
  if (partial === undefined || offset >= pieceBytes(geometry, piece)) return false;
  const block = Math.floor(offset / blockAt(geometry, piece, 0).length);
  return blockAt(geometry, piece, block).offset === offset && partial.isProved(block);
}

/** The neighbour has these blocks of the piece, as bits, and not all of it. */
export function keepPart({ availability }: Torrent, session: PeerSession, { piece, blocks }: HeldBlocks): void {
  if (!session.partials.has(piece)) availability.addPart(piece);
  session.partials.set(piece, blocks);
}

/** What the neighbour has of the piece is of no use any more, or it has all of it. False when it had nothing. */
export function forgetPart({ availability }: Torrent, session: PeerSession, piece: PieceIndex): boolean {
  if (!session.partials.delete(piece)) return false;
  availability.removePart(piece);
  return true;
}

/** The neighbour is gone. */
export function forgetParts(torrent: Torrent, session: PeerSession): void {
  for (const piece of session.partials.keys()) forgetPart(torrent, session, piece);
}

function tell(state: SwarmState, session: PeerSession, news: readonly HeldBlocks[]): void {
  if (!takesPartials(session)) return;
  const held = news.filter(({ piece }) => session.pieces?.has(piece) !== true);
  for (let first = 0; first < held.length; first += PARTIALS_MAX) {
    send(state, session, { kind: 'partials', held: held.slice(first, first + PARTIALS_MAX) });
  }
}

function takesPartials({ isReady, extended }: PeerSession): boolean {
  return isReady && extended?.hasPartialExtension === true;
}

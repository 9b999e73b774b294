/** What became of pieces at the hasher and on disk. */
import { shuffle } from '../base/random.ts';
import { seconds } from '../base/time.ts';
import type { PieceIndex } from '../wire/ids.ts';
import type { BlockRef } from '../wire/peer-message.ts';
import { announce } from './on-signal.ts';
import { banPeer } from './on-link.ts';
import type { Attempt } from './pieces/block-record.ts';
import type { PartialPiece } from './pieces/partial-piece.ts';
import { forgetPart } from './partials.ts';
import { dropPiece, fillAll, makeStartable, updateInterest } from './requesting.ts';
import { pump, rechoke, reject } from './serving.ts';
import type { LinkId } from './swarm-io.ts';
import { isComplete, isDone, readySessions, send, type SwarmState, type Torrent } from './swarm-state.ts';

/** Wait before pieces that could not be stored are tried again. */
export const STORE_AGAIN_MS = seconds(5);

/** The blocks of a whole piece were looked at one by one: kept for the verdict on the piece. */
export function blocksDigested(
  state: SwarmState,
  found: { readonly piece: PieceIndex; readonly generation: number; readonly digests: readonly string[] },
): void {
  const partial = state.torrent?.open.get(found.piece);
  if (partial?.generation === found.generation) partial.digests = found.digests;
}

/** The digest of a whole piece was compared. Late answers for dropped attempts are ignored. */
export function pieceChecked(
  state: SwarmState,
  check: { readonly piece: PieceIndex; readonly generation: number; readonly isGood: boolean },
): void {
  const { torrent, blame } = state;
  const partial = torrent?.open.get(check.piece);
  if (torrent === null || partial?.generation !== check.generation) return;
  if (check.isGood) {
    const liars = blame.passed(check.piece, partial.digests);
    pieceVerified(state, torrent, check.piece);
    for (const peer of liars) banPeer(state, peer);
    return;
  }
  const attempt = state.policies.blame === 'alone' ? null : attemptOf(partial);
  const banned = state.policies.blame === 'off' ? [] : blame.failed(check.piece, partial.senders(), attempt);
  dropPiece(state, torrent, partial);
  for (const peer of banned) banPeer(state, peer);
  fillAll(state);
}

export function pieceStored(state: SwarmState, piece: PieceIndex): void {
  const { torrent } = state;
  if (torrent === null || !torrent.verified.has(piece)) return;
  torrent.unstored.delete(piece);
  torrent.stored.add(piece);
  state.storageTrouble = null;
  fillAll(state);
}

/** The piece stays in memory and is tried again later; new pieces wait when too many stay. */
export function pieceNotStored(state: SwarmState, reason: string): void {
  state.storageTrouble = reason;
  state.storageRetryAt ??= state.now + STORE_AGAIN_MS;
}

/** Time to try the disk again. */
export function retryStorage(state: SwarmState): void {
  state.storageRetryAt = null;
  for (const piece of state.torrent?.unstored ?? []) state.effects.push({ kind: 'store-piece', piece });
}

/** A block that was to be sent cannot be read: its neighbour is told no, and its piece is gone. */
export function blockUnreadable(state: SwarmState, link: LinkId, block: BlockRef): void {
  const session = state.sessions.get(link);
  if (session !== undefined) {
    session.uploads.withdrawn(block.length);
    reject(state, session, block);
  }
  pieceLost(state, block.piece);
  if (session !== undefined) pump(state, session);
}

/** A piece we had is gone: we no longer offer it, and fetch it again. */
function pieceLost(state: SwarmState, piece: PieceIndex): void {
  const { torrent } = state;
  if (torrent === null || !torrent.verified.remove(piece)) return;
  const isLacking = torrent.wishes.went(piece);
  torrent.stored.remove(piece);
  torrent.unstored.delete(piece);
  makeStartable(state, torrent, piece);
  for (const session of readySessions(state)) {
    if (session.extended?.hasDontHaveExtension === true) send(state, session, { kind: 'dont-have', piece });
    for (const block of session.uploads.clear((waiting) => waiting.piece === piece)) reject(state, session, block);
    if (!isLacking || session.pieces?.has(piece) !== true) continue;
    session.wanted += 1;
    updateInterest(state, session);
  }
  rechoke(state);
  fillAll(state);
}

/** Tells the server, once, that we have everything now. */
export function noteCompletion(state: SwarmState): void {
  if (!isComplete(state) || state.hasAnnouncedCompletion) return;
  state.hasAnnouncedCompletion = true;
  announce(state, 'completed');
  rechoke(state);
}

function attemptOf(partial: PartialPiece): Attempt | null {
  return partial.digests === null ? null : { senders: partial.senderOfEach(), digests: partial.digests };
}

function pieceVerified(state: SwarmState, torrent: Torrent, piece: PieceIndex): void {
  torrent.open.delete(piece);
  torrent.verified.add(piece);
  torrent.unstored.add(piece);
  const wasLacking = torrent.wishes.came(piece);
  state.effects.push({ kind: 'store-piece', piece });
  for (const session of shuffle(state.random, readySessions(state))) {
    send(state, session, { kind: 'have', piece });
    if (!wasLacking) continue;
    if (session.pieces?.has(piece) === true) session.wanted -= 1;
    else if (!forgetPart(torrent, session, piece)) continue;
    updateInterest(state, session);
  }
  noteCompletion(state);
  if (wasLacking && isDone(state) && !isComplete(state)) rechoke(state);
}

/** Asking for blocks: starting and dropping pieces, filling windows, taking blocks in. The steps behind several handlers. */
import { assert, present } from '../base/assert.ts';
import { type Millis, NEVER } from '../base/time.ts';
import type { PeerId, PieceIndex } from '../wire/ids.ts';
import { BLOCK_BYTES } from '../wire/limits.ts';
import type { Payload } from '../wire/peer-message.ts';
import { comesFast, passesOn, prove, seekDigests, takeBackPartial } from './partials.ts';
import { requestQueueOf, type PeerSession } from './peers/peer-session.ts';
import type { BlockKey } from './peers/request-window.ts';
import { blockAt, blockCount, blockKeyOf, placeOf } from './pieces/geometry.ts';
import { PartialPiece } from './pieces/partial-piece.ts';
import { patienceMs, pickDuplicate, type BusyBlock } from './pieces/endgame.ts';
import { pickNext } from './pieces/partial-picker.ts';
import type { PickPeer, PickScene } from './pieces/piece-picker.ts';
import { reject } from './serving.ts';
import { lackingBytes, send, type SwarmState, type Torrent } from './swarm-state.ts';

/** Content held in memory: started pieces and verified ones that are not on disk yet, in bytes. */
export const MEMORY_BYTES_MAX = 64 * 1024 * 1024;

/** So many pieces may be in memory even when they are huge. */
const MEMORY_PIECES_MIN = 4;

/** Tells the neighbour whether we want anything of it, when that changed. */
export function updateInterest(state: SwarmState, session: PeerSession): void {
  const amInterested =
    state.torrent === null ? promises(state, session) : session.wanted > 0 || session.partials.size > 0;
  if (session.amInterested === amInterested) return;
  session.amInterested = amInterested;
  send(state, session, { kind: amInterested ? 'interested' : 'not-interested' });
}

/** Before the info dictionary is here: whether the neighbour has anything, of which we have nothing. */
function promises({ metadataTrouble }: SwarmState, { early }: PeerSession): boolean {
  return metadataTrouble === null && (early.hasAny || early.haves.size > 0);
}

/** Sends as many requests as the neighbour's window has room for. */
export function fill(state: SwarmState, session: PeerSession): void {
  const { torrent } = state;
  if (torrent === null || session.pieces === null || !session.unchokesUs || !session.amInterested) return;
  let room = session.window.room(requestQueueOf(session));
  if (room <= 0) return;
  const scene = new Scene(state, torrent);
  const isAdmitted = (): boolean => state.caps.download.admits(session.link, state.now);
  while (room > 0 && isAdmitted()) {
    const pick = pickNext(scene, pickPeer(session), session.partials, state.random);
    if (pick === null) break;
    if (pick.kind === 'block') {
      const partial = torrent.open.get(pick.piece) ?? startPiece(state, torrent, pick.piece, null);
      request(state, session, partial, pick.block);
      room -= 1;
      continue;
    }
    const partial =
      pick.kind === 'continue'
        ? pick.partial
        : startPiece(state, torrent, pick.piece, pick.isExclusive ? session.peer : null);
    for (; room > 0 && partial.free > 0 && isAdmitted(); room -= 1) {
      request(state, session, partial, nextBlock(state, torrent, partial));
    }
  }
  const isIdle = session.window.size === 0 && isAdmitted();
  if (state.policies.endgame !== 'off' && isIdle) requestDuplicate(state, torrent, session);
}

/** Fills every window that has room: blocks became free. What a neighbour did not give in time is asked of others first. */
export function fillAll(state: SwarmState): void {
  for (const session of state.sessions.values()) if (!session.window.isSnubbed) fill(state, session);
  for (const session of state.sessions.values()) if (session.window.isSnubbed) fill(state, session);
}

/** A block came. False when nobody could have asked for it. */
export function takeBlock(state: SwarmState, session: PeerSession, at: BlockPlace, data: Payload): boolean {
  const torrent = state.torrent;
  if (torrent === null || !isBlock(torrent, at, data)) return false;
  state.received.add(data.byteLength, state.now);
  state.arriving.add(data.byteLength, state.now);
  const block = at.offset / BLOCK_BYTES;
  const key = blockKeyOf(torrent.geometry, at.piece, block);
  const partial = torrent.open.get(at.piece);
  if (session.window.answered(key, data.byteLength, state.now, session.uploads.blockMs(state.now))) {
    // Only what was asked for counts as giving: nobody earns a slot with blocks that we did not want.
    session.received.add(data.byteLength, state.now);
    session.lastGaveAt = state.now;
    state.blockMs.add(session.pace.answered(state.now));
    present(partial, 'the piece of a request').unask(block);
  } else state.caps.download.take(data.byteLength);
  if (partial === undefined || partial.isHeld(block) || !mayAnswer(session, partial)) {
    state.wastedBytes += data.byteLength;
  } else {
    if (partial.askedFrom(block) > 0) cancelElsewhere(state, partial, block, key);
    state.firstBlockAt ??= state.now;
    partial.hold(block, session.peer);
    state.effects.push({ kind: 'keep-block', piece: at.piece, offset: at.offset, data });
    prove(state, torrent, partial, block);
    if (partial.isWhole) {
      const comparesBlocks = state.blame.comparesBlocks(at.piece);
      state.effects.push({ kind: 'check-piece', piece: at.piece, generation: partial.generation, comparesBlocks });
    }
  }
  fill(state, session);
  return true;
}

/** One request ended without its block (reject): the block is free again. */
export function endRequest(state: SwarmState, session: PeerSession, piece: PieceIndex, offset: number): void {
  const torrent = state.torrent;
  if (torrent === null || offset % BLOCK_BYTES !== 0) return;
  const block = offset / BLOCK_BYTES;
  if (!session.window.end(blockKeyOf(torrent.geometry, piece, block))) return;
  withdraw(state, present(torrent.open.get(piece), 'the piece of a request'), block);
}

/** The neighbour lost the piece: its blocks are free again, and the piece is dropped if it alone may send it. */
export function giveUpPiece(state: SwarmState, session: PeerSession, piece: PieceIndex): void {
  const { torrent } = state;
  const partial = torrent?.open.get(piece);
  if (torrent === null || partial === undefined) return;
  for (let block = 0; block < partial.blocks; block += 1) endRequest(state, session, piece, block * BLOCK_BYTES);
  if (partial.exclusiveTo === session.peer && !partial.isWhole) dropPiece(state, torrent, partial);
}

/** The neighbour will not answer any more (choke, close, snub): all its blocks are free again, pieces of its own are dropped. */
export function releaseRequests(state: SwarmState, session: PeerSession): void {
  const torrent = state.torrent;
  if (torrent === null) return;
  for (const key of session.window.clear()) {
    const { piece, block } = placeOf(torrent.geometry, key);
    withdraw(state, present(torrent.open.get(piece), 'the piece of a request'), block);
  }
  for (const partial of torrent.open.values()) {
    if (partial.exclusiveTo === session.peer && !partial.isWhole) dropPiece(state, torrent, partial);
  }
}

/** Throws a started piece away; it may be started again. */
export function dropPiece(state: SwarmState, torrent: Torrent, partial: PartialPiece): void {
  const { piece } = partial;
  for (const session of state.sessions.values()) {
    for (let block = 0; block < partial.blocks; block += 1) {
      if (!session.window.end(blockKeyOf(torrent.geometry, piece, block))) continue;
      withdraw(state, partial, block);
      send(state, session, { kind: 'cancel', block: blockAt(torrent.geometry, piece, block) });
    }
  }
  state.wastedBytes += partial.held * BLOCK_BYTES;
  torrent.open.delete(piece);
  takeBackPartial(state, partial);
  for (const session of state.sessions.values()) {
    for (const waiting of session.uploads.clear((block) => block.piece === piece)) reject(state, session, waiting);
  }
  makeStartable(state, torrent, piece);
  state.effects.push({ kind: 'drop-piece', piece });
}

/** The piece is to be fetched (again), if it is wanted. */
export function makeStartable(state: SwarmState, torrent: Torrent, piece: PieceIndex): void {
  if (!torrent.wishes.lacking.has(piece)) return;
  torrent.availability.include(piece);
  for (const session of state.sessions.values()) if (session.pieces?.has(piece)) session.startable += 1;
}

/** Where a block lies. */
export interface BlockPlace {
  readonly piece: PieceIndex;
  readonly offset: number;
}

/** The neighbour's waiting requests as places, oldest first. */
export function requestPlaces(torrent: Torrent, session: PeerSession): BlockPlace[] {
  return [...session.window.keys()].map((key) => {
    const { piece, block } = placeOf(torrent.geometry, key);
    return { piece, offset: block * BLOCK_BYTES };
  });
}

function startPiece(state: SwarmState, torrent: Torrent, piece: PieceIndex, exclusiveTo: PeerId | null): PartialPiece {
  assert(torrent.availability.isStartable(piece), 'a piece is started once');
  torrent.availability.exclude(piece);
  for (const session of state.sessions.values()) if (session.pieces?.has(piece)) session.startable -= 1;
  const partial = new PartialPiece({
    piece,
    generation: state.nextGeneration,
    blocks: blockCount(torrent.geometry, piece),
    exclusiveTo,
  });
  state.nextGeneration += 1;
  torrent.open.set(piece, partial);
  torrent.lastStarted = piece;
  return partial;
}

function request(state: SwarmState, session: PeerSession, partial: PartialPiece, block: number): void {
  const torrent = present(state.torrent, 'the torrent');
  seekDigests(state, torrent, session, partial);
  partial.ask(block);
  state.caps.download.take(BLOCK_BYTES);
  if (session.window.size === 0) session.pace.began(state.now);
  session.window.add(blockKeyOf(torrent.geometry, partial.piece, block), state.now);
  send(state, session, { kind: 'request', block: blockAt(torrent.geometry, partial.piece, block) });
}

/** In order; but any block where blocks are passed on: those who fetch the same piece then have something to give each other. */
function nextBlock(state: SwarmState, torrent: Torrent, partial: PartialPiece): number {
  return passesOn(state, torrent) ? partial.anyFree(state.random) : partial.firstFree();
}

/** A request ended without its block. What the cap took for it may be asked elsewhere. */
function withdraw(state: SwarmState, partial: PartialPiece, block: number): void {
  partial.unask(block);
  state.caps.download.giveBack(BLOCK_BYTES);
}

/** Endgame of one neighbour: nothing is free for it, so it may help with what others are late with. */
function requestDuplicate(state: SwarmState, torrent: Torrent, session: PeerSession): void {
  const restMs = (lackingBytes(torrent) * 1000) / state.received.rate(state.now);
  const outlook = { restMs, answerMs: session.pace.answerMs };
  // When all of it will be here in a moment, which is nearly always so, no block need be looked at.
  if (!isAnybodyLate(state, patienceMs(outlook))) return;
  const duplicate = pickDuplicate(pickPeer(session), busyBlocks(state, torrent), outlook);
  if (duplicate !== null) request(state, session, duplicate.partial, duplicate.block);
}

/** What others were asked for. From a neighbour that snubs us it never comes, as far as we know. */
function busyBlocks(state: SwarmState, torrent: Torrent): Iterable<BusyBlock> {
  const busy = new Map<BlockKey, BusyBlock>();
  for (const other of state.sessions.values()) {
    let place = 0;
    for (const key of other.window.keys()) {
      place += 1;
      const dueMs = other.window.isSnubbed ? NEVER : other.pace.waitMs(place, state.now);
      const known = busy.get(key);
      if (known !== undefined && known.dueMs <= dueMs) continue;
      const { piece, block } = placeOf(torrent.geometry, key);
      busy.set(key, { partial: present(torrent.open.get(piece), 'the piece of a request'), block, dueMs });
    }
  }
  return busy.values();
}

/** Whether the last request of any neighbour will be answered that late. */
function isAnybodyLate({ sessions, now }: SwarmState, afterMs: Millis): boolean {
  for (const session of sessions.values()) {
    const waiting = session.window.size;
    if (waiting > 0 && (session.window.isSnubbed || session.pace.waitMs(waiting, now) >= afterMs)) return true;
  }
  return false;
}

/** Endgame: the block is here, so nobody else need send it. */
function cancelElsewhere(state: SwarmState, partial: PartialPiece, block: number, key: BlockKey): void {
  const torrent = present(state.torrent, 'the torrent');
  for (const session of state.sessions.values()) {
    if (!session.window.end(key)) continue;
    withdraw(state, partial, block);
    if (state.policies.endgame === 'uncancelled') continue;
    send(state, session, { kind: 'cancel', block: blockAt(torrent.geometry, partial.piece, block) });
  }
}

function mayAnswer(session: PeerSession, partial: PartialPiece): boolean {
  return partial.exclusiveTo === null || partial.exclusiveTo === session.peer;
}

function isBlock({ geometry }: Torrent, { piece, offset }: BlockPlace, data: Payload): boolean {
  if (piece >= geometry.pieceCount || offset % BLOCK_BYTES !== 0) return false;
  const block = offset / BLOCK_BYTES;
  return block < blockCount(geometry, piece) && data.byteLength === blockAt(geometry, piece, block).length;
}

/** What the picker may know, as it is at every moment. */
class Scene implements PickScene {
  readonly policies: PickScene['policies'];
  readonly availability: PickScene['availability'];
  readonly wishes: PickScene['wishes'];
  readonly open: PickScene['open'];
  readonly blame: PickScene['blame'];
  readonly #state: SwarmState;
  readonly #torrent: Torrent;

  constructor(state: SwarmState, torrent: Torrent) {
    this.policies = state.policies;
    this.availability = torrent.availability;
    this.wishes = torrent.wishes;
    this.open = torrent.open;
    this.blame = state.blame;
    this.#state = state;
    this.#torrent = torrent;
  }

  get verified(): number {
    return this.#torrent.verified.count;
  }

  get previous(): PieceIndex | null {
    return comesFast(this.#state) ? this.#torrent.lastStarted : null;
  }

  get mayStart(): boolean {
    const { open, unstored, geometry } = this.#torrent;
    const memoryPieces = Math.max(MEMORY_PIECES_MIN, Math.floor(MEMORY_BYTES_MAX / geometry.pieceLength));
    return this.policies.openPieces === 'any' || open.size + unstored.size < memoryPieces;
  }
}

function pickPeer(session: PeerSession): PickPeer {
  return {
    peer: session.peer,
    pieces: present(session.pieces, 'the pieces of a neighbour'),
    startable: session.startable,
    isSnubbed: session.window.isSnubbed,
  };
}

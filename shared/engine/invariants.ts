/** What always holds between facts. Checked after every step in tests. */
import { assert, present } from '../base/assert.ts';
import type { PieceIndex } from '../wire/ids.ts';
import { PARTIAL_BLOCKS_MAX } from '../wire/limits.ts';
import { UPLOAD_SLOTS_MAX } from './peers/choker.ts';
import type { PeerSession } from './peers/peer-session.ts';
import type { PartialPiece } from './pieces/partial-piece.ts';
import { uploadSlots, type SwarmState, type Torrent } from './swarm-state.ts';

/** Crashes when the state contradicts itself. Called after every step in tests. O(everything). */
export function checkInvariants(state: SwarmState): void {
  const unchoked = [...state.sessions.values()].filter((session) => session.isUnchoked);
  assert(unchoked.length <= slotsMax(state), `${unchoked.length} neighbours are served`);
  assert(unchoked.filter((session) => session.isOptimistic).length <= 1, 'one neighbour at most is served by luck');
  for (const session of unchoked) assert(session.isInterested, 'only interested neighbours are served');
  for (const session of state.sessions.values()) {
    assert(session.isUnchoked || session.uploads.size === 0, 'a choked neighbour has no requests waiting');
    const mayAnswer = session.unchokesUs || session.supportsFast;
    assert(mayAnswer || session.window.size === 0, 'who chokes us, and need not reject, has no requests of ours');
  }
  if (state.torrent !== null) checkPieces(state, state.torrent);
}

/** Slots may be lent, up to a bound; without lending there are no more than are due. */
function slotsMax(state: SwarmState): number {
  const isLent = state.policies.idleSlots === 'lent';
  return isLent ? Math.max(UPLOAD_SLOTS_MAX, uploadSlots(state)) : uploadSlots(state);
}

function checkPieces({ sessions }: SwarmState, torrent: Torrent): void {
  const { geometry, verified, availability, open, wishes } = torrent;
  const isOpen = (piece: PieceIndex): number => Number(open.has(piece));
  for (let index = 0; index < geometry.pieceCount; index += 1) {
    const piece = index as PieceIndex;
    const parts = [...sessions.values()].filter((session) => session.partials.has(piece)).length;
    assert(availability.holders(piece) - availability.copies(piece) === parts, `piece ${piece} is begun by ${parts}`);
    const states = Number(verified.has(piece)) + isOpen(piece) + Number(availability.isStartable(piece));
    const isWanted = wishes.wanted.has(piece);
    assert(states === 1 || (states === 0 && !isWanted), `piece ${piece} is in ${states} states`);
    assert(wishes.lacking.has(piece) === (isWanted && !verified.has(piece)), `piece ${piece} is lacking as it should`);
    assert(isWanted || !availability.isStartable(piece), `piece ${piece} may be started although nobody wants it`);
    assert(isWanted || open.get(piece)?.isWhole !== false, `piece ${piece} is fetched although nobody wants it`);
  }
  const asked = new Map<string, number>();
  for (const session of sessions.values()) {
    for (const key of session.window.keys()) {
      const piece = Math.floor(key / geometry.blocksPerPiece) as PieceIndex;
      const block = key % geometry.blocksPerPiece;
      assert(open.has(piece), 'a request is for a started piece');
      asked.set(`${piece}/${block}`, (asked.get(`${piece}/${block}`) ?? 0) + 1);
    }
    if (session.pieces !== null) checkCounters(session, torrent);
  }
  for (const partial of open.values()) {
    checkPartial(partial);
    for (let block = 0; block < partial.blocks; block += 1) {
      const requests = asked.get(`${partial.piece}/${block}`) ?? 0;
      assert(partial.askedFrom(block) === requests, `block ${partial.piece}/${block} counts its requests`);
    }
  }
}

/** Of a started piece: each block is one of free, asked for and here, and the counts and bits say so. */
export function checkPartial(partial: PartialPiece): void {
  let free = 0;
  let held = 0;
  for (let block = 0; block < partial.blocks; block += 1) {
    const [isFree, isHeld] = [partial.isFree(block), partial.isHeld(block)];
    free += Number(isFree);
    held += Number(isHeld);
    assert(isHeld || !partial.isProved(block), 'a block that is proved is here');
    const isBit = block < PARTIAL_BLOCKS_MAX && (partial.freeBits & (1 << block)) !== 0;
    assert(block >= PARTIAL_BLOCKS_MAX || isBit === isFree, 'the bits say which blocks are free');
    assert(!(isHeld && partial.askedFrom(block) > 0), 'a block that is here is still asked for');
  }
  assert(free === partial.free && held === partial.held, 'the counts of a started piece are right');
}

function checkCounters(session: PeerSession, { wishes, availability }: Torrent): void {
  let wanted = 0;
  let startable = 0;
  for (const piece of present(session.pieces, 'the pieces of a neighbour').pieces()) {
    if (wishes.lacking.has(piece)) wanted += 1;
    if (availability.isStartable(piece)) startable += 1;
  }
  assert(wanted === session.wanted, `a neighbour has ${wanted} pieces we lack, not ${session.wanted}`);
  assert(startable === session.startable, `a neighbour has ${startable} pieces to start, not ${session.startable}`);
  const pieces = present(session.pieces, 'the pieces of a neighbour');
  for (const piece of session.partials.keys()) {
    assert(
      wishes.lacking.has(piece) && !pieces.has(piece),
      'blocks of a neighbour are of pieces that we lack, and it too',
    );
  }
  const isOfUse = wanted > 0 || session.partials.size > 0;
  assert(session.amInterested === isOfUse, 'we are interested in whoever has something that we want and lack');
}

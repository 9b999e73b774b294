/** Giving blocks: whom to serve (by the choker's decision), and what is owed to each. The steps behind several handlers. */
import { present } from '../base/assert.ts';
import { BLOCK_BYTES } from '../wire/limits.ts';
import type { BlockRef } from '../wire/peer-message.ts';
import {
  FIRST_QUOTA_BYTES,
  FIRST_ROUND_MS,
  isInDebt,
  OPTIMISTIC_SLOTS,
  rechoke as decide,
  SEED_QUOTA_BYTES,
  type ChokeCandidate,
} from './peers/choker.ts';
import { tellAllPartials } from './partials.ts';
import type { PeerSession } from './peers/peer-session.ts';
import { SEND_AHEAD_BYTES_MAX } from './peers/upload-queue.ts';
import { showPieces } from './seeding.ts';
import { isDone, readySessions, send, type SwarmState, uploadSlots } from './swarm-state.ts';

/** So many requests before a block is sent, its piece is to be at hand: a disk takes longer than the buffer of a fast line lasts. */
const PREPARE_PLACES = SEND_AHEAD_BYTES_MAX / BLOCK_BYTES;

/** Who lacks no more pieces than this is done in a moment, and then wants no slot any more. */
const NEARLY_DONE_PIECES = 2;

/** How often idle slots are looked for, while somebody is served: near the time from an unchoke to the first request. */
export const LENDING_MS = 50;

/** What about the judgement is due. Neither: only empty slots are filled. */
export interface Due {
  readonly isRoundDue: boolean;
  readonly isOptimisticDue: boolean;
}

const NOTHING_DUE: Due = { isRoundDue: false, isOptimisticDue: false };

/** Decides anew whom to serve, and tells those for whom it changed. */
export function rechoke(state: SwarmState, due: Due = NOTHING_DUE): void {
  const { choking } = state;
  const ready = readySessions(state);
  const candidates: ChokeCandidate[] = [];
  // Whoever may give nothing says so by a choke, so that others ask elsewhere.
  if (!state.caps.upload.isShut) {
    for (const session of ready) if (session.isInterested) candidates.push(candidateOf(state, session));
  }
  const rules = {
    policies: state.policies,
    regularSlots: choking.regularSlots,
    isFirstRound: isFirstRound(state),
    isComplete: isDone(state),
    optimistic: choking.optimistic,
    quotaBytes: quotaBytes(state, due),
    now: state.now,
    ...due,
  };
  const decision = decide(candidates, rules, state.random);
  choking.optimistic = decision.optimistic;
  for (const session of ready) {
    session.isOptimistic = session.link === decision.optimistic;
    const isServed = session.isOptimistic || decision.regular.has(session.link);
    if (session.isUnchoked && !isServed) choke(state, session);
  }
  for (const session of ready) {
    const isServed = session.isOptimistic || decision.regular.has(session.link);
    if (!session.isUnchoked && isServed) unchoke(state, session);
  }
  showPieces(state);
}

/** A neighbour's interest changed: a slot may be its own, or be free. */
export function interestChanged(state: SwarmState, session: PeerSession): void {
  if (!session.isInterested && !session.isUnchoked) return;
  if (session.isInterested && servedCount(state) >= uploadSlots(state)) return;
  rechoke(state);
}

/** Many times a second: while a slot is idle, another is lent to somebody that waits. */
export function lendSlots(state: SwarmState): void {
  if (state.policies.idleSlots === 'kept' || isDone(state)) return;
  for (const session of readySessions(state)) {
    if (!isIdle(session)) continue;
    rechoke(state);
    return;
  }
}

/** Once a second: more slots while the uplink is not full, fewer when it is. */
export function reviewSlots(state: SwarmState): void {
  const { uploadSlots: slots, choking, policies } = state;
  if (policies.uploadSlots === 'five' || policies.choking === 'everybody') return;
  const served = readySessions(state).filter(({ isUnchoked }) => isUnchoked);
  const busy = served.filter(({ uploads }) => uploads.isSending);
  slots.review({ count: served.length, busy: busy.length, getFirstCopies: state.firstCopies !== null }, state.now);
  const regularSlots = slots.count - OPTIMISTIC_SLOTS;
  if (regularSlots === choking.regularSlots) return;
  choking.regularSlots = regularSlots;
  rechoke(state);
}

/** A neighbour asks for a block of a piece we have and it may get. */
export function enqueue(state: SwarmState, session: PeerSession, block: BlockRef): void {
  const isFirst = session.servedBytes === 0 && session.uploads.size === 0 && !session.uploads.isSending;
  if (isFirst) state.uploadSlots.asked(state.now - session.servedSince);
  if (session.uploads.add(block)) pump(state, session);
  else reject(state, session, block);
}

/** Hands blocks to the transport while its buffer has room, and has those that come next made ready. */
export function pump(state: SwarmState, session: PeerSession): void {
  handOver(state, session);
  const next = session.uploads.ahead(PREPARE_PLACES);
  if (next === null || next.piece === session.uploads.prepared || state.torrent?.verified.has(next.piece) !== true)
    return;
  session.uploads.prepared = next.piece;
  state.effects.push({ kind: 'prepare-piece', piece: next.piece });
}

function handOver(state: SwarmState, session: PeerSession): void {
  const { uploads } = session;
  while (uploads.hasRoom(state.now, state.lateness.ms)) {
    if (uploads.size === 0 || !state.caps.upload.admits(session.link, state.now)) return;
    const block = present(uploads.next(), 'a waiting request');
    state.caps.upload.take(block.length);
    uploads.handedOver(block.length, state.now);
    if (session.amInterested) session.takenBytes += block.length;
    session.lastSentAt = state.now;
    state.firstCopies?.sent(session.link, block.piece, block.length, state.now);
    state.effects.push({ kind: 'send-block', link: session.link, block });
  }
}

/** Blocks left the send buffer. */
export function blocksSent(state: SwarmState, session: PeerSession, bytes: number): void {
  session.uploads.sent(bytes, state.now);
  session.servedBytes += bytes;
  session.lastServedAt = state.now;
  session.sent.add(bytes, state.now);
  state.sent.add(bytes, state.now);
  state.uploadSlots.sent(bytes, state.now);
  pump(state, session);
  if (!session.isUnchoked) return;
  if (isFirstRound(state) && session.servedBytes >= FIRST_QUOTA_BYTES) {
    rechoke(state);
    return;
  }
  const hasHadItsTurn = session.uploads.size === 0 && session.servedBytes >= quotaBytes(state, NOTHING_DUE);
  if (hasHadItsTurn || (isDebtor(state, session) && !isDone(state))) rechoke(state);
}

/** Says no to a request, where the neighbour understands it (BEP 6). */
export function reject(state: SwarmState, session: PeerSession, block: BlockRef): void {
  if (session.supportsFast) send(state, session, { kind: 'reject', block });
}

/** Whether the neighbour has used up what it may take of us. */
export function isDebtor({ policies }: SwarmState, session: PeerSession): boolean {
  return policies.credit === 'on' && isInDebt(session.takenBytes, session.received.total);
}

/** Nobody has shown yet how much it gives. */
function isFirstRound({ policies, firstBlockAt, now }: SwarmState): boolean {
  return policies.firstRound === 'by-need' && (firstBlockAt === null || now - firstBlockAt < FIRST_ROUND_MS);
}

function isIdle({ isUnchoked, uploads }: PeerSession): boolean {
  return isUnchoked && uploads.size === 0 && !uploads.isSending;
}

function choke(state: SwarmState, session: PeerSession): void {
  session.isUnchoked = false;
  session.isOptimistic = false;
  session.servedSince = state.now;
  send(state, session, { kind: 'choke' });
  for (const block of session.uploads.clear()) reject(state, session, block);
}

function unchoke(state: SwarmState, session: PeerSession): void {
  // Nobody looked for idle slots while nobody was served; the rhythm is kept.
  if (state.lendingAt < state.now)
    state.lendingAt += LENDING_MS * Math.ceil((state.now - state.lendingAt) / LENDING_MS);
  session.isUnchoked = true;
  session.servedSince = state.now;
  session.servedBytes = 0;
  send(state, session, { kind: 'unchoke' });
  tellAllPartials(state, session);
}

/** First copies leave one piece at a time; after that a slot is kept for longer, and judged in rounds. */
function quotaBytes({ firstCopies, torrent }: SwarmState, due: Due): number {
  if (firstCopies !== null && torrent !== null) return torrent.geometry.pieceLength;
  return due.isRoundDue ? SEED_QUOTA_BYTES : Number.POSITIVE_INFINITY;
}

function isNearlyDone({ torrent }: SwarmState, { pieces }: PeerSession): boolean {
  return torrent !== null && pieces !== null && torrent.geometry.pieceCount - pieces.count <= NEARLY_DONE_PIECES;
}

function servedCount(state: SwarmState): number {
  let served = 0;
  for (const session of readySessions(state)) if (session.isUnchoked) served += 1;
  return served;
}

function candidateOf(state: SwarmState, session: PeerSession): ChokeCandidate {
  const isRankedByTaking = state.policies.seeding === 'fastest-first' && isDone(state);
  return {
    link: session.link,
    isInterested: session.isInterested,
    isSnubbed: session.window.isSnubbed,
    pieces: (session.pieces?.count ?? 0) + session.partials.size / 2,
    isNearlyDone: isNearlyDone(state, session),
    givingRate: (isRankedByTaking ? session.sent : session.received).rate(state.now),
    isUnchoked: session.isUnchoked,
    isIdle: isIdle(session),
    since: session.servedSince,
    servedBytes: session.servedBytes,
    isInDebt: isDebtor(state, session),
    connectedAt: session.openedAt,
    unspread: state.firstCopies?.unspread(session.link) ?? 0,
  };
}

/**
 * Being the only one that has the file: which pieces to show to whom, until each has left once (super-seeding, BEP 16; "slow seed",
 * Legout 2007, 5.3). The steps behind several handlers.
 */
import { seconds } from '../base/time.ts';
import type { PieceIndex } from '../wire/ids.ts';
import type { PeerSession } from './peers/peer-session.ts';
import { FirstCopies } from './pieces/first-copies.ts';
import { allPieces, pieceBytes } from './pieces/geometry.ts';
import { isComplete, readySessions, send, type SwarmState, type Torrent, uploadSlots } from './swarm-state.ts';

/** Neighbours beyond the slots that are shown a piece, so that one is interested when a slot falls free. */
const IN_LINE_EXTRA = 3;

/** Pieces that a served neighbour was shown and has not got, at least: one on its way and one to follow. */
const PROMISED_MIN = 2;

/** A neighbour that is alone for so long is shown everything. */
const ALONE_MS = seconds(1);

/** A piece is out when more than this share of the neighbours say they have it, and more than one: a few may lie. */
const OUT_SHARE = 1 / 4;

/** When nobody has fetched anything for so long, and nobody new came, nothing is hidden any more. */
const IDLE_SEED_MS = seconds(3);

/** Whether a new neighbour is told about all our pieces at once. If not, `showPieces` shows it some. */
export function showsAll(state: SwarmState): boolean {
  if (state.policies.seeding !== 'first-copies') return true;
  if (!isComplete(state) || state.torrent === null || state.torrent.geometry.pieceCount === 0) return true;
  if (state.firstCopies === null && !state.hasGivenCopy && !hasOtherSeed(state)) {
    state.firstCopies = new FirstCopies(allPieces(state.torrent.geometry), state.random);
  }
  return state.firstCopies === null;
}

/** Shows more pieces to the neighbours in line, as they get what they were shown. */
export function showPieces(state: SwarmState): void {
  const { firstCopies, torrent } = state;
  if (firstCopies === null || torrent === null) return;
  if (firstCopies.isDone || hasOtherSeed(state)) {
    showEverything(state, torrent);
    return;
  }
  let places = uploadSlots(state) + IN_LINE_EXTRA;
  for (const session of inLine(state)) {
    if (places === 0) return;
    places -= 1;
    showTo(state, torrent, firstCopies, session);
  }
}

/** The neighbour got a piece. */
export function pieceArrived(state: SwarmState, session: PeerSession, piece: PieceIndex): void {
  const { firstCopies, torrent } = state;
  if (firstCopies === null || torrent === null) return;
  firstCopies.arrived(session.link, piece, state.now);
  if (session.isUnchoked) showTo(state, torrent, firstCopies, session);
  if (firstCopies.isDone) showEverything(state, torrent);
}

/**
 * Once a second: a neighbour that stays alone is shown everything, since nobody else could get it twice. And an idle seed hides
 * nothing: whoever was promised a piece and does not fetch it, or lies about what it has, must not keep it from the others.
 */
export function reviewPromises(state: SwarmState): void {
  const { firstCopies, torrent } = state;
  if (firstCopies === null || torrent === null) return;
  const leechers = readySessions(state).filter((session) => session.pieces?.isFull !== true);
  const quietSince = leechers.reduce(
    (latest, { openedAt, lastServedAt }) => Math.max(latest, openedAt, lastServedAt),
    0,
  );
  if (leechers.length > 0 && state.now - quietSince >= IDLE_SEED_MS) {
    showEverything(state, torrent);
    return;
  }
  firstCopies.recall(state.now);
  if (leechers.length === 1 && state.now - leechers[0].openedAt >= ALONE_MS) showAllTo(state, torrent, leechers[0]);
  showPieces(state);
}

/** It knows what it wants: a piece that it was not shown may be the very one that somebody waits for. */
export function hideNothingFrom(state: SwarmState, session: PeerSession): void {
  if (state.firstCopies !== null && state.torrent !== null) showAllTo(state, state.torrent, session);
}

function showTo(state: SwarmState, torrent: Torrent, firstCopies: FirstCopies, session: PeerSession): void {
  if (session.isShownAll) return;
  while (wantsPromise(state, torrent, firstCopies, session)) {
    const piece = firstCopies.promise(
      session.link,
      (candidate) => pieceBytes(torrent.geometry, candidate),
      (candidate) => isOutOrLost(state, torrent, candidate),
    );
    if (piece === null) return;
    show(state, session, piece);
  }
}

/** In a crowd each gets one piece in its turn. A few are each shown as much as they take in a second. */
function wantsPromise(state: SwarmState, torrent: Torrent, firstCopies: FirstCopies, session: PeerSession): boolean {
  const { link } = session;
  const isCrowd = readySessions(state).length > uploadSlots(state);
  if (!session.isUnchoked || isCrowd) return firstCopies.promisedTo(link) === 0;
  const perSecond = session.sent.rate(state.now) / torrent.geometry.pieceLength;
  return firstCopies.unsentTo(link) < Math.max(PROMISED_MIN, Math.ceil(perSecond) + 1);
}

function showEverything(state: SwarmState, torrent: Torrent): void {
  state.firstCopies = null;
  state.hasGivenCopy = true;
  for (const session of readySessions(state)) showAllTo(state, torrent, session);
}

function showAllTo(state: SwarmState, torrent: Torrent, session: PeerSession): void {
  if (session.isShownAll) return;
  for (const piece of torrent.verified.pieces()) show(state, session, piece);
  session.isShownAll = true;
}

function show(state: SwarmState, session: PeerSession, piece: PieceIndex): void {
  if (session.pieces?.has(piece) !== true) send(state, session, { kind: 'have', piece });
}

/** Nobody need be shown a piece that others have, nor one that could not be read any more. */
function isOutOrLost({ sessions }: SwarmState, { availability, verified }: Torrent, piece: PieceIndex): boolean {
  return availability.copies(piece) > Math.max(1, sessions.size * OUT_SHARE) || !verified.has(piece);
}

/** Those that are served, then those that were shown something, then the others, the longest connected first. */
function inLine(state: SwarmState): PeerSession[] {
  const leechers = readySessions(state).filter((session) => session.pieces?.isFull !== true);
  const rank = (session: PeerSession): number => (session.isUnchoked ? 0 : session.isInterested ? 1 : 2);
  const unspread = (session: PeerSession): number => state.firstCopies?.unspread(session.link) ?? 0;
  return leechers.sort((a, b) => rank(a) - rank(b) || unspread(a) - unspread(b) || a.servedSince - b.servedSince);
}

function hasOtherSeed(state: SwarmState): boolean {
  if (state.swarmCounts !== null && state.swarmCounts.complete > 1) return true;
  for (const session of readySessions(state)) if (session.pieces?.isFull === true) return true;
  return false;
}

/** Links come and go: calls made and taken, the handshake, double links, and the end. */
import { seconds } from '../base/time.ts';
import type { PeerId } from '../wire/ids.ts';
import { REQUEST_QUEUE_MAX } from '../wire/limits.ts';
import type { PeerMessage } from '../wire/peer-message.ts';
import type { OfferId } from '../wire/signal-message.ts';
import { forgetParts } from './partials.ts';
import { type Attempt, callsToMake, keepsLink, linksMax } from './peers/dialer.ts';
import { isUseless, leastUseful, type LinkUse } from './peers/link-use.ts';
import { openSession, type PeerSession } from './peers/peer-session.ts';
import { fillAll, releaseRequests } from './requesting.ts';
import { showPieces, showsAll } from './seeding.ts';
import { rechoke } from './serving.ts';
import type { LinkId, LinkRoute } from './swarm-io.ts';
import { isComplete, isDone, readySessions, send, type SwarmState } from './swarm-state.ts';

/** A link this old is not one of two made at the same time: a new offer means that the other side lost it. */
const FRESH_LINK_MS = seconds(10);

/** Names kept for later calls. */
export const NAMED_MAX = 200;

/** Our name and version in the extended handshake (BEP 10 `v`). */
const CLIENT = 'Tabswarm 0.1';

/** Calls as many of the named peers as we want links. */
export function callNamed(state: SwarmState): void {
  let calls = Math.min(callsToMake(usefulLinks(state), state.policies), linksMax(state.policies) - linkCount(state));
  const later: PeerId[] = [];
  while (calls > 0 && state.named.length > 0) {
    const peer = state.named.pop() as PeerId;
    if (!mayLink(state, peer) || isLinked(state, peer)) continue;
    if (!state.dialer.mayCall(peer, state.now)) {
      later.push(peer);
      continue;
    }
    const link = newLink(state);
    state.dialer.begin({ link, peer, isOurs: true, startedAt: state.now });
    state.effects.push({ kind: 'dial', link, peer });
    calls -= 1;
  }
  state.named.unshift(...later);
}

export function offerReceived(state: SwarmState, peer: PeerId, offerId: OfferId): void {
  if (!mayLink(state, peer) || !givesWay(state, peer)) {
    state.effects.push({ kind: 'ignore-offer', offerId });
    return;
  }
  if (linkCount(state) >= linksMax(state.policies) && !makesRoom(state)) {
    const isDeclined = state.policies.declining === 'on';
    state.effects.push(isDeclined ? { kind: 'decline-offer', peer, offerId } : { kind: 'ignore-offer', offerId });
    return;
  }
  const link = newLink(state);
  state.dialer.begin({ link, peer, isOurs: false, startedAt: state.now });
  state.effects.push({ kind: 'accept-offer', link, peer, offerId });
}

/** Takes an answer to an offer to anybody, unless there is a link to this peer already, or no room. */
export function callAnswered(state: SwarmState, link: LinkId, peer: PeerId): void {
  const rival = state.dialer.attemptAt(peer);
  const isWanted = mayLink(state, peer) && !isOpen(state, peer) && linkCount(state) < linksMax(state.policies);
  if (!isWanted || (rival !== null && (rival.isOurs || !keepsLink(true, state.self, peer, state.policies)))) {
    state.effects.push({ kind: 'close-link', link });
    return;
  }
  if (rival !== null) abandonAttempt(state, rival.link);
  state.dialer.begin({ link, peer, isOurs: true, startedAt: state.now });
  state.effects.push({ kind: 'complete-call', link });
}

export function linkOpened(state: SwarmState, link: LinkId): void {
  const attempt = state.dialer.end(link);
  if (attempt === null) return;
  state.dialer.succeeded(attempt.peer);
  const session = openSession(attempt, state);
  if (state.sessions.size === 0) state.lendingAt = state.now;
  state.sessions.set(link, session);
  send(state, session, {
    kind: 'handshake',
    infoHash: state.infoHash,
    peerId: state.self,
    supportsFast: true,
    supportsExtensions: true,
  });
}

/** Only for a person to see: whichever way it goes, a link is treated like every other. */
export function linkRouted(state: SwarmState, link: LinkId, route: LinkRoute): void {
  const session = state.sessions.get(link);
  if (session !== undefined) session.route = route;
}

/** The link ended from outside. */
export function linkClosed(state: SwarmState, link: LinkId): void {
  const attempt = state.dialer.end(link);
  if (attempt !== null) callFailed(state, attempt);
  const session = state.sessions.get(link);
  if (session !== undefined) forget(state, session);
  callNamed(state);
}

/**
 * We call later, after those who were not called yet; also when the call was not ours, since a stock client calls nobody before it next
 * announces.
 */
export function callFailed(state: SwarmState, { peer }: Attempt): void {
  state.dialer.failed(peer, state.now);
  if (state.named.length < NAMED_MAX) state.named.unshift(peer);
}

/** We end the link. */
export function closeLink(state: SwarmState, session: PeerSession): void {
  state.effects.push({ kind: 'close-link', link: session.link });
  forget(state, session);
}

/** The attempt takes too long, or is not wanted any more. */
export function abandonAttempt(state: SwarmState, link: LinkId): void {
  state.dialer.end(link);
  state.effects.push({ kind: 'close-link', link });
}

/** Its handshake: the right swarm, the right peer, and not a second link to one we have. Then we tell what we have. */
export function handshakeReceived(
  state: SwarmState,
  session: PeerSession,
  handshake: PeerMessage & { kind: 'handshake' },
): void {
  const isExpected = handshake.infoHash === state.infoHash && handshake.peerId === session.peer;
  if (!isExpected || session.isReady || !winsOverTwins(state, session)) {
    closeLink(state, session);
    return;
  }
  session.isReady = true;
  session.supportsFast = handshake.supportsFast;
  session.supportsExtensions = handshake.supportsExtensions;
  sendExtendedHandshake(state, session);
  sendPieces(state, session);
}

/** What we can do, and how long the info dictionary is, if we have it (BEP 10, BEP 9). */
export function sendExtendedHandshake(state: SwarmState, session: PeerSession): void {
  if (!session.supportsExtensions) return;
  send(state, session, {
    kind: 'extended-handshake',
    handshake: {
      hasMetadataExtension: true,
      hasDontHaveExtension: true,
      hasPartialExtension: true,
      metadataBytes: state.torrent?.metainfo.infoBytes.byteLength ?? null,
      requestQueueMax: REQUEST_QUEUE_MAX,
      isChoosy: state.torrent?.wishes.isChoosy ?? false,
      client: CLIENT,
    },
  });
}

/** A peer that may not be linked with any more: its links end. */
export function banPeer(state: SwarmState, peer: PeerId): void {
  state.blame.ban(peer);
  for (const session of state.sessions.values()) if (session.peer === peer) closeLink(state, session);
  for (const attempt of state.dialer.all()) if (attempt.peer === peer) abandonAttempt(state, attempt.link);
}

/** BEP 6: exactly one of bitfield, have-all and have-none; BEP 3: a bitfield, unless it is empty. */
function sendPieces(state: SwarmState, session: PeerSession): void {
  const verified = state.torrent?.verified ?? null;
  session.isShownAll = showsAll(state);
  if (!session.isShownAll) {
    if (session.supportsFast) send(state, session, { kind: 'have-none' });
    showPieces(state);
  } else if (session.supportsFast && isComplete(state)) send(state, session, { kind: 'have-all' });
  else if (verified !== null && verified.count > 0) send(state, session, { kind: 'bitfield', bits: verified.toWire() });
  else if (session.supportsFast) send(state, session, { kind: 'have-none' });
}

function forget(state: SwarmState, session: PeerSession): void {
  releaseRequests(state, session);
  for (const partial of state.torrent?.open.values() ?? [])
    if (partial.digestsFrom === session) partial.digestsFrom = null;
  state.sessions.delete(session.link);
  const { torrent } = state;
  if (torrent !== null && session.pieces !== null) {
    if (session.isCountedAsSeed) torrent.availability.removeSeed();
    else torrent.availability.removeAll(session.pieces);
    forgetParts(torrent, session);
  }
  state.metadata.end(session.link);
  state.firstCopies?.takeBack(session.link);
  if (state.choking.optimistic === session.link) state.choking.optimistic = null;
  if (session.isUnchoked) rechoke(state);
  fillAll(state);
}

/** Whether an offer by `peer` is to be taken, as far as other links to it matter. Those that lose are given up. */
function givesWay(state: SwarmState, peer: PeerId): boolean {
  for (const session of state.sessions.values()) {
    const isFresh = state.now - session.openedAt < FRESH_LINK_MS;
    if (session.peer === peer && isFresh && keepsLink(session.isOurs, state.self, peer, state.policies)) return false;
  }
  const attempt = state.dialer.attemptAt(peer);
  if (attempt === null) return true;
  if (attempt.isOurs && keepsLink(true, state.self, peer, state.policies)) return false;
  abandonAttempt(state, attempt.link);
  return true;
}

/** Two open links to one peer: the older one is stale, or both came at once and the lower initiator's stays. */
function winsOverTwins(state: SwarmState, session: PeerSession): boolean {
  for (const twin of state.sessions.values()) {
    if (twin === session || twin.peer !== session.peer) continue;
    const isFresh = state.now - twin.openedAt < FRESH_LINK_MS && twin.isOurs !== session.isOurs;
    if (isFresh && keepsLink(twin.isOurs, state.self, twin.peer, state.policies)) return false;
    closeLink(state, twin);
  }
  return true;
}

/** Ends the link that is of least use; false when all are of use. */
function makesRoom(state: SwarmState): boolean {
  if (state.policies.upkeep === 'off') return false;
  const link = leastUseful(
    readySessions(state).map((session) => useOf(state, session)),
    state.now,
  );
  const session = link === null ? undefined : state.sessions.get(link);
  if (session === undefined) return false;
  closeLink(state, session);
  return true;
}

function useOf(state: SwarmState, { link, pieces, openedAt, lastGaveAt, lastServedAt }: PeerSession): LinkUse {
  const areBothComplete = isDone(state) && pieces?.isFull === true;
  return { link, areBothComplete, movedAt: Math.max(openedAt, lastGaveAt, lastServedAt) };
}

function mayLink(state: SwarmState, peer: PeerId): boolean {
  return !state.isStopped && peer !== state.self && !state.blame.isBanned(peer);
}

function isLinked(state: SwarmState, peer: PeerId): boolean {
  return isOpen(state, peer) || state.dialer.attemptAt(peer) !== null;
}

function isOpen(state: SwarmState, peer: PeerId): boolean {
  for (const session of state.sessions.values()) if (session.peer === peer) return true;
  return false;
}

export function linkCount(state: SwarmState): number {
  return state.sessions.size + state.dialer.attempts;
}

/** Links that count when we seek others. A peer that lacks nothing seeks none in place of useless ones: those that lack something call it. */
export function usefulLinks(state: SwarmState): number {
  if (isDone(state) || state.policies.upkeep === 'off') return linkCount(state);
  let useless = 0;
  for (const session of readySessions(state)) useless += Number(isUseless(useOf(state, session), state.now));
  return linkCount(state) - useless;
}

function newLink(state: SwarmState): LinkId {
  state.nextLink += 1;
  return state.nextLink as LinkId;
}

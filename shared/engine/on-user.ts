/** What the person wants. */
import { sendExtendedHandshake } from './on-link.ts';
import { countWanted } from './on-pieces.ts';
import { announce } from './on-signal.ts';
import type { Wishes } from './pieces/wishes.ts';
import { forgetPart, forgetParts } from './partials.ts';
import { dropPiece, fill, fillAll, releaseRequests, updateInterest } from './requesting.ts';
import { pump, rechoke } from './serving.ts';
import type { RateLimits } from '../base/rate-limits.ts';
import { readySessions, type SwarmState } from './swarm-state.ts';

/** Caps what flows. Whoever waited for the old caps goes on as the new ones allow. */
export function limitsSet(state: SwarmState, { upload, download }: RateLimits): void {
  const wasShut = state.caps.upload.isShut;
  state.caps.upload.limit(upload, state.now);
  state.caps.download.limit(download, state.now);
  if (state.caps.upload.isShut !== wasShut) rechoke(state);
  goOn(state);
}

/** Blocks and requests that waited for the caps go out, as far as these allow now: each link in its turn. */
export function goOn(state: SwarmState): void {
  for (const link of state.caps.upload.release(state.now)) {
    const session = state.sessions.get(link);
    if (session !== undefined) pump(state, session);
  }
  for (const link of state.caps.download.release(state.now)) {
    const session = state.sessions.get(link);
    if (session !== undefined) fill(state, session);
  }
}

/**
 * Wants other pieces, or some before others. What is being fetched in vain is dropped; what is here stays, and is served. Does
 * nothing before the info dictionary is here.
 */
export function wishesSet(state: SwarmState, wishes: Wishes): void {
  const { torrent } = state;
  if (torrent === null) return;
  const { availability, open } = torrent;
  const wasChoosy = torrent.wishes.isChoosy;
  for (const piece of torrent.wishes.change(wishes, torrent.verified)) {
    if (!torrent.wishes.lacking.has(piece)) availability.exclude(piece);
    else if (!open.has(piece)) availability.include(piece);
  }
  for (const partial of open.values()) {
    if (!partial.isWhole && !torrent.wishes.lacking.has(partial.piece)) dropPiece(state, torrent, partial);
  }
  for (const session of state.sessions.values()) {
    if (session.pieces === null) continue;
    countWanted(torrent, session, session.pieces);
    for (const piece of session.partials.keys()) {
      if (!torrent.wishes.lacking.has(piece)) forgetPart(torrent, session, piece);
    }
    updateInterest(state, session);
  }
  if (torrent.wishes.isChoosy && !wasChoosy) {
    for (const session of readySessions(state)) sendExtendedHandshake(state, session);
  }
  rechoke(state);
  fillAll(state);
}

/** Leaves the swarm: says so, ends every link, and wants nothing more. */
export function stopped(state: SwarmState): void {
  announce(state, 'stopped');
  state.isStopped = true;
  for (const { link } of state.dialer.all()) {
    state.dialer.end(link);
    state.effects.push({ kind: 'close-link', link });
  }
  for (const session of state.sessions.values()) {
    releaseRequests(state, session);
    if (state.torrent !== null) forgetParts(state.torrent, session);
    state.effects.push({ kind: 'close-link', link: session.link });
  }
  state.sessions.clear();
  state.announcer.stop();
}

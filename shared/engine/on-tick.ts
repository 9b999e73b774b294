/** What time brings: announces, silence noticed, rounds of choking, second tries. */
import { seconds } from '../base/time.ts';
import { KEEP_ALIVE_MS, NEIGHBOUR_SILENCE_MAX_MS } from '../wire/limits.ts';
import { abandonAttempt, callFailed, callNamed, closeLink } from './on-link.ts';
import { seekMetadata } from './on-metadata.ts';
import { announce, connectSignal } from './on-signal.ts';
import { retryStorage } from './on-storage.ts';
import { OPTIMISTIC_MS, ROUND_MS } from './peers/choker.ts';
import { goOn } from './on-user.ts';
import { tellPartials } from './partials.ts';
import type { PeerSession } from './peers/peer-session.ts';
import { snubAfterMs } from './peers/request-window.ts';
import { blockAt } from './pieces/geometry.ts';
import { fillAll, releaseRequests, requestPlaces } from './requesting.ts';
import { reviewPromises } from './seeding.ts';
import { LENDING_MS, lendSlots, rechoke, reviewSlots } from './serving.ts';
import { looksForIdleSlots, send, UPKEEP_MS, type SwarmState } from './swarm-state.ts';
import { BLOCK_BYTES } from '../wire/limits.ts';

/** A neighbour whose handshake takes longer is none. */
const HANDSHAKE_TIMEOUT_MS = seconds(25);

/** After a choke, what was neither sent nor rejected for so long is not waited for any more. */
const REJECTS_MS = seconds(5);

/** No alarm for so long, with neighbours at hand, means that we slept. */
export const SLEPT_MS = seconds(5);

/** Does what is due. */
export function woke(state: SwarmState): void {
  const { announcer } = state;
  if (state.now >= announcer.dueAt) {
    if (announcer.state === 'waiting') connectSignal(state);
    else announce(state, 'update');
  }
  if (state.storageRetryAt !== null && state.now >= state.storageRetryAt) retryStorage(state);
  if (state.now >= state.telling.at) tellPartials(state);
  if (state.now >= state.lendingAt && looksForIdleSlots(state)) {
    state.lateness.woken(state.lendingAt, state.now);
    state.lendingAt = state.now + LENDING_MS;
    lendSlots(state);
  }
  if (state.now >= state.upkeepAt) upkeep(state);
  goOn(state);
}

/** We slept (a closed laptop, a frozen tab): nobody is blamed for the silence, and measuring begins anew. */
export function restartWindows(state: SwarmState): void {
  state.dialer.restart(state.now);
  for (const session of state.sessions.values()) {
    session.lastHeardAt = state.now;
    session.window.restart(state.now);
    session.received.restart(state.now);
    session.sent.restart(state.now);
  }
  state.received.restart(state.now);
  state.arriving.restart(state.now);
  state.sent.restart(state.now);
  state.uploadSlots.restart(state.now);
}

function upkeep(state: SwarmState): void {
  state.upkeepAt = state.now + UPKEEP_MS;
  for (const attempt of state.dialer.overdue(state.now)) {
    abandonAttempt(state, attempt.link);
    callFailed(state, attempt);
  }
  for (const session of state.sessions.values()) lookAt(state, session);
  callNamed(state);
  seekMetadata(state);
  reviewSlots(state);
  roundOfChoking(state);
  reviewPromises(state);
  fillAll(state);
}

function lookAt(state: SwarmState, session: PeerSession): void {
  const isLate = !session.isReady && state.now - session.lastHeardAt >= HANDSHAKE_TIMEOUT_MS;
  if (isLate || state.now - session.lastHeardAt >= NEIGHBOUR_SILENCE_MAX_MS) {
    closeLink(state, session);
    return;
  }
  if (state.now - session.lastSentAt >= KEEP_ALIVE_MS) send(state, session, { kind: 'keep-alive' });
  const isOverdue = !session.unchokesUs && state.now - session.chokedUsAt >= REJECTS_MS;
  if (isOverdue && session.window.size > 0) releaseRequests(state, session);
  const patienceMs = snubAfterMs(state.blockMs.value, session.pace.answerMs);
  const isSnub = state.policies.antiSnubbing !== 'off' && session.window.judgeSilence(state.now, patienceMs);
  if (isSnub) giveUpRequests(state, session);
}

/** The neighbour snubs us: others are asked for its blocks, and it for one at a time until it answers. */
function giveUpRequests(state: SwarmState, session: PeerSession): void {
  const { torrent } = state;
  if (torrent === null) return;
  for (const { piece, offset } of requestPlaces(torrent, session)) {
    send(state, session, { kind: 'cancel', block: blockAt(torrent.geometry, piece, offset / BLOCK_BYTES) });
  }
  releaseRequests(state, session);
}

function roundOfChoking(state: SwarmState): void {
  const { choking } = state;
  const isRoundDue = state.now >= choking.nextRoundAt;
  const isOptimisticDue = state.now >= choking.nextLuckAt;
  if (isRoundDue) choking.nextRoundAt = state.now + ROUND_MS;
  if (isOptimisticDue) choking.nextLuckAt = state.now + OPTIMISTIC_MS;
  if (isRoundDue || isOptimisticDue) rechoke(state, { isRoundDue, isOptimisticDue });
}

/** What the signal server says, and what we tell it. */
import type { Millis } from '../base/time.ts';
import type { PeerId } from '../wire/ids.ts';
import { NEIGHBOURS_WANTED } from '../wire/limits.ts';
import type { AnnounceEvent } from '../wire/signal-message.ts';
import type { SignalEnd } from './announcer.ts';
import { callNamed, NAMED_MAX, usefulLinks } from './on-link.ts';
import { linksSought } from './peers/dialer.ts';
import { isDone, leftBytes, type SwarmState } from './swarm-state.ts';

export function connectSignal(state: SwarmState): void {
  state.announcer.connecting();
  state.effects.push({ kind: 'connect-signal' });
}

export function signalOpened(state: SwarmState): void {
  state.announcer.opened(state.now);
  announce(state, 'started');
}

export function signalClosed(state: SwarmState, end: SignalEnd): void {
  state.announcer.closed(end, state.now, state.random);
}

/** Tells the server about us, if it is there. */
export function announce(state: SwarmState, event: AnnounceEvent): void {
  if (state.announcer.state !== 'open') return;
  state.announcer.announced(state.now);
  state.effects.push({
    kind: 'announce',
    event,
    uploaded: state.sent.total,
    downloaded: state.received.total,
    left: leftBytes(state),
    neighboursWanted: event === 'stopped' || usefulLinks(state) >= linksSought(state.policies) ? 0 : NEIGHBOURS_WANTED,
  });
}

/** The server's answer: how many there are, and whom we may call. */
export function announced(
  state: SwarmState,
  answer: {
    readonly interval: Millis;
    readonly complete: number;
    readonly incomplete: number;
    readonly neighbours: readonly PeerId[] | null;
  },
): void {
  state.swarmCounts = { complete: answer.complete, incomplete: answer.incomplete };
  const named = new Set(answer.neighbours ?? []);
  state.named = [...state.named.filter((peer) => !named.has(peer)), ...named].slice(-NAMED_MAX);
  callNamed(state);
  state.announcer.answered(answer.interval, isLonely(state), state.now);
  if (answer.neighbours === null) state.announcer.offerToAnybody(state.now);
}

export function announceRefused(state: SwarmState, reason: string): void {
  state.announcer.refused(reason, state.now);
}

/** Whether we lack neighbours that the swarm could give us. */
function isLonely(state: SwarmState): boolean {
  if (isDone(state) || state.swarmCounts === null) return false;
  const others = state.swarmCounts.complete + state.swarmCounts.incomplete - 1;
  return state.sessions.size < Math.min(others, linksSought(state.policies));
}

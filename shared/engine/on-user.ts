/** What the person wants. */
import { announce } from './on-signal.ts';
import { releaseRequests } from './requesting.ts';
import type { SwarmState } from './swarm-state.ts';

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
    state.effects.push({ kind: 'close-link', link: session.link });
  }
  state.sessions.clear();
  state.announcer.stop();
}

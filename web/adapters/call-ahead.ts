/**
 * A call that is begun before anybody is known to call: its offer takes the browser a tenth of a second, and longer where a STUN server
 * is asked, which pass while the tab opens its store and hears of its neighbours. A tab has one at most.
 */
import type SimplePeer from 'simple-peer';

import { seconds } from '../../shared/base/time.ts';
import type { ConnectionBudget } from './connection-budget.ts';
import { beginPeer, endPeer } from './peer-connection.ts';

/** A connection that makes, or has made, an offer to anybody. */
export interface Call {
  readonly peer: SimplePeer;
  /** null until it is described. */
  sdp: string | null;
}

/** Who hears of nobody so soon is alone for now. Routers keep a way in open for longer (RFC 4787: two minutes). */
const KEPT_MS = seconds(10);

let ahead: { readonly call: Call; readonly letGo: () => void } | null = null;

/** Begins a call, unless one is at hand or the tab may make no more. It is ended when nobody takes it. */
export function callAhead(budget: ConnectionBudget, iceServers: readonly RTCIceServer[]): void {
  if (ahead !== null || !budget.take()) return;
  const call: Call = { peer: beginPeer(true, iceServers), sdp: null };
  call.peer.on('signal', ({ sdp = null }) => (call.sdp = sdp));
  const timer = setTimeout(() => {
    takeCall();
    endPeer(call.peer);
  }, KEPT_MS);
  const letGo = (): void => {
    clearTimeout(timer);
    budget.release();
  };
  ahead = { call, letGo };
}

/** The call, whose place in the budget is then free; null when there is none that could lead to anybody. */
export function takeCall(): Call | null {
  if (ahead === null) return null;
  const { call, letGo } = ahead;
  ahead = null;
  letGo();
  return call.peer._pc ? call : null;
}

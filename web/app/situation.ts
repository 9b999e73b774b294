/** The one thing a swarm's screen is about at a moment: what is going on, or what is waited for. Pure rules over a reading. */
import { seconds, type Millis } from '../../shared/base/time.ts';
import type { Snapshot } from '../../shared/engine/snapshot.ts';
import type { Phase, Reading, Shortage } from './reading.ts';

/** Why nobody new can be found at present. The server is needed only for that. */
export type ServerTrouble =
  /** It cannot be reached; null: an attempt is under way. */
  | { readonly kind: 'server-gone'; readonly retryIn: Millis | null }
  /** It answers, but with a refusal; `reason` is its own. */
  | { readonly kind: 'server-refuses'; readonly reason: string };

export type Situation =
  | { readonly kind: 'opening' }
  | { readonly kind: 'no-webrtc' }
  | { readonly kind: 'no-storage'; readonly reason: string }
  | { readonly kind: 'crashed'; readonly reason: string }
  | { readonly kind: 'stopped'; readonly isWhole: boolean }
  | { readonly kind: 'connecting-to-server' }
  | ServerTrouble
  /** Nobody else is in the swarm, as the server knows. Also what a link with a wrong digit looks like. */
  | { readonly kind: 'nobody-here'; readonly isLong: boolean }
  /** Others are there, but no connection stands yet. */
  | { readonly kind: 'connecting-to-people'; readonly isLong: boolean }
  /** Connected; the neighbours have not said yet what they have. */
  | { readonly kind: 'just-connected' }
  | { readonly kind: 'finding-name' }
  /** All who have what we lack serve others first. */
  | { readonly kind: 'waiting-for-turn' }
  /**
   * Nobody connected shows a piece that we lack. A seed that is alone hides most of what it has (BEP 16), so more may come;
   * `isStuck` when nothing speaks for that any more.
   */
  | { readonly kind: 'waiting-for-pieces'; readonly isStuck: boolean }
  | { readonly kind: 'downloading' }
  /** What is still to come does not fit, and waits. In bytes. */
  | ({ readonly kind: 'no-room' } & Shortage)
  /** The person wants none of the files. */
  | { readonly kind: 'nothing-chosen' }
  /** What the link names cannot be fetched, whoever has it. */
  | { readonly kind: 'unusable-link'; readonly reason: string }
  /** Pieces arrive, but cannot be put on disk. */
  | { readonly kind: 'storage-full'; readonly reason: string }
  /** Everything arrived; the last pieces are being put on disk. */
  | { readonly kind: 'storing' }
  /** A receiver has everything. */
  | { readonly kind: 'complete' }
  /** A sharer has everything. */
  | { readonly kind: 'sharing' };

/** How long nothing got on, and whether that is long enough for stronger advice. */
export interface Wait {
  readonly waitedMs: Millis;
  readonly isLong: boolean;
}

/** Neighbours tell what they have right after the handshake; before this long, silence means nothing. */
const GREETING_MS = seconds(3);

export function situationOf(reading: Reading, wait: Wait): Situation {
  const { phase, snapshot } = reading;
  if (phase.kind === 'crashed') return { kind: 'crashed', reason: phase.reason };
  if (phase.kind === 'blocked') return blockedSituation(phase);
  if (phase.kind === 'stopped') return { kind: 'stopped', isWhole: snapshot !== null && isWhole(snapshot) };
  if (phase.kind === 'opening' || snapshot === null) return { kind: 'opening' };
  return runningSituation({ ...reading, snapshot }, wait);
}

function blockedSituation(phase: Extract<Phase, { kind: 'blocked' }>): Situation {
  if (phase.by === 'webrtc') return { kind: 'no-webrtc' };
  return phase.by === 'server' ? { kind: 'server-gone', retryIn: null } : { kind: 'no-storage', reason: phase.reason };
}

/** Whether every piece that is wanted is verified and on disk. An empty file is whole as soon as its name is known. */
export const isWhole = (snapshot: Snapshot): boolean => {
  const { metainfo, wanted } = snapshot;
  return (
    metainfo !== null &&
    !isNothingWanted(snapshot) &&
    wanted.verified === wanted.count &&
    wanted.stored === wanted.count
  );
};

/** Where there are only empty files, no piece is wanted either. */
const isNothingWanted = ({ pieces, wanted }: Snapshot): boolean => pieces.count > 0 && wanted.count === 0;

/** What is wrong with the server, or null. */
export function serverTroubleOf({ signal }: Snapshot, now: Millis): ServerTrouble | null {
  if (signal.trouble === null) return null;
  if (signal.state === 'open') return { kind: 'server-refuses', reason: signal.trouble };
  return { kind: 'server-gone', retryIn: signal.retryAt === null ? null : Math.max(0, signal.retryAt - now) };
}

function runningSituation(reading: Reading & { readonly snapshot: Snapshot }, wait: Wait): Situation {
  const { snapshot } = reading;
  if (reading.shortage !== null) return { kind: 'no-room', ...reading.shortage };
  if (isNothingWanted(snapshot)) return { kind: 'nothing-chosen' };
  if (isWhole(snapshot)) return { kind: reading.role === 'sharer' ? 'sharing' : 'complete' };
  if (snapshot.metadataTrouble !== null) return { kind: 'unusable-link', reason: snapshot.metadataTrouble };
  if (snapshot.storageTrouble !== null) return { kind: 'storage-full', reason: snapshot.storageTrouble };
  if (snapshot.metainfo !== null && snapshot.wanted.verified === snapshot.wanted.count) return { kind: 'storing' };
  return snapshot.neighbours.length === 0 ? aloneSituation(reading, wait) : connectedSituation(snapshot, wait);
}

function aloneSituation({ snapshot, now }: { snapshot: Snapshot; now: Millis }, { isLong }: Wait): Situation {
  const trouble = serverTroubleOf(snapshot, now);
  if (trouble !== null) return trouble;
  if (snapshot.signal.state !== 'open' || snapshot.swarm === null) return { kind: 'connecting-to-server' };
  const others = snapshot.swarm.complete + snapshot.swarm.incomplete - 1;
  const isSomebodyThere = others > 0 || snapshot.dialling > 0;
  return { kind: isSomebodyThere ? 'connecting-to-people' : 'nobody-here', isLong };
}

function connectedSituation(snapshot: Snapshot, { waitedMs, isLong }: Wait): Situation {
  if (snapshot.metainfo === null) return { kind: 'finding-name' };
  const holders = snapshot.neighbours.filter((neighbour) => neighbour.isInteresting);
  const isServed = holders.some((neighbour) => neighbour.unchokesUs);
  if (isServed || snapshot.rates.download > 0) return { kind: 'downloading' };
  if (waitedMs < GREETING_MS) return { kind: 'just-connected' };
  if (holders.length > 0) return { kind: 'waiting-for-turn' };
  return { kind: 'waiting-for-pieces', isStuck: isLong && !mayBeHidden(snapshot) };
}

/** Whether somebody has all of it who does not show it: the server counts more seeds than we see. */
export const mayBeHidden = ({ swarm, neighbours }: Snapshot): boolean =>
  (swarm?.complete ?? 0) > neighbours.filter(({ isSeed }) => isSeed).length;

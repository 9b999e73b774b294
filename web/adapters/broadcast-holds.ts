/**
 * Holds on stores by asking the other tabs, for plain-http pages, which have no Web Locks. Two claims at the same time are
 * decided by rank: the lower one stays. A tab too busy to answer in time can lose a store to a second user; both then write
 * the same verified pieces, so nothing breaks.
 */
import { hexFromBytes } from '../../shared/base/bytes.ts';
import type { StoreHolds } from './store-holds.ts';

/** How long other tabs have to answer, in milliseconds. Messages are no timers: hidden tabs get them at once. */
const ANSWER_WAIT_MS = 200;

type Word =
  /** "I am taking this one, unless …": a holder, or a claimant of lower rank, answers `held`. */
  | { readonly kind: 'claim'; readonly storeId: string; readonly rank: string }
  /** "Who has any of these?" */
  | { readonly kind: 'question'; readonly storeIds: readonly string[] }
  | { readonly kind: 'held'; readonly storeId: string };

export function broadcastHolds(): StoreHolds {
  const channel = new BroadcastChannel('tabswarm-stores');
  const say = (word: Word): void => channel.postMessage(word);
  const held = new Set<string>();
  /** Our claims on the way, by store; a claim that was lost is taken out. */
  const claims = new Map<string, string>();
  const listeners = new Set<(storeId: string) => void>();

  channel.addEventListener('message', ({ data }: MessageEvent<Word>) => {
    if (data.kind === 'held') {
      claims.delete(data.storeId);
      for (const listen of listeners) listen(data.storeId);
    } else if (data.kind === 'question') {
      for (const storeId of data.storeIds) if (held.has(storeId)) say({ kind: 'held', storeId });
    } else if (data.kind === 'claim') {
      const ownRank = claims.get(data.storeId);
      if (held.has(data.storeId) || (ownRank !== undefined && ownRank < data.rank)) {
        say({ kind: 'held', storeId: data.storeId });
      } else claims.delete(data.storeId);
    }
  });

  return {
    hold: async (storeId, claimant) => {
      if (held.has(storeId) || claims.has(storeId)) return null;
      const rank = (claimant === 'reloaded' ? '0' : '1') + hexFromBytes(crypto.getRandomValues(new Uint8Array(8)));
      claims.set(storeId, rank);
      say({ kind: 'claim', storeId, rank });
      await answersIn();
      if (!claims.delete(storeId)) return null;
      held.add(storeId);
      return () => void held.delete(storeId);
    },
    inUse: async (storeIds) => {
      const found = new Set(storeIds.filter((storeId) => held.has(storeId)));
      const listen = (storeId: string): void => void (storeIds.includes(storeId) && found.add(storeId));
      listeners.add(listen);
      say({ kind: 'question', storeIds });
      await answersIn();
      listeners.delete(listen);
      return found;
    },
  };
}

const answersIn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, ANSWER_WAIT_MS));

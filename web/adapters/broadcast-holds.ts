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
  /** "I am taking this one": whoever hears it with a higher rank gives way; who has a lower one says so in turn. */
  | { readonly kind: 'claim'; readonly storeId: string; readonly rank: string }
  /** "Who has any of these?" Each holder answers by its claim. */
  | { readonly kind: 'question'; readonly storeIds: readonly string[] };

/** The rank of who holds already: lower than every other. */
const HOLDER = '';

export function broadcastHolds(): StoreHolds {
  const channel = new BroadcastChannel('tabswarm-stores');
  const say = (word: Word): void => channel.postMessage(word);
  const held = new Set<string>();
  /** The ranks of our claims on the way, by store; a claim that was lost is taken out. */
  const claims = new Map<string, string>();
  const listeners = new Set<(storeId: string) => void>();

  const hearClaim = (storeId: string, rank: string): void => {
    if (rank === HOLDER) for (const listen of listeners) listen(storeId);
    const own = held.has(storeId) ? HOLDER : claims.get(storeId);
    if (own === undefined || own === rank) return;
    if (own < rank) say({ kind: 'claim', storeId, rank: own });
    else claims.delete(storeId);
  };
  channel.addEventListener('message', ({ data }: MessageEvent<Word>) => {
    if (data.kind === 'claim') hearClaim(data.storeId, data.rank);
    else for (const storeId of data.storeIds) if (held.has(storeId)) say({ kind: 'claim', storeId, rank: HOLDER });
  });

  return {
    hold: async (storeId, claimant) => {
      if (held.has(storeId) || claims.has(storeId)) return null;
      const letGo = (): void => void held.delete(storeId);
      if (claimant === 'making') {
        held.add(storeId);
        return letGo;
      }
      const rank = (claimant === 'reloaded' ? '0' : '1') + hexFromBytes(crypto.getRandomValues(new Uint8Array(8)));
      claims.set(storeId, rank);
      say({ kind: 'claim', storeId, rank });
      await answersIn();
      if (!claims.delete(storeId)) return null;
      held.add(storeId);
      return letGo;
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

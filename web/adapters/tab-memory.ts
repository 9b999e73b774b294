/**
 * What a tab remembers over its own reload: which store it had for which swarm, and what it shared. In sessionStorage, which belongs to the tab,
 * but is copied when the tab is duplicated; so a note says whether its page was ended properly before.
 */
import type { InfoHash } from '../../shared/wire/ids.ts';
import type { Claimant } from './store-holds.ts';

/** A page that goes away may be about to come back: others leave its stores alone for this long, in milliseconds. */
const RETURN_MS = 1000;

const storeKey = (infoHash: InfoHash): string => `tabswarm-store-${infoHash}`;
const sharerKey = (infoHash: InfoHash): string => `tabswarm-sharer-${infoHash}`;
const leftKey = (storeId: string): string => `tabswarm-left-${storeId}`;

export interface TabMemory {
  /** The store this tab had for the swarm, or null. `adopting` when it may be another tab's. */
  readonly recall: (infoHash: InfoHash) => { readonly storeId: string; readonly claimant: Claimant } | null;
  readonly remember: (infoHash: InfoHash, storeId: string) => void;
  /** Takes back `remember`. */
  readonly forget: (storeId: string) => void;
  /** Whether this tab keeps the copy of a file in the store that it shares, perhaps since before a reload. */
  readonly isSharers: (infoHash: InfoHash, storeId: string) => boolean;
  readonly markSharers: (infoHash: InfoHash, storeId: string) => void;
  /** How long others should still leave the store to the page that had it, in milliseconds; 0 almost always. */
  readonly returnWaitMs: (storeId: string) => number;
}

/** The memory of this tab. Where the browser allows none, nothing is remembered. */
export function openTabMemory(): TabMemory {
  const held = new Map<InfoHash, string>();
  addEventListener('pagehide', () => {
    for (const [infoHash, storeId] of held) {
      write(sessionStore(), storeKey(infoHash), `${storeId} left`);
      write(localStore(), leftKey(storeId), String(Date.now()));
    }
  });
  return {
    recall: (infoHash) => {
      const [storeId, state] = (sessionStore()?.getItem(storeKey(infoHash)) ?? '').split(' ');
      return storeId ? { storeId, claimant: state === 'left' ? 'reloaded' : 'adopting' } : null;
    },
    remember: (infoHash, storeId) => {
      held.set(infoHash, storeId);
      write(sessionStore(), storeKey(infoHash), storeId);
      localStore()?.removeItem(leftKey(storeId));
    },
    forget: (storeId) => {
      for (const [infoHash, remembered] of held) {
        if (remembered !== storeId) continue;
        held.delete(infoHash);
        sessionStore()?.removeItem(storeKey(infoHash));
      }
    },
    // A tab that was duplicated has this note too, but another store: the one of the note is in use.
    isSharers: (infoHash, storeId) => sessionStore()?.getItem(sharerKey(infoHash)) === storeId,
    markSharers: (infoHash, storeId) => write(sessionStore(), sharerKey(infoHash), storeId),
    returnWaitMs: (storeId) => {
      const leftAt = Number(localStore()?.getItem(leftKey(storeId)) ?? 0);
      const wait = leftAt + RETURN_MS - Date.now();
      // A mark from the future comes from a clock that was set back.
      return wait > RETURN_MS ? 0 : Math.max(0, wait);
    },
  };
}

function write(storage: Storage | null, key: string, value: string): void {
  try {
    storage?.setItem(key, value);
  } catch {
    // Full, or forbidden: a reload then adopts the fullest free store, which is most likely the same.
  }
}

const sessionStore = (): Storage | null => reachable(() => sessionStorage);
const localStore = (): Storage | null => reachable(() => localStorage);

/** Reading the property itself throws where storage is blocked. */
function reachable(open: () => Storage): Storage | null {
  try {
    return open();
  } catch {
    return null;
  }
}

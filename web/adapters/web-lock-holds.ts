/** Holds on stores as Web Locks, which the browser itself releases when a tab ends in whatever way. */
import type { StoreHolds } from './store-holds.ts';

/** How long a reloaded tab waits for its old page to be torn down, in milliseconds. */
const RELOAD_PATIENCE_MS = 1000;

const PREFIX = 'tabswarm-store-';

export function webLockHolds(locks: LockManager): StoreHolds {
  return {
    hold: (storeId, claimant) =>
      new Promise((resolve) => {
        const options: LockOptions =
          claimant === 'reloaded' ? { signal: AbortSignal.timeout(RELOAD_PATIENCE_MS) } : { ifAvailable: true };
        const granted = (lock: Lock | null): Promise<void> | undefined => {
          if (lock !== null) return new Promise((release) => resolve(() => release()));
          resolve(null);
          return undefined;
        };
        locks.request(PREFIX + storeId, options, granted).catch(() => resolve(null));
      }),
    inUse: async (storeIds) => {
      const { held = [] } = await locks.query();
      const names = new Set(held.map(({ name }) => name));
      return new Set(storeIds.filter((storeId) => names.has(PREFIX + storeId)));
    },
  };
}

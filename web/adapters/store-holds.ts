/** Who uses a store right now: at most one live tab each. A tab that is closed or crashes lets go of its stores at once. */
/** How a tab comes to ask for a store. */
export type Claimant =
  /** It was reloaded and had this store a moment ago: comes before others, and waits until its old page has let go. */
  | 'reloaded'
  /** It may have had it (a duplicated tab, or one that crashed), or takes over what nobody uses. */
  | 'adopting'
  /** It has just made the id up, so that nobody else can know it. */
  | 'making';

export interface StoreHolds {
  /** Holds the store for this tab until the returned function is called; null when another live tab has it. */
  readonly hold: (storeId: string, claimant: Claimant) => Promise<(() => void) | null>;
  /** Those of `storeIds` that a live tab holds, this one included. */
  readonly inUse: (storeIds: readonly string[]) => Promise<ReadonlySet<string>>;
}

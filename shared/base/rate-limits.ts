/** What a person allows to flow. */

/** Caps on the content that a swarm sends and receives, in bytes per second; null: none. Messages without content do not count. */
export interface RateLimits {
  readonly upload: number | null;
  readonly download: number | null;
}

export const NO_LIMITS: RateLimits = { upload: null, download: null };

/** What a session tells about itself at a moment: plain values from which a screen is made. */
import type { Millis } from '../../shared/base/time.ts';
import type { RateSample } from './rate-history.ts';
import type { Snapshot } from '../../shared/engine/snapshot.ts';
import type { WebSeedState } from './world.ts';

/** Where a session stands, besides what its swarm says. */
export type Phase =
  /** Its store is being opened. */
  | { readonly kind: 'opening' }
  | { readonly kind: 'running' }
  /** The person left the swarm. */
  | { readonly kind: 'stopped' }
  /** This browser cannot connect to others. */
  | { readonly kind: 'blocked'; readonly by: 'webrtc' }
  /** A part of the page itself is still missing. Tried again by itself. */
  | { readonly kind: 'blocked'; readonly by: 'server' }
  /** Nothing can be stored; `reason` is for a person. Tried again by itself. */
  | { readonly kind: 'blocked'; readonly by: 'storage'; readonly reason: string }
  /** Our own bug. */
  | { readonly kind: 'crashed'; readonly reason: string };

/** The copy of a shared file that is kept in this browser, so that a reload goes on sharing. */
export type LocalCopy =
  | { readonly kind: 'none' }
  | { readonly kind: 'copying'; readonly bytes: number }
  | { readonly kind: 'kept' }
  | { readonly kind: 'failed'; readonly reason: string };

/** The tab that shared the file is a sharer, also after a reload; every other tab is a receiver, whatever store it took over. */
export type Role = 'sharer' | 'receiver';

/** In bytes: what is still to come, and how much of it the browser has room for. */
export interface Shortage {
  readonly needed: number;
  readonly free: number;
}

/** Everything a screen is made from. */
export interface Reading {
  readonly role: Role;
  readonly phase: Phase;
  /** The state of the swarm, or the last one when it is not running; null before it ran. */
  readonly snapshot: Snapshot | null;
  readonly localCopy: LocalCopy;
  /** The pieces can be saved as a file: the person does not have it already. */
  readonly canSave: boolean;
  /** Of the chosen files together, in bytes; null before they are known. */
  readonly chosenBytes: number | null;
  /** What the link calls the file; null when it does not. */
  readonly expectedName: string | null;
  readonly webSeeds: readonly WebSeedState[];
  /** What is still to come does not fit into the room there is, so that it waits; null when it does, or nobody knows. */
  readonly shortage: Shortage | null;
  /** One sample a second, the oldest first. */
  readonly history: readonly RateSample[];
  /** On the clock of the snapshot. */
  readonly now: Millis;
}

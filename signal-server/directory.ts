/**
 * The port to what the server remembers: who is in which swarm. Each call is one atomic step, so that several nodes can
 * share a directory; what a step decides, it decides by the values it is given.
 */
import type { Millis } from '../shared/base/time.ts';
import type { InfoHash, PeerId } from '../shared/wire/ids.ts';
import type { SwarmCounts } from '../shared/wire/signal-message.ts';
import type { MaybePromise } from './maybe-promise.ts';
import type { SocketId } from './relay.ts';

/** A peer in one swarm. */
export interface PeerRecord {
  readonly peerId: PeerId;
  /** The socket that the peer belongs to, and is reached through. */
  readonly socket: SocketId;
  /** Whether it is a seed: it told that no byte is missing. */
  readonly isComplete: boolean;
  /** The secret that proves on another socket to be this peer. */
  readonly trackerId: string;
}

/** What a peer tells when it enters a swarm or stays in it. */
export interface Entry {
  readonly infoHash: InfoHash;
  /** The peer as it is to be remembered, if it is new. */
  readonly peer: PeerRecord;
  /** Whether the peer says that it has just finished; counted as a download if it was not complete before. */
  readonly hasFinished: boolean;
  /** The secret the client gave; when it is the one remembered, the peer moves to `peer.socket`. */
  readonly claimedTrackerId: string | null;
  /** A socket that the peer may be taken from without the secret. */
  readonly takeFrom: SocketId | null;
  /** How many peers the swarm may have, this one included. */
  readonly peersMax: number;
}

export type EntryResult =
  | {
      readonly kind: 'entered';
      /** The peer's secret from now on. */
      readonly trackerId: string;
      /** The socket that the peer belonged to until now, when it was another one. */
      readonly takenFrom: SocketId | null;
      readonly counts: SwarmCounts;
      /** Whether only a part of the swarm is known now, since a directory that many nodes share is away. */
      readonly isPartial: boolean;
    }
  /** The peer belongs to another socket, and stays there. */
  | { readonly kind: 'held'; readonly by: SocketId }
  /** The swarm has no room for a newcomer. */
  | { readonly kind: 'full' };

export interface SampleRequest {
  readonly infoHash: InfoHash;
  readonly count: number;
  /** The peer that asks: never in the sample. */
  readonly except: PeerId;
  /** Whether seeds are left out, since a seed asks. */
  readonly isForSeed: boolean;
}

/** How much is remembered. */
export interface DirectorySize {
  readonly swarms: number;
  readonly peers: number;
}

export interface Directory {
  /** Enters a peer, or notes that it is still there. Makes the swarm, if there is none. */
  readonly enter: (entry: Entry, now: Millis) => MaybePromise<EntryResult>;
  /** Removes a peer if it belongs to this socket, and the swarm when it was the last. */
  readonly leave: (infoHash: InfoHash, peerId: PeerId, socket: SocketId) => MaybePromise<void>;
  readonly find: (infoHash: InfoHash, peerId: PeerId) => MaybePromise<PeerRecord | null>;
  /** Up to `count` different peers, every set of that size equally likely; fewer only when there are no more. */
  readonly sample: (request: SampleRequest) => MaybePromise<readonly PeerRecord[]>;
  /** Exact counts, zero for an unknown swarm. */
  readonly counts: (infoHash: InfoHash) => MaybePromise<SwarmCounts>;
  /** Forgets the peers that have not entered again since `before`. Costs as much as there is to forget. */
  readonly expire: (before: Millis) => MaybePromise<void>;
  readonly size: () => MaybePromise<DirectorySize>;
}

/**
 * What a tab and the signal server say to each other: WebTorrent's tracker protocol over WebSocket, and two additions for
 * clients that ask for them: neighbours by name in the announce response, and offers directed at one of them.
 */
import type { Brand } from '../base/brand.ts';
import type { InfoHash, PeerId } from './ids.ts';

/** Joins an offer to its answer: 20 bytes, 40 lower-case hexadecimal digits. Chosen by the offering side. */
export type OfferId = Brand<string, 'OfferId'>;

/** An offer of a connection to anybody in the swarm. */
export interface BlindOffer {
  readonly offerId: OfferId;
  readonly sdp: string;
}

export type AnnounceEvent = 'started' | 'completed' | 'stopped' | 'paused' | 'update';

/** What is known about one swarm without joining it. */
export interface SwarmCounts {
  readonly complete: number;
  readonly incomplete: number;
  readonly downloaded: number;
}

/** From a tab to the server. */
export type ClientMessage =
  | {
      readonly kind: 'announce';
      readonly infoHash: InfoHash;
      readonly peerId: PeerId;
      readonly event: AnnounceEvent;
      readonly uploaded: number;
      readonly downloaded: number;
      /** Bytes still missing; null when not known yet (and then not a seed). */
      readonly left: number | null;
      /** Offers the client wants delivered, at most (`numwant`). */
      readonly offersWanted: number;
      readonly offers: readonly BlindOffer[];
      /** How many neighbours to name in the response (our `neighbours`); null from a stock client. */
      readonly neighboursWanted: number | null;
      /** The secret the server gave this peer (`trackerid`); proves that a new socket is the same peer. */
      readonly trackerId: string | null;
    }
  | {
      readonly kind: 'offer' | 'answer';
      readonly infoHash: InfoHash;
      readonly peerId: PeerId;
      readonly toPeerId: PeerId;
      readonly offerId: OfferId;
      readonly sdp: string;
    }
  /** Says no to an offer that was directed at `peerId`: its maker need not wait for an answer. */
  | {
      readonly kind: 'decline';
      readonly infoHash: InfoHash;
      readonly peerId: PeerId;
      readonly toPeerId: PeerId;
      readonly offerId: OfferId;
    }
  /** `infoHashes` is empty when the client asked for everything, which is refused. */
  | { readonly kind: 'scrape'; readonly infoHashes: readonly InfoHash[] };

/** From the server to a tab. */
export type ServerMessage =
  | {
      readonly kind: 'announced';
      readonly infoHash: InfoHash;
      readonly intervalSeconds: number;
      readonly complete: number;
      readonly incomplete: number;
      /** A uniformly random set of others in the swarm; null when the client did not ask. */
      readonly neighbours: readonly PeerId[] | null;
      /** The secret to echo as `trackerId`; null when unchanged. */
      readonly trackerId: string | null;
    }
  | {
      readonly kind: 'offer' | 'answer';
      readonly infoHash: InfoHash;
      /** Who made it. */
      readonly peerId: PeerId;
      readonly offerId: OfferId;
      readonly sdp: string;
    }
  | { readonly kind: 'scraped'; readonly files: ReadonlyMap<InfoHash, SwarmCounts> }
  | {
      readonly kind: 'refused';
      readonly action: 'announce' | 'scrape';
      /** null when the request named none that could be read. */
      readonly infoHash: InfoHash | null;
      /** Why, for a person (`failure reason`). */
      readonly reason: string;
      /** The directed offer, or the reply to one, that could not be delivered; null for every other refusal. */
      readonly offerId: OfferId | null;
    };

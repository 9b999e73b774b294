/**
 * Everything that can happen to a swarm (Input) and everything it can order (Effect). The engine is a function from the one
 * to the other; the driver is the only one who carries orders out.
 */
import type { Brand } from '../base/brand.ts';
import type { RateLimits } from '../base/rate-limits.ts';
import type { Millis } from '../base/time.ts';
import type { PeerId, PieceIndex } from '../wire/ids.ts';
import type { Metainfo } from '../wire/metainfo.ts';
import type { BlockRef, Payload, PeerMessage } from '../wire/peer-message.ts';
import type { AnnounceEvent, OfferId } from '../wire/signal-message.ts';
import type { Wishes } from './pieces/wishes.ts';

/** One connection to a neighbour, from the attempt to its end. Numbers are never used twice in a swarm: the engine's are positive. */
export type LinkId = Brand<number, 'LinkId'>;

/** Which way a link goes: straight to the other device, through a relay (TURN), or to another tab of this browser, where no network is needed. */
export type LinkRoute = 'direct' | 'relayed' | 'same-browser';

/** What an info dictionary turned out to be. */
export type MetadataVerdict =
  | { readonly kind: 'right'; readonly metainfo: Metainfo }
  /** It has another hash: whoever sent it lied. */
  | { readonly kind: 'wrong' }
  /** The hash is right, but we cannot work with what it says; why, for a person. */
  | { readonly kind: 'unusable'; readonly reason: string };

/** A fact. */
export type Input =
  /** The tab is ready: begin. */
  | { readonly kind: 'started' }
  /** Time passed; sent when `nextWakeAt()` is reached. */
  | { readonly kind: 'woke' }

  /** The socket to the signal server is open, or is gone. */
  | { readonly kind: 'signal-opened' }
  | { readonly kind: 'signal-closed'; readonly reason: string; readonly retryIn: Millis | null }
  /** The server's answer to our announce. */
  | {
      readonly kind: 'announced';
      readonly interval: Millis;
      readonly complete: number;
      readonly incomplete: number;
      /** null from a server that names nobody, but spreads offers to anybody (bittorrent-tracker). */
      readonly neighbours: readonly PeerId[] | null;
    }
  /** The server refused our announce. */
  | { readonly kind: 'announce-refused'; readonly reason: string }
  /** Somebody offers us a connection; its session description stays with the driver, under this id. */
  | { readonly kind: 'offer-received'; readonly peer: PeerId; readonly offerId: OfferId }

  /** This peer was the first to answer an offer that the driver made to anybody, under a number of its own. */
  | { readonly kind: 'call-answered'; readonly link: LinkId; readonly peer: PeerId }

  /** A link that we dialled or accepted carries data now. */
  | { readonly kind: 'link-opened'; readonly link: LinkId }
  /** A link failed or ended, by whatever cause. Never comes for a link that we closed. */
  | { readonly kind: 'link-closed'; readonly link: LinkId; readonly reason: string }
  /** Which way it goes from now on; before the first, it is direct. */
  | { readonly kind: 'link-routed'; readonly link: LinkId; readonly route: LinkRoute }
  | { readonly kind: 'message-received'; readonly link: LinkId; readonly message: PeerMessage }
  /** The neighbour sent bytes that are no message. */
  | { readonly kind: 'malformed-received'; readonly link: LinkId; readonly reason: string }
  /** This many bytes of blocks left the send buffer since the last report. */
  | { readonly kind: 'blocks-sent'; readonly link: LinkId; readonly bytes: number }

  /** The info dictionary of `check-metadata` was compared with the info hash. */
  | { readonly kind: 'metadata-checked'; readonly verdict: MetadataVerdict }
  /** The piece of `check-piece` is bad, or its blocks are to be compared: their digests, in order. `piece-checked` follows. */
  | {
      readonly kind: 'blocks-digested';
      readonly piece: PieceIndex;
      readonly generation: number;
      readonly digests: readonly string[];
    }
  /** The piece of `check-piece` was compared with its digest. */
  | {
      readonly kind: 'piece-checked';
      readonly piece: PieceIndex;
      readonly generation: number;
      readonly isGood: boolean;
    }
  /** The digests of `check-digests` were compared with the info dictionary. */
  | {
      readonly kind: 'digests-checked';
      readonly piece: PieceIndex;
      readonly generation: number;
      readonly digests: Uint8Array;
      readonly isGood: boolean;
    }
  /** The block of `check-block` was compared with its digest. */
  | {
      readonly kind: 'block-checked';
      readonly piece: PieceIndex;
      readonly generation: number;
      readonly offset: number;
      readonly isGood: boolean;
    }
  /** The piece of `store-piece` is on disk. */
  | { readonly kind: 'piece-stored'; readonly piece: PieceIndex }
  /** It is not, and why, for a person. The piece is still served from memory. */
  | { readonly kind: 'piece-not-stored'; readonly piece: PieceIndex; readonly reason: string }
  /** A block of `send-block` was not sent: a piece that we had cannot be read any more. */
  | { readonly kind: 'block-unreadable'; readonly link: LinkId; readonly block: BlockRef }

  /** The person caps what content may flow, from now on. */
  | ({ readonly kind: 'limits-set' } & RateLimits)
  /** The person wants these pieces and no others, and some of them first, from now on. */
  | ({ readonly kind: 'wishes-set' } & Wishes)
  /** The person leaves the swarm. The last fact there is. */
  | { readonly kind: 'stopped' };

/** An order. */
export type Effect =
  /** Open the socket to the signal server, now. */
  | { readonly kind: 'connect-signal' }
  | {
      readonly kind: 'announce';
      readonly event: AnnounceEvent;
      readonly uploaded: number;
      readonly downloaded: number;
      readonly left: number | null;
      readonly neighboursWanted: number;
    }
  /** Offer `peer` a connection. Ends in `link-opened` or `link-closed`, or in our `close-link`. */
  | { readonly kind: 'dial'; readonly link: LinkId; readonly peer: PeerId }
  /** Take this answer to an offer to anybody. Ends as `dial` does. */
  | { readonly kind: 'complete-call'; readonly link: LinkId }
  /** Answer this offer. Ends as `dial` does. */
  | { readonly kind: 'accept-offer'; readonly link: LinkId; readonly peer: PeerId; readonly offerId: OfferId }
  /** Say no to this offer, so that the other side can call somebody else at once. */
  | { readonly kind: 'decline-offer'; readonly peer: PeerId; readonly offerId: OfferId }
  /** Forget this offer's session description. */
  | { readonly kind: 'ignore-offer'; readonly offerId: OfferId }
  | { readonly kind: 'close-link'; readonly link: LinkId }
  | { readonly kind: 'send'; readonly link: LinkId; readonly message: PeerMessage }
  /** Send this block of a piece we have, or of a started one; reported back by `blocks-sent`. */
  | { readonly kind: 'send-block'; readonly link: LinkId; readonly block: BlockRef }
  /** Blocks of this piece are about to be sent: have it at hand. Nothing comes of it. */
  | { readonly kind: 'prepare-piece'; readonly piece: PieceIndex }
  | { readonly kind: 'check-metadata'; readonly infoBytes: Uint8Array }
  /** Keep this content of a piece in progress, in memory. */
  | { readonly kind: 'keep-block'; readonly piece: PieceIndex; readonly offset: number; readonly data: Payload }
  /** All blocks are kept: compare the piece with its digest. */
  | {
      readonly kind: 'check-piece';
      readonly piece: PieceIndex;
      readonly generation: number;
      /** Whether `blocks-digested` is wanted also when it is good. */
      readonly comparesBlocks: boolean;
    }
  /** Compare these digests of a piece's blocks with what the info dictionary says of them. */
  | {
      readonly kind: 'check-digests';
      readonly piece: PieceIndex;
      readonly generation: number;
      readonly digests: Uint8Array;
    }
  /** Compare this kept block with its digest. Nothing comes of it when the piece is gone meanwhile. */
  | {
      readonly kind: 'check-block';
      readonly piece: PieceIndex;
      readonly generation: number;
      readonly offset: number;
      readonly digest: Uint8Array;
    }
  /** Tell this neighbour the digests of the blocks of a piece we have. */
  | { readonly kind: 'send-digests'; readonly link: LinkId; readonly piece: PieceIndex }
  /** Forget what was kept of this piece. */
  | { readonly kind: 'drop-piece'; readonly piece: PieceIndex }
  /** The kept piece is good: put it on disk. Again after `piece-not-stored`, when it is time to try again. */
  | { readonly kind: 'store-piece'; readonly piece: PieceIndex };

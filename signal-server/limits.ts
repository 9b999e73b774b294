/** What one client may cost the server and the others: every bound of the signal server, with its unit and its reason. */
import { type Millis, seconds } from '../shared/base/time.ts';
import {
  ANNOUNCE_INTERVAL_MS,
  NEIGHBOURS_PER_ANNOUNCE_MAX,
  OFFERS_PER_ANNOUNCE_MAX,
  OFFER_LIFETIME_MS,
  SDP_CHARS_MAX,
  SIGNAL_FRAME_BYTES_MAX,
  SWARMS_PER_SOCKET_MAX,
} from '../shared/wire/limits.ts';

/** A budget that refills: `burst` at once, `perSecond` in the long run. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** Bounds of the rules. */
export interface TrackerLimits {
  /** Time between two announces of one peer, given to clients. */
  readonly announceIntervalMs: Millis;
  /** A peer that has not announced for this long is forgotten: one lost announce is forgiven. */
  readonly peerLifetimeMs: Millis;
  /** How long an offer waits for its answer. */
  readonly offerLifetimeMs: Millis;
  /** A peer whose socket was silent for longer may be taken over without its secret: it missed a ping, and some seconds. */
  readonly takeoverSilenceMs: Millis;
  /** The interval while a shared directory is away and only a part of a swarm is known: ask again soon. */
  readonly partialIntervalMs: Millis;
  readonly swarmsPerSocketMax: number;
  /** Peers in one swarm. */
  readonly peersPerSwarmMax: number;
  readonly offersPerAnnounceMax: number;
  /** Bytes of a session description that is relayed, as the client's frame writes it: a line's end takes four. */
  readonly sdpBytesMax: number;
  readonly neighboursPerAnnounceMax: number;
  /** Offers waiting for one peer. A peer that asks for 50 neighbours is called by about as many. */
  readonly offersWaitingPerPeerMax: number;
  /** Announces and scrapes of one socket: all its swarms at once, then each every 15 s, as a lonely leecher may. */
  readonly announces: Rate;
  /** Offers relayed for one socket, blind and directed: what costs others. A few joins at once, then a dozen neighbours a second. */
  readonly relays: Rate;
}

/** Bounds of a socket, whatever its frames say. */
export interface SocketLimits {
  /** A longer frame is answered with the reason, unread, and ends its socket. */
  readonly frameBytesMax: number;
  /** Frames of any kind. An answer comes for each offer, so a popular peer sends bursts. */
  readonly frames: Rate;
  /** Refusals that a client may earn, then it loses its socket. As many as offers: an honest one may find all peers gone. */
  readonly refusals: Rate;
  /** Time between two pings. Two that stay unanswered end the socket. */
  readonly pingIntervalMs: Millis;
  /** Bytes waiting for a reader; a slower one loses its socket, so that it cannot fill the memory. */
  readonly sendQueueBytesMax: number;
  /** Frames of one socket waiting for the directory; beyond it the socket is not read. */
  readonly framesWaitingMax: number;
}

/** The limits that the person who runs the server may move (`config.ts`). */
export interface ChosenLimits {
  readonly messageBytesMax: number;
  readonly messagesPerSecond: number;
  readonly swarmsPerSocketMax: number;
  readonly peersPerSwarmMax: number;
  readonly offersPerAnnounceMax: number;
  readonly sdpBytesMax: number;
}

/** As they are when nobody moves them. */
export const LIMIT_DEFAULTS = {
  messageBytes: SIGNAL_FRAME_BYTES_MAX,
  /** An answer to each offer, of which a popular peer gets dozens in a second. */
  messagesPerSecond: 50,
  /** A school, or the customers of a provider that share an address, may open hundreds of tabs; a million from one is an attack. */
  socketsPerAddress: 2000,
  swarmsPerSocket: SWARMS_PER_SOCKET_MAX,
  /** More than anybody has seen in one swarm: it keeps one file from taking the memory of all others. */
  peersPerSwarm: 100_000,
  offersPerAnnounce: OFFERS_PER_ANNOUNCE_MAX,
  sdpBytes: SDP_CHARS_MAX,
  /** Half of a small machine; the heap of Node.js may grow to twice as much before it fails. */
  memoryMib: 1024,
} as const;

const DEFAULT_CHOICE: ChosenLimits = {
  messageBytesMax: LIMIT_DEFAULTS.messageBytes,
  messagesPerSecond: LIMIT_DEFAULTS.messagesPerSecond,
  swarmsPerSocketMax: LIMIT_DEFAULTS.swarmsPerSocket,
  peersPerSwarmMax: LIMIT_DEFAULTS.peersPerSwarm,
  offersPerAnnounceMax: LIMIT_DEFAULTS.offersPerAnnounce,
  sdpBytesMax: LIMIT_DEFAULTS.sdpBytes,
};

const PING_INTERVAL_MS = seconds(30);

/** How many seconds' worth of frames may come at once. */
const FRAME_BURST_SECONDS = 20;

/** See `TrackerLimits.relays`. */
const RELAYS: Rate = { burst: 500, perSecond: 12 };

export function trackerLimits(chosen: ChosenLimits): TrackerLimits {
  const { swarmsPerSocketMax, peersPerSwarmMax, offersPerAnnounceMax, sdpBytesMax } = chosen;
  return {
    announceIntervalMs: ANNOUNCE_INTERVAL_MS,
    peerLifetimeMs: 2 * ANNOUNCE_INTERVAL_MS + seconds(30),
    offerLifetimeMs: OFFER_LIFETIME_MS,
    takeoverSilenceMs: PING_INTERVAL_MS + seconds(5),
    partialIntervalMs: seconds(20),
    swarmsPerSocketMax,
    peersPerSwarmMax,
    offersPerAnnounceMax,
    sdpBytesMax,
    neighboursPerAnnounceMax: NEIGHBOURS_PER_ANNOUNCE_MAX,
    offersWaitingPerPeerMax: 200,
    announces: { burst: 2 * swarmsPerSocketMax, perSecond: swarmsPerSocketMax / 15 },
    relays: RELAYS,
  };
}

export function socketLimits({ messageBytesMax, messagesPerSecond }: ChosenLimits): SocketLimits {
  return {
    frameBytesMax: messageBytesMax,
    frames: { burst: FRAME_BURST_SECONDS * messagesPerSecond, perSecond: messagesPerSecond },
    refusals: RELAYS,
    pingIntervalMs: PING_INTERVAL_MS,
    sendQueueBytesMax: 1024 * 1024,
    framesWaitingMax: 64,
  };
}

export const TRACKER_LIMITS: TrackerLimits = trackerLimits(DEFAULT_CHOICE);
export const SOCKET_LIMITS: SocketLimits = socketLimits(DEFAULT_CHOICE);

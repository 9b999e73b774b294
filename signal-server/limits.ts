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
  readonly frameBytesMax: number;
  /** Frames of any kind. An answer comes for each offer, so a popular peer sends bursts. */
  readonly frames: Rate;
  /** Time between two pings. Two that stay unanswered end the socket. */
  readonly pingIntervalMs: Millis;
  /** Bytes waiting for a reader; a slower one loses its socket, so that it cannot fill the memory. */
  readonly sendQueueBytesMax: number;
  /** Frames of one socket waiting for the directory; beyond it the socket is not read. */
  readonly framesWaitingMax: number;
}

export const PING_INTERVAL_MS = seconds(30);

export const TRACKER_LIMITS: TrackerLimits = {
  announceIntervalMs: ANNOUNCE_INTERVAL_MS,
  peerLifetimeMs: 2 * ANNOUNCE_INTERVAL_MS + seconds(30),
  offerLifetimeMs: OFFER_LIFETIME_MS,
  takeoverSilenceMs: PING_INTERVAL_MS + seconds(5),
  partialIntervalMs: seconds(20),
  swarmsPerSocketMax: SWARMS_PER_SOCKET_MAX,
  peersPerSwarmMax: 100_000,
  offersPerAnnounceMax: OFFERS_PER_ANNOUNCE_MAX,
  neighboursPerAnnounceMax: NEIGHBOURS_PER_ANNOUNCE_MAX,
  offersWaitingPerPeerMax: 200,
  announces: { burst: 2 * SWARMS_PER_SOCKET_MAX, perSecond: SWARMS_PER_SOCKET_MAX / 15 },
  relays: { burst: 500, perSecond: 12 },
};

export const SOCKET_LIMITS: SocketLimits = {
  frameBytesMax: SIGNAL_FRAME_BYTES_MAX,
  frames: { burst: 1000, perSecond: 50 },
  pingIntervalMs: PING_INTERVAL_MS,
  sendQueueBytesMax: 1024 * 1024,
  framesWaitingMax: 64,
};

/** The limits that the person who runs the server may move (`config.ts`), as they are when nobody does. */
export const LIMIT_DEFAULTS = {
  messageBytes: SOCKET_LIMITS.frameBytesMax,
  messagesPerSecond: SOCKET_LIMITS.frames.perSecond,
  /** A school, or the customers of a provider that share an address, may open hundreds of tabs; a million from one is an attack. */
  socketsPerAddress: 2000,
  swarmsPerSocket: TRACKER_LIMITS.swarmsPerSocketMax,
  /** More than anybody has seen in one swarm: it keeps one file from taking the memory of all others. */
  peersPerSwarm: 100_000,
  offersPerAnnounce: TRACKER_LIMITS.offersPerAnnounceMax,
  sdpBytes: SDP_CHARS_MAX,
  /** Half of a small machine; the heap of Node.js may grow to twice as much before it fails. */
  memoryMib: 1024,
} as const;

/**
 * The port through which a tracker reaches peers whose sockets are on this node or on another one. The node that a socket
 * is on attaches it; every node can send to it.
 */
import type { Brand } from '../shared/base/brand.ts';
import type { Millis } from '../shared/base/time.ts';
import type { PeerId } from '../shared/wire/ids.ts';
import type { ClientMessage, ServerMessage } from '../shared/wire/signal-message.ts';
import type { MaybePromise } from './maybe-promise.ts';

/** One socket on one node, for as long as it is open. Never used twice, by any node, and names its node. */
export type SocketId = Brand<string, 'SocketId'>;

/** The id of a node's `count`th socket. */
export const socketId = (node: string, count: number): SocketId => `${node}-${count}` as SocketId;

/** The node that a socket is on. */
export const nodeOf = (socket: SocketId): string => socket.slice(0, socket.lastIndexOf('-'));

/** A no to an offer. Only the node of the one that offered knows how to tell it. */
type Decline = Omit<Extract<ClientMessage, { kind: 'decline' }>, 'toPeerId'>;

/** A message from one peer for another. */
export interface Delivery {
  readonly to: SocketId;
  /** Which of the socket's peers is meant. */
  readonly toPeerId: PeerId;
  readonly message: Extract<ServerMessage, { kind: 'offer' | 'answer' }> | Decline;
}

/**
 * What became of a delivery. `busy`: too many offers wait for the peer. `gone`: the socket, or its node, is no more.
 * `unknown`: its node cannot be reached, and nobody knows for how long.
 */
export type Receipt = 'delivered' | 'busy' | 'gone' | 'unknown';

/** What a node does with a delivery to a socket of its own. */
export type Receive = (delivery: Delivery, now: Millis) => Receipt;

export interface Relay {
  /** Makes a socket of this node reachable. */
  readonly attach: (socket: SocketId, receive: Receive, now: Millis) => void;
  /** Ends that. A socket that was never attached, or no longer is, is no error. */
  readonly detach: (socket: SocketId) => void;
  /** Notes a sign of life (a frame or a pong) of a socket of this node. */
  readonly heard: (socket: SocketId, now: Millis) => void;
  /** Hands a message to the socket's node. An adapter over a network may say `delivered` when the node took it. */
  readonly send: (delivery: Delivery, now: Millis) => MaybePromise<Receipt>;
  /** How long the socket has given no sign of life; Infinity when it is gone. */
  readonly silence: (socket: SocketId, now: Millis) => MaybePromise<Millis>;
}

/** The WebSockets of the signal server: who may connect, who is still there, and how all end. */
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

import { type Random, randomBelow } from '../shared/base/random.ts';
import { seconds } from '../shared/base/time.ts';
import { Connection, type ConnectionParts } from './connection.ts';
import type { Doorkeeper } from './doorkeeper.ts';
import { CLOSE_CODES, bidFarewell } from './farewell.ts';
import { socketId } from './relay.ts';
import { WebSocketEnd, type WebSocketHandler, answerHandshake, handshakeProof } from './web-socket.ts';

export interface SignalServerParts extends ConnectionParts {
  /** Distinguishes this process from every other one, so that its socket ids are used by nobody else. */
  readonly nodeName: string;
  readonly doorkeeper: Doorkeeper;
  /** Spreads those who come back later. */
  readonly random: Random;
}

/** Where the WebSocket is. */
export const SIGNAL_PATH = '/signal';

/** Time between two looks for peers and offers that have grown old. */
const SWEEP_INTERVAL_MS = seconds(10);

/** How long a server that stops waits for answers under way, and for its clients to go. */
const DRAIN_MAX_MS = seconds(5);

/** When the first client may come back to a server that stopped, and how far apart the others: a thousand in a second. */
const RETURN_FIRST_MS = seconds(1);
const RETURN_GAP_MS = 1;

/** Over what time the clients return: no crowd even if they are few, and a swarm is whole again soon even if they are many. */
const RETURN_SPREAD_MIN_MS = seconds(2);
const RETURN_SPREAD_MAX_MS = seconds(15);

/** When somebody may try again who was turned away, in seconds; over a socket, up to twice as much. */
const RETRY_AFTER_SECONDS = 20;

export class SignalServer {
  readonly #parts: SignalServerParts;
  readonly #connections = new Set<Connection>();
  readonly #timers: readonly NodeJS.Timeout[];
  #accepted = 0;

  constructor(parts: SignalServerParts) {
    this.#parts = parts;
    this.#timers = [
      setInterval(() => this.ping(), parts.limits.pingIntervalMs),
      setInterval(() => void this.#sweep(), SWEEP_INTERVAL_MS),
    ];
  }

  /** How many sockets are open. */
  get sockets(): number {
    return this.#connections.size;
  }

  /** Takes over a request to upgrade, as the `upgrade` event of an HTTP server gives it. */
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    if (request.url?.split('?', 1)[0] !== SIGNAL_PATH) {
      turnAway(stream, 404);
      return;
    }
    const proof = handshakeProof(request);
    if (proof === null) {
      turnAway(stream, 400);
      return;
    }
    // Gone already: its end was told to nobody.
    if (!stream.readable || !stream.writable) {
      stream.destroy();
      return;
    }
    const admission = this.#parts.doorkeeper.admit(request);
    if (admission.kind === 'turned-away') {
      turnAway(stream, admission.status);
      return;
    }
    answerHandshake(stream, proof);
    if (admission.kind === 'crowded') this.#dismiss(stream, head);
    else this.#accept(stream, head, admission.leave);
  }

  /** Asks every client whether it is still there, and drops those that were not twice. The server does so by itself. */
  ping(): void {
    for (const connection of this.#connections) connection.ping();
  }

  /**
   * Lets nobody in any more, answers what was said, and tells every client when to come back: each at another moment, so that
   * they do not all stand at the next server's door at once. Resolves when they are gone, within some seconds in any case.
   */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#parts.doorkeeper.close();
    const spread = Math.max(RETURN_SPREAD_MIN_MS, this.sockets * RETURN_GAP_MS);
    const gone = [...this.#connections].map((connection) =>
      connection.dismiss(RETURN_FIRST_MS + randomBelow(this.#parts.random, Math.min(spread, RETURN_SPREAD_MAX_MS))),
    );
    let patience: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (patience = setTimeout(resolve, DRAIN_MAX_MS)));
    await Promise.race([Promise.all(gone), late]);
    clearTimeout(patience);
    for (const connection of this.#connections) connection.terminate();
  }

  #accept(stream: Duplex, head: Buffer, leave: () => void): void {
    this.#accepted += 1;
    const id = socketId(this.#parts.nodeName, this.#accepted);
    const onEnded = (connection: Connection): void => {
      this.#connections.delete(connection);
      leave();
    };
    this.#connections.add(new Connection({ id, stream, head, onEnded }, this.#parts));
  }

  /** Tells a client of a network that has enough sockets so, and ends its own. */
  #dismiss(stream: Duplex, head: Buffer): void {
    const { outbox, limits } = this.#parts;
    const parts = {
      stream,
      outbox,
      messageBytesMax: limits.frameBytesMax,
      sendQueueBytesMax: limits.sendQueueBytesMax,
    };
    const reason = 'Too many connections come from this address: try again later.';
    const retryIn = seconds(RETRY_AFTER_SECONDS) + randomBelow(this.#parts.random, seconds(RETRY_AFTER_SECONDS));
    const socket = new WebSocketEnd(parts, head, NOBODY);
    bidFarewell(socket, { code: CLOSE_CODES.tryAgainLater, reason, retryIn });
  }

  async #sweep(): Promise<void> {
    await this.#parts.tracker.sweep(this.#parts.now()).catch(this.#parts.report);
  }
}

/** Nobody listens to who is sent away. */
const NOBODY: WebSocketHandler = {
  onText: () => {},
  onBinary: () => {},
  onTooLong: () => {},
  onLife: () => {},
  onEnd: () => {},
};

/** Answers a request to upgrade over HTTP, and ends its connection. */
function turnAway(stream: Duplex, status: 400 | 403 | 404 | 503): void {
  const retry = status === 503 ? `Retry-After: ${RETRY_AFTER_SECONDS}\r\n` : '';
  stream.on('error', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${retry}Connection: close\r\nContent-Length: 0\r\n\r\n`);
}

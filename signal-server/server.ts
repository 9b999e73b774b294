/** The WebSockets of the signal server: who may connect, who is still there, and how all end. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { type WebSocket, WebSocketServer } from 'ws';

import { type Millis, seconds } from '../shared/base/time.ts';
import { Connection, type ConnectionParts } from './connection.ts';
import { socketId } from './relay.ts';

export interface SignalServerParts extends ConnectionParts {
  /** Distinguishes this process from every other one, so that its socket ids are used by nobody else. */
  readonly nodeName: string;
}

/** Where the WebSocket is. */
export const SIGNAL_PATH = '/signal';

/** Time between two looks for peers and offers that have grown old. */
const SWEEP_INTERVAL_MS = seconds(10);

/** How long the clients may take to say goodbye when the server stops. */
const CLOSE_GRACE_MS: Millis = 500;

/** Close code of a server that goes down: come back later (RFC 6455, 7.4.1). */
const GOING_AWAY = 1001;

export class SignalServer {
  readonly #parts: SignalServerParts;
  readonly #webSockets: WebSocketServer;
  readonly #connections = new Map<WebSocket, Connection>();
  readonly #timers: readonly NodeJS.Timeout[];
  #accepted = 0;

  constructor(parts: SignalServerParts) {
    this.#parts = parts;
    this.#webSockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: parts.limits.frameBytesMax,
      perMessageDeflate: false,
    });
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
      stream.on('error', () => stream.destroy());
      stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.#webSockets.handleUpgrade(request, stream, head, (socket) => this.#accept(socket));
  }

  /** Asks every client whether it is still there, and drops those that were not twice. The server does so by itself. */
  ping(): void {
    for (const connection of this.#connections.values()) connection.ping();
  }

  /** Says goodbye to all clients; resolves when they are gone, soon in any case. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    const open = [...this.#connections.keys()];
    const gone = open.map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())));
    for (const socket of open) socket.close(GOING_AWAY, 'the server stops');
    const grace = setTimeout(() => open.forEach((socket) => socket.terminate()), CLOSE_GRACE_MS);
    await Promise.all(gone);
    clearTimeout(grace);
  }

  #accept(socket: WebSocket): void {
    this.#accepted += 1;
    const id = socketId(this.#parts.nodeName, this.#accepted);
    this.#connections.set(socket, new Connection(id, socket, this.#parts));
    socket.on('close', () => this.#connections.delete(socket));
  }

  async #sweep(): Promise<void> {
    await this.#parts.tracker.sweep(this.#parts.now()).catch(this.#parts.report);
  }
}

/** A peer's socket to the simulated signal server: messages take half a round trip each way, in order. */
import type { Millis } from '../base/time.ts';
import type { SignalFact, SignalLink } from '../driver/ports.ts';
import type { ClientMessage, ServerMessage } from '../wire/signal-message.ts';
import type { EventQueue } from './event-queue.ts';
import { type Place, SERVER } from './place-queue.ts';

export interface SignalPath {
  readonly queue: EventQueue;
  /** Of the peer. */
  readonly place: Place;
  /** In milliseconds. */
  readonly oneWayMs: Millis;
  readonly report: (fact: SignalFact) => void;
  /** Whether the server takes sockets. */
  readonly isUp: () => boolean;
  /** The server's side. */
  readonly onOpen: () => void;
  readonly onMessage: (message: ClientMessage) => void;
  readonly onEnd: () => void;
}

/** TCP's handshake, and the upgrade to a WebSocket. */
const OPENING_ROUND_TRIPS = 2;

export class SimSignalLink implements SignalLink {
  readonly #path: SignalPath;
  #state: 'closed' | 'opening' | 'open' = 'closed';
  /** Counts sockets: what was sent on an earlier one does not arrive on the next. */
  #socket = 0;

  constructor(path: SignalPath) {
    this.#path = path;
  }

  readonly connect = (): void => {
    if (this.#state !== 'closed') return;
    this.#state = 'opening';
    this.#socket += 1;
    this.#later(2 * OPENING_ROUND_TRIPS, () => {
      if (this.#path.isUp()) {
        this.#state = 'open';
        this.#path.onOpen();
        this.#path.report({ kind: 'signal-opened' });
      } else this.#end('The server does not answer.');
    });
  };

  readonly send = (message: ClientMessage): void => {
    if (this.#state === 'open')
      this.#path.queue.after(this.#path.oneWayMs, () => this.#path.onMessage(message), SERVER);
  };

  readonly close = (): void => {
    if (this.#state === 'open') this.#path.queue.after(this.#path.oneWayMs, this.#path.onEnd, SERVER);
    this.vanish();
  };

  /** The tab is gone, and the server has not noticed. */
  vanish(): void {
    this.#state = 'closed';
    this.#socket += 1;
  }

  /** A message of the server sets out. */
  deliver(message: ServerMessage): void {
    if (this.#state === 'open') this.#later(1, () => this.#path.report({ kind: 'signal-message', message }));
  }

  /** The server ends the socket. */
  drop(reason: string): void {
    if (this.#state === 'open') this.#later(1, () => this.#end(reason));
  }

  #end(reason: string): void {
    this.vanish();
    this.#path.report({ kind: 'signal-closed', reason, retryIn: null });
  }

  /** Does it after so many ways, if the socket is still this one. */
  #later(ways: number, action: () => void): void {
    const socket = this.#socket;
    this.#path.queue.after(
      ways * this.#path.oneWayMs,
      () => {
        if (this.#socket === socket) action();
      },
      this.#path.place,
    );
  }
}

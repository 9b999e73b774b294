/** The relay of a server with one node: every socket is here. */
import type { Millis } from '../shared/base/time.ts';
import type { MaybePromise } from './maybe-promise.ts';
import type { Delivery, Receipt, Receive, Relay, SocketId } from './relay.ts';

interface Attached {
  readonly receive: Receive;
  heardAt: Millis;
}

export class LocalRelay implements Relay {
  readonly #sockets = new Map<SocketId, Attached>();

  attach(socket: SocketId, receive: Receive, now: Millis): void {
    this.#sockets.set(socket, { receive, heardAt: now });
  }

  detach(socket: SocketId): void {
    this.#sockets.delete(socket);
  }

  heard(socket: SocketId, now: Millis): void {
    const attached = this.#sockets.get(socket);
    if (attached) attached.heardAt = now;
  }

  send(delivery: Delivery, now: Millis): MaybePromise<Receipt> {
    return this.#sockets.get(delivery.to)?.receive(delivery, now) ?? 'gone';
  }

  silence(socket: SocketId, now: Millis): MaybePromise<Millis> {
    const attached = this.#sockets.get(socket);
    return attached ? now - attached.heardAt : Number.POSITIVE_INFINITY;
  }
}

/** The relay between many nodes: a socket's id names its node, so that a message is one hop away from where it goes. */
import type { Millis } from '../shared/base/time.ts';
import { LocalRelay } from './local-relay.ts';
import type { NodeLink } from './node-link.ts';
import { RedisAway } from './redis-connection.ts';
import { type Delivery, type Receipt, type Receive, type Relay, type SocketId, nodeOf } from './relay.ts';

type Question =
  | { readonly kind: 'deliver'; readonly delivery: Delivery }
  | { readonly kind: 'silence'; readonly socket: SocketId };

export class RedisRelay implements Relay {
  readonly #here = new LocalRelay();
  readonly #nodes: NodeLink;
  readonly #now: () => Millis;

  /** `now` is this node's clock: those of other nodes show another time. */
  constructor(nodes: NodeLink, now: () => Millis) {
    this.#nodes = nodes;
    this.#now = now;
  }

  /** Takes the deliveries of other nodes from now on, whenever Redis is there. */
  open(): void {
    this.#nodes.open((question) => this.#answer(question as Question));
  }

  attach(socket: SocketId, receive: Receive, now: Millis): void {
    this.#here.attach(socket, receive, now);
  }

  detach(socket: SocketId): void {
    this.#here.detach(socket);
  }

  heard(socket: SocketId, now: Millis): void {
    this.#here.heard(socket, now);
  }

  async send(delivery: Delivery, now: Millis): Promise<Receipt> {
    if (this.#isHere(delivery.to)) return this.#here.send(delivery, now);
    try {
      const receipt = await this.#ask(delivery.to, { kind: 'deliver', delivery });
      return (receipt as Receipt | null) ?? 'gone';
    } catch (error) {
      if (error instanceof RedisAway) return 'unknown';
      throw error;
    }
  }

  /** While nobody can tell, the socket counts as heard just now: nothing is taken from it by mistake. */
  async silence(socket: SocketId, now: Millis): Promise<Millis> {
    if (this.#isHere(socket)) return this.#here.silence(socket, now);
    try {
      const silence = await this.#ask(socket, { kind: 'silence', socket });
      return (silence as Millis | null) ?? Number.POSITIVE_INFINITY;
    } catch (error) {
      if (error instanceof RedisAway) return 0;
      throw error;
    }
  }

  #isHere(socket: SocketId): boolean {
    return nodeOf(socket) === this.#nodes.name;
  }

  #ask(socket: SocketId, question: Question): Promise<unknown> {
    return this.#nodes.ask(nodeOf(socket), question);
  }

  /** To another node. JSON writes the silence of a socket that is gone, Infinity, as null. */
  async #answer(question: Question): Promise<Receipt | Millis> {
    return question.kind === 'deliver'
      ? this.#here.send(question.delivery, this.#now())
      : this.#here.silence(question.socket, this.#now());
  }
}

/**
 * What all links between tabs have in common, whatever carries their bytes: messages leave together at the end of a turn, and what comes is
 * read as one stream. Reports follow the port's rules: nothing after the end, and bad bytes once.
 */
import type { TransportFact } from '../../shared/driver/ports.ts';
import type { LinkId } from '../../shared/engine/swarm-io.ts';
import { isMalformed } from '../../shared/wire/malformed.ts';
import { PeerWire } from '../../shared/wire/peer-codec.ts';
import type { PeerMessage } from '../../shared/wire/peer-message.ts';

export interface MessageStreamOptions {
  readonly link: LinkId;
  readonly report: (fact: TransportFact) => void;
  /** Sends these bytes, one part after the other; called once in a turn at most. */
  readonly deliver: (parts: readonly Uint8Array[]) => void;
  /** When what waits is delivered. */
  readonly later: (work: () => void) => void;
}

export class MessageStream {
  readonly #options: MessageStreamOptions;
  readonly #wire = new PeerWire();
  /** Encoded, and on their way at the end of this turn. */
  #outbox: Uint8Array[] = [];
  #hasMalformed = false;
  #hasEnded = false;
  /** Payload bytes of blocks that were sent, and not reported as sent yet. */
  unreportedBytes = 0;

  constructor(options: MessageStreamOptions) {
    this.#options = options;
  }

  send(message: PeerMessage): void {
    const parts = this.#wire.encodeParts(message);
    if (parts.length === 0) return;
    if (message.kind === 'piece') this.unreportedBytes += message.data.byteLength;
    if (this.#outbox.length === 0) this.#options.later(() => this.#flush());
    this.#outbox.push(...parts);
  }

  /** Reads what came; the payload bytes of blocks in it. */
  receive(bytes: Uint8Array): number {
    if (this.#hasMalformed) return 0;
    const { link, report } = this.#options;
    let payloadBytes = 0;
    this.#wire.push(bytes);
    // A report may end the link.
    for (let message = this.#wire.next(); message !== null && !this.#hasEnded; message = this.#wire.next()) {
      if (isMalformed(message)) {
        this.refuse(message.reason);
        break;
      }
      if (message.kind === 'piece') payloadBytes += message.data.byteLength;
      report({ kind: 'message-received', link, message });
    }
    return payloadBytes;
  }

  /** Reports bytes that are no message, once; whatever comes after them has no meaning. */
  refuse(reason: string): void {
    if (this.#hasMalformed || this.#hasEnded) return;
    this.#hasMalformed = true;
    this.#options.report({ kind: 'malformed-received', link: this.#options.link, reason });
  }

  /** So many payload bytes, of all that were not reported yet, are sent now. */
  reportSent(bytes = this.unreportedBytes): void {
    const sent = Math.min(bytes, this.unreportedBytes);
    if (sent <= 0 || this.#hasEnded) return;
    this.unreportedBytes -= sent;
    this.#options.report({ kind: 'blocks-sent', link: this.#options.link, bytes: sent });
  }

  end(): void {
    this.#hasEnded = true;
    this.#outbox = [];
  }

  #flush(): void {
    const parts = this.#outbox;
    this.#outbox = [];
    if (parts.length > 0) this.#options.deliver(parts);
  }
}

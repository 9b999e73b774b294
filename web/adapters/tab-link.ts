/**
 * One link to another tab of this browser: the bytes of a data channel, on a broadcast channel that only these two know. A byte costs a
 * tenth of what it costs over WebRTC, and no network is needed.
 */
import { concatBytes } from '../../shared/base/bytes.ts';
import { seconds } from '../../shared/base/time.ts';
import type { TransportFact } from '../../shared/driver/ports.ts';
import type { LinkId } from '../../shared/engine/swarm-io.ts';
import type { PeerMessage } from '../../shared/wire/peer-message.ts';
import { MessageStream } from './message-stream.ts';
import { nextTask } from './next-task.ts';

/** As long as a connection over the network may take. */
const CONNECT_TIMEOUT_MS = seconds(25);

/**
 * Content counts as sent while the other side has no more than this to read. So all that it asked for at once goes in one message: a message costs
 * three processes a wake-up, however long it is.
 */
const UNREAD_BYTES_MAX = 256 * 1024;

/**
 * What goes over the channel. Each side says "open" as soon as it listens, and again when it hears it first: a browser may be late to let one of them
 * listen, so the first word of the other can be lost. A number: so many payload bytes were read.
 */
type Word = 'open' | 'bye' | Uint8Array | number;

export interface TabLinkOptions {
  readonly link: LinkId;
  /** The channel's name, which is unlike all others in this browser. */
  readonly channel: string;
  /** We made the offer. */
  readonly isCaller: boolean;
  /** By which the browser tells when the other tab ends, in whatever way; undefined on plain-http pages. */
  readonly locks: LockManager | undefined;
  readonly report: (fact: TransportFact) => void;
  /** It is over, for whatever reason. */
  readonly onEnd: () => void;
}

export class TabLink {
  readonly #options: TabLinkOptions;
  readonly #channel: BroadcastChannel;
  readonly #stream: MessageStream;
  readonly #timeout: ReturnType<typeof setTimeout>;
  readonly #ending = new AbortController();
  #hasCalled = false;
  #isHeard = false;
  #isOpen = false;
  /** Payload bytes of blocks that the other side has not read yet. */
  #unreadBytes = 0;

  constructor(options: TabLinkOptions) {
    const { link, channel, report } = options;
    this.#options = options;
    this.#channel = new BroadcastChannel(channel);
    this.#channel.addEventListener('message', ({ data }: MessageEvent<Word>) => this.#hear(data));
    this.#stream = new MessageStream({
      link,
      report,
      deliver: (parts) => this.#say(concatBytes(parts)),
      later: nextTask,
    });
    this.#timeout = setTimeout(() => this.fail('No connection came about in 25 seconds.'), CONNECT_TIMEOUT_MS);
  }

  /** The name of its channel. */
  get channel(): string {
    return this.#channel.name;
  }

  /** Says that this side is there; the link opens when the other side is heard. */
  async call(): Promise<void> {
    await this.#showLife();
    this.#hasCalled = true;
    this.#say('open');
    if (this.#isHeard) this.#open();
  }

  send(message: PeerMessage): void {
    if (!this.#isOpen) return;
    this.#stream.send(message);
    if (message.kind !== 'piece') return;
    this.#unreadBytes += message.data.byteLength;
    if (this.#stream.unreportedBytes === message.data.byteLength) queueMicrotask(() => this.#takeMore());
  }

  /** Ends it; the other side is told. */
  close(): void {
    if (this.#ending.signal.aborted) return;
    this.#say('bye');
    this.#isOpen = false;
    clearTimeout(this.#timeout);
    this.#ending.abort();
    this.#stream.end();
    this.#channel.close();
    this.#options.onEnd();
  }

  fail(reason: string): void {
    if (this.#ending.signal.aborted) return;
    const { link, report } = this.#options;
    this.close();
    report({ kind: 'link-closed', link, reason });
  }

  /** The other side has read more. */
  #read(payloadBytes: number): void {
    this.#unreadBytes -= payloadBytes;
    this.#takeMore();
  }

  #takeMore(): void {
    if (this.#unreadBytes <= UNREAD_BYTES_MAX) this.#stream.reportSent();
  }

  #say(word: Word): void {
    if (!this.#ending.signal.aborted) this.#channel.postMessage(word);
  }

  #hear(word: Word): void {
    if (this.#ending.signal.aborted) return;
    if (word === 'open') this.#meet();
    else if (word === 'bye') this.fail('The neighbour closed the connection.');
    else if (typeof word === 'number') this.#read(word);
    else this.#receive(word);
  }

  #meet(): void {
    this.#isHeard = true;
    if (!this.#hasCalled || this.#isOpen) return;
    this.#say('open');
    this.#open();
  }

  #open(): void {
    if (this.#isOpen || this.#ending.signal.aborted) return;
    this.#isOpen = true;
    clearTimeout(this.#timeout);
    this.#watchLife();
    const { link, report } = this.#options;
    report({ kind: 'link-opened', link });
    report({ kind: 'link-routed', link, route: 'same-browser' });
  }

  #receive(bytes: Uint8Array): void {
    if (!this.#isOpen) return;
    const payloadBytes = this.#stream.receive(bytes);
    if (payloadBytes > 0) this.#say(payloadBytes);
  }

  /** Holds a lock until the link ends, or the tab does. */
  async #showLife(): Promise<void> {
    const { locks, isCaller } = this.#options;
    const ended = new Promise<void>((resolve) => this.#ending.signal.addEventListener('abort', () => resolve()));
    await new Promise<void>((resolve) => {
      if (locks === undefined) resolve();
      // Without it the link does as well, and a crash is noticed later.
      else locks.request(this.#lockOf(isCaller), () => (resolve(), ended)).catch(() => resolve());
    });
  }

  /** The other side's lock is free when its tab is gone. */
  #watchLife(): void {
    const { locks, isCaller } = this.#options;
    const { signal } = this.#ending;
    const gone = (): void => this.fail('The connection to the neighbour was lost.');
    locks?.request(this.#lockOf(!isCaller), { signal }, gone).catch(() => undefined);
  }

  readonly #lockOf = (isCaller: boolean): string => `${this.#options.channel}-${isCaller ? 'caller' : 'called'}`;
}

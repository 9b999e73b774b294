/**
 * The connection of one node to Redis 7 or Valkey: commands, and the words of other nodes. It is watched, so that a Redis that
 * is gone, or there but silent, fails commands at once instead of holding up those who wait; it comes back by itself.
 */
import { type Millis, seconds } from '../shared/base/time.ts';
import { type RedisClient, type RedisCommands, makeRedisClient } from './redis-client.ts';

/** How often Redis is asked for its time, which also shows that it is there, and connected to if it never was. */
const WATCH_INTERVAL_MS = seconds(1);

/** Silence after which the connection is cut and made anew. */
const SILENCE_MAX_MS = seconds(3);

/** Redis did not do what it was asked: it is away, or refused. `cause` tells. */
export class RedisAway extends Error {
  override readonly name = 'RedisAway';
}

export interface RedisEvents {
  /** Redis answers: at first, and whenever it is back. */
  readonly onBack: () => void;
  /** Redis does not answer, and why. */
  readonly onAway: (cause: unknown) => void;
}

export class RedisConnection {
  readonly #commands: RedisClient;
  /** Redis wants a connection of its own for those who listen. */
  readonly #words: RedisClient;
  readonly #now: () => Millis;
  readonly #events: RedisEvents;
  readonly #watch: NodeJS.Timeout;
  readonly #listeners = new Map<string, (word: string) => void>();
  #isListening = false;
  #isAway = true;
  #askedAt: Millis | null = null;
  #offset: Millis = 0;

  /** `urls` is one Redis, or several of a cluster. */
  constructor(urls: readonly string[], now: () => Millis, events: RedisEvents) {
    this.#now = now;
    this.#events = events;
    const onError = (cause: unknown): void => this.#lose(cause);
    this.#commands = makeRedisClient(urls, { onError, onReady: () => void this.#look() });
    this.#words = makeRedisClient(urls, { onError, onReady: () => void this.#subscribe() });
    this.#open();
    this.#watch = setInterval(() => {
      this.#open();
      void this.#look();
    }, WATCH_INTERVAL_MS);
  }

  get isAway(): boolean {
    return this.#isAway;
  }

  /** A moment of this node's clock on Redis' clock, which all nodes share. */
  shared(moment: Millis): Millis {
    return moment + this.#offset;
  }

  /** What a command gives. Rejects with `RedisAway` when Redis does not do it. */
  async run<Reply>(command: (client: RedisCommands) => Promise<Reply>): Promise<Reply> {
    if (this.#isAway) throw new RedisAway('Redis is away.');
    try {
      return await command(this.#commands.commands);
    } catch (cause) {
      throw new RedisAway('Redis did not answer.', { cause });
    }
  }

  /** Hears what is said on a channel, whenever Redis is there. */
  listen(channel: string, onWord: (word: string) => void): void {
    this.#listeners.set(channel, onWord);
    if (this.#words.isReady) void this.#subscribe();
  }

  /** Ends the connection; nothing is heard any more, and commands fail. */
  close(): void {
    clearInterval(this.#watch);
    this.#isAway = true;
    for (const client of [this.#commands, this.#words]) client.close();
  }

  /** Asks for the time; a question still open after the longest silence ends the connection. */
  async #look(): Promise<void> {
    const now = this.#now();
    if (this.#askedAt !== null) {
      if (now - this.#askedAt > SILENCE_MAX_MS) this.#reconnect();
      return;
    }
    if (!this.#commands.isReady || !this.#isListening) return;
    this.#askedAt = now;
    try {
      const shared = await this.#commands.look();
      this.#offset = shared - (now + this.#now()) / 2;
      this.#askedAt = null;
      if (this.#isAway && this.#isListening) this.#find();
    } catch (error) {
      this.#askedAt = null;
      this.#lose(error);
    }
  }

  /** Only a node that hears the others is back. */
  async #subscribe(): Promise<void> {
    const channels = [...this.#listeners].map(([channel, onWord]) => this.#words.commands.sSubscribe(channel, onWord));
    const outcomes = await Promise.allSettled(channels);
    this.#isListening = this.#words.isReady && outcomes.every(({ status }) => status === 'fulfilled');
    await this.#look();
  }

  #reconnect(): void {
    this.#askedAt = null;
    this.#lose(new Error(`Redis was silent for ${SILENCE_MAX_MS} ms.`));
    for (const client of [this.#commands, this.#words]) client.close();
    this.#open();
  }

  #open(): void {
    this.#commands.open();
    this.#words.open();
  }

  #find(): void {
    this.#isAway = false;
    this.#events.onBack();
  }

  #lose(cause: unknown): void {
    this.#isListening = this.#words.isReady && this.#isListening;
    if (this.#isAway) return;
    this.#isAway = true;
    this.#events.onAway(cause);
  }
}

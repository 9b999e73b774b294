/**
 * The connection of one node to Redis 7 or Valkey: commands, and the words of other nodes. It is watched, so that a Redis that
 * is gone, or there but silent, fails commands at once instead of holding up those who wait; it comes back by itself.
 */
import { createClient, defineScript } from 'redis';

import { type Millis, seconds } from '../shared/base/time.ts';
import swarmSteps from './swarm-steps.lua?raw';

/** How often Redis is asked for its time, which also shows that it is there. */
const WATCH_INTERVAL_MS = seconds(1);

/** Silence after which the connection is cut and made anew. */
const SILENCE_MAX_MS = seconds(3);

/** First wait before another attempt to connect; it doubles up to the last. */
const RETRY_FIRST_MS = 50;
const RETRY_LAST_MS = seconds(1);

/** Commands on their way to Redis, at most: beyond, it is too slow to be of use, and memory would fill. */
const COMMANDS_WAITING_MAX = 50_000;

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

/** A step of `swarm-steps.lua`: the shard's key, the step's name, its arguments. */
const step = defineScript({
  SCRIPT: swarmSteps,
  NUMBER_OF_KEYS: 1,
  parseCommand: (parser, shard: string, words: readonly string[]) => {
    parser.pushKey(shard);
    parser.push(...words);
  },
  transformReply: (reply: unknown) => reply,
});

type Client = ReturnType<typeof makeClient>;

export class RedisConnection {
  readonly #commands: Client;
  /** Redis wants a connection of its own for those who listen. */
  readonly #words: Client;
  readonly #now: () => Millis;
  readonly #events: RedisEvents;
  readonly #watch: NodeJS.Timeout;
  readonly #listeners = new Map<string, (word: string) => void>();
  #isListening = false;
  #isAway = true;
  #askedAt: Millis | null = null;
  #offset: Millis = 0;

  constructor(url: string, now: () => Millis, events: RedisEvents) {
    this.#now = now;
    this.#events = events;
    [this.#commands, this.#words] = [makeClient(url), makeClient(url)];
    for (const client of [this.#commands, this.#words]) {
      client.on('error', (error) => this.#lose(error));
      // Fails only when it is closed before it was open: it tries again by itself.
      client.connect().catch(() => {});
    }
    this.#commands.on('ready', () => void this.#look());
    this.#words.on('ready', () => void this.#subscribe());
    this.#watch = setInterval(() => void this.#look(), WATCH_INTERVAL_MS);
  }

  get isAway(): boolean {
    return this.#isAway;
  }

  /** A moment of this node's clock on Redis' clock, which all nodes share. */
  shared(moment: Millis): Millis {
    return moment + this.#offset;
  }

  /** What a command gives. Rejects with `RedisAway` when Redis does not do it. */
  async run<Reply>(command: (client: Client) => Promise<Reply>): Promise<Reply> {
    if (this.#isAway) throw new RedisAway('Redis is away.');
    try {
      return await command(this.#commands);
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
    for (const client of [this.#commands, this.#words]) if (client.isOpen) client.destroy();
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
      const [wholeSeconds, micros] = await this.#commands.time();
      const halfway = (now + this.#now()) / 2;
      this.#offset = seconds(Number(wholeSeconds)) + Number(micros) / 1000 - halfway;
      this.#askedAt = null;
      if (this.#isAway && this.#isListening) this.#find();
    } catch (error) {
      this.#askedAt = null;
      this.#lose(error);
    }
  }

  /** Only a node that hears the others is back. */
  async #subscribe(): Promise<void> {
    const channels = [...this.#listeners].map(([channel, onWord]) => this.#words.sSubscribe(channel, onWord));
    const outcomes = await Promise.allSettled(channels);
    this.#isListening = this.#words.isReady && outcomes.every(({ status }) => status === 'fulfilled');
    await this.#look();
  }

  #reconnect(): void {
    this.#askedAt = null;
    this.#lose(new Error(`Redis was silent for ${SILENCE_MAX_MS} ms.`));
    for (const client of [this.#commands, this.#words]) {
      if (client.isOpen) client.destroy();
      client.connect().catch(() => {});
    }
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

function makeClient(url: string) {
  return createClient({
    url,
    scripts: { step },
    disableOfflineQueue: true,
    commandsQueueMaxLength: COMMANDS_WAITING_MAX,
    socket: {
      connectTimeout: SILENCE_MAX_MS,
      reconnectStrategy: (retries) => Math.min(RETRY_LAST_MS, RETRY_FIRST_MS * 2 ** Math.min(retries, 10)),
    },
  });
}

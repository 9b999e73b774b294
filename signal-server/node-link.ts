/**
 * Questions from node to node, over Redis' publish and subscribe. Each node listens on a channel of its own: a question goes
 * straight there, its answer straight back. The channels are sharded, so that a cluster carries each word on one shard only.
 */
import { seconds } from '../shared/base/time.ts';
import { RedisAway, type RedisConnection } from './redis-connection.ts';

/** How long an answer is waited for. A node that is well answers within milliseconds. */
const ANSWER_TIMEOUT_MS = seconds(3);

/** A node says this often that it lives, and is taken for dead when it did not for as many seconds as follow. */
const LIFE_INTERVAL_MS = seconds(5);
const LIFE_SECONDS = 12;

/** What travels: a question with its number and who asks, or the answer to the question of that number. */
type Word =
  | { readonly kind: 'question'; readonly id: number; readonly from: string; readonly content: unknown }
  | { readonly kind: 'answer'; readonly id: number; readonly content: unknown };

/** Answers a question of another node; what it resolves to is sent back as JSON. */
export type Respond = (content: unknown) => Promise<unknown>;

interface Waiting {
  readonly resolve: (content: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export class NodeLink {
  /** Of this process, never used twice. */
  readonly name: string;
  readonly #redis: RedisConnection;
  readonly #waiting = new Map<number, Waiting>();
  #respond: Respond = async () => null;
  #pulse: NodeJS.Timeout | undefined;
  #asked = 0;

  constructor(redis: RedisConnection, name: string) {
    this.name = name;
    this.#redis = redis;
  }

  /** Answers other nodes from now on, whenever Redis is there. */
  open(respond: Respond): void {
    this.#respond = respond;
    this.#pulse = setInterval(() => this.live(), LIFE_INTERVAL_MS);
    this.live();
    this.#redis.listen(channelOf(this.name), (word) => this.#hear(JSON.parse(word) as Word));
  }

  /** Tells the others that this node lives: it does so by itself, and is asked to when Redis is back. */
  live(): void {
    const life = { expiration: { type: 'EX', value: LIFE_SECONDS } } as const;
    // When Redis is away, the next sign comes in time.
    this.#redis.run((client) => client.set(lifeKeyOf(this.name), '1', life)).catch(() => {});
  }

  /** Says goodbye, so that the others need not wait for a sign of life. */
  async close(): Promise<void> {
    clearInterval(this.#pulse);
    await this.#redis.run((client) => client.del(lifeKeyOf(this.name))).catch(() => {});
  }

  /** What a node answers; null when it is no more. Rejects with `RedisAway` when that cannot be known now. */
  async ask(node: string, content: unknown): Promise<unknown> {
    const id = (this.#asked += 1);
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    const timer = setTimeout(() => void this.#doubt(id, node), ANSWER_TIMEOUT_MS);
    void this.#put(id, node, content);
    return answer.finally(() => {
      clearTimeout(timer);
      this.#waiting.delete(id);
    });
  }

  async #put(id: number, node: string, content: unknown): Promise<void> {
    try {
      const listeners = await this.#say(node, { kind: 'question', id, from: this.name, content });
      if (listeners === 0) await this.#doubt(id, node);
    } catch (error) {
      this.#waiting.get(id)?.reject(error);
    }
  }

  /**
   * Nobody listens, or no answer came. A node that has just lost Redis lives on, and listens again soon; a machine that lost
   * its power leaves a listener behind, but no sign of life.
   */
  async #doubt(id: number, node: string): Promise<void> {
    try {
      const isAlive = await this.#redis.run((client) => client.exists(lifeKeyOf(node)));
      if (isAlive === 0) this.#waiting.get(id)?.resolve(null);
      else this.#waiting.get(id)?.reject(new RedisAway('Another node does not answer.'));
    } catch (error) {
      this.#waiting.get(id)?.reject(error);
    }
  }

  #hear(word: Word): void {
    if (word.kind === 'answer') this.#waiting.get(word.id)?.resolve(word.content);
    else void this.#answer(word);
  }

  async #answer({ id, from, content }: Extract<Word, { kind: 'question' }>): Promise<void> {
    const answer: Word = { kind: 'answer', id, content: await this.#respond(content) };
    // Who asked is told nothing then, and gives up.
    await this.#say(from, answer).catch(() => {});
  }

  /** How many nodes heard it: one, or none. */
  #say(node: string, word: Word): Promise<number> {
    return this.#redis.run((client) => client.sPublish(channelOf(node), JSON.stringify(word)));
  }
}

const channelOf = (node: string): string => `tabswarm:words:${node}`;

const lifeKeyOf = (node: string): string => `tabswarm:life:${node}`;

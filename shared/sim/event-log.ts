/** A number that stands for everything that was ordered in a run: two runs that differ anywhere differ in it. */
import type { Millis } from '../base/time.ts';
import type { Effect } from '../engine/swarm-io.ts';

/** FNV-1a, 32 bits (Fowler, Noll, Vo). */
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

export class EventLog {
  #hash = FNV_OFFSET;
  #entries = 0;
  readonly #time = new Float64Array(1);
  readonly #timeWords = new Uint32Array(this.#time.buffer);
  readonly #kindHashes = new Map<string, number>();

  /** Eight hexadecimal digits. */
  get hash(): string {
    return (this.#hash >>> 0).toString(16).padStart(8, '0');
  }

  get entries(): number {
    return this.#entries;
  }

  /** At `time`, the swarm of `peer` ordered `effect`. */
  note(time: Millis, peer: number, effect: Effect): void {
    this.#entries += 1;
    this.#time[0] = time;
    this.#mix(this.#timeWords[0]);
    this.#mix(this.#timeWords[1]);
    this.#mix(peer);
    this.#mix(this.#kindHash(effect.kind === 'send' ? effect.message.kind : effect.kind));
    if ('link' in effect) this.#mix(effect.link);
    if ('piece' in effect) this.#mix(effect.piece);
    if (effect.kind === 'send-block') this.#mix(effect.block.piece ^ effect.block.offset);
  }

  #mix(word: number): void {
    this.#hash = Math.imul(this.#hash ^ word, FNV_PRIME);
    // FNV takes bytes; with whole words, the high bits are folded down so that they matter.
    this.#hash ^= this.#hash >>> 15;
  }

  #kindHash(kind: string): number {
    let hash = this.#kindHashes.get(kind);
    if (hash === undefined) {
      hash = FNV_OFFSET;
      for (let index = 0; index < kind.length; index += 1) hash = Math.imul(hash ^ kind.charCodeAt(index), FNV_PRIME);
      this.#kindHashes.set(kind, hash);
    }
    return hash;
  }
}

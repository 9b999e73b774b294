/**
 * Which peers of a swarm are tabs of this browser: they tell each other, on a channel that they share.
 *
 * A tab says that it is here before the server learns of it, and another has heard that when it hears a word of its own that it said since. So of
 * two tabs the one that was there first always finds the newer one, whichever of them calls.
 */
import type { InfoHash, PeerId } from '../../shared/wire/ids.ts';

/** What the swarm's tabs tell each other. */
interface Presence {
  readonly peer: PeerId;
  /** Whoever hears it says that it is here too. */
  readonly isNew: boolean;
}

export class TabPresence {
  readonly #self: PeerId;
  readonly #channel: BroadcastChannel;
  /** Those that are gone do no harm: nobody names them. This tab is one of them once it has heard itself. */
  readonly #here = new Set<PeerId>();
  readonly #unheard: (() => void)[] = [];
  #asked: Promise<void> | null = null;

  constructor(infoHash: InfoHash, self: PeerId) {
    this.#self = self;
    this.#channel = new BroadcastChannel(`tabswarm-tabs-${infoHash}`);
    this.#channel.addEventListener('message', ({ data }: MessageEvent<Presence>) => this.#hear(data));
    void this.#tell(true);
  }

  /** Whether the peer is known to be here. */
  has(peer: PeerId): boolean {
    return this.#here.has(peer);
  }

  /** Whether it is here, once all is heard that was said until now. Where no word comes through, or none has yet, nothing is waited for. */
  async find(peer: PeerId): Promise<boolean> {
    if (this.#here.has(this.#self)) await this.#ask();
    return this.#here.has(peer);
  }

  close(): void {
    this.#channel.close();
  }

  #hear({ peer, isNew }: Presence): void {
    this.#here.add(peer);
    if (peer === this.#self) this.#unheard.shift()?.();
    else if (isNew) this.#say(this.#channel, false);
  }

  /** One word for all that is asked in a turn. */
  #ask(): Promise<void> {
    if (this.#asked === null) queueMicrotask(() => (this.#asked = null));
    this.#asked ??= this.#tell(false);
    return this.#asked;
  }

  /** Resolves when this tab hears it itself, after all that others said before. Its channel does not hear what comes from it: another one says it. */
  #tell(isNew: boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#unheard.push(resolve);
      const mouth = new BroadcastChannel(this.#channel.name);
      this.#say(mouth, isNew);
      mouth.close();
    });
  }

  #say(channel: BroadcastChannel, isNew: boolean): void {
    channel.postMessage({ peer: this.#self, isNew } satisfies Presence);
  }
}

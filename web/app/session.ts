/** One swarm of this tab, from opening its store to leaving: the driver, the store under it, and what a screen may read of both. */
import { seconds } from '../../shared/base/time.ts';
import { troubleText } from '../../shared/base/trouble.ts';
import { Driver } from '../../shared/driver/driver.ts';
import type { ChunkStore } from '../../shared/driver/ports.ts';
import type { Snapshot } from '../../shared/engine/snapshot.ts';
import { NO_LIMITS, type RateLimits } from '../../shared/base/rate-limits.ts';
import { Swarm } from '../../shared/engine/swarm.ts';
import { type InfoHash, type PieceIndex, newPeerId } from '../../shared/wire/ids.ts';
import { encodeTorrentFile } from '../../shared/wire/torrent-file-encoder.ts';
import { type LinkSources, NO_SOURCES, magnetLink } from '../../shared/wire/magnet-link.ts';
import type { Metainfo } from '../../shared/wire/metainfo.ts';
import { type RateSample, withSample } from './rate-history.ts';
import type { LocalCopy, Phase, Role, Shortage } from './reading.ts';
import { repeat } from './repeat.ts';
import { NO_MEMORY, type SwarmView, type ViewMemory, viewSwarm } from './swarm-view.ts';
import { SwarmContent } from './swarm-content.ts';
import { WantedFiles } from './wanted-files.ts';
import type { Disk, StoppableClock, Transport, WebSeedState, World } from './world.ts';

/** Where the pieces of a session come from and go to. */
export interface Source {
  /** Somebody else has it: whoever is heard of first is called. */
  readonly calls: boolean;
  /** May be called again after `close`. Rejects with an Error for a person when nothing can be stored here. */
  readonly open: () => Promise<OpenSource>;
}

export interface OpenSource {
  readonly role: Role;
  readonly store: ChunkStore<Uint8Array>;
  readonly metainfo: Metainfo | null;
  /** Pieces that are here from the start. */
  readonly have: readonly PieceIndex[];
  /** Takes note of what a neighbour told. */
  readonly onMetainfo: (metainfo: Metainfo) => void;
  readonly localCopy: () => LocalCopy;
  /** A stored piece, also after `close`; null when the person has the file anyway. */
  readonly part: Disk['part'] | null;
  /** Numbers of the files that the person chose before; null for all. */
  readonly choice: readonly number[] | null;
  /** Takes note of a choice. */
  readonly onChoice: (numbers: readonly number[] | null) => void;
  /** Lets go of the store. */
  readonly close: () => Promise<void>;
}

/** A swarm, put for other BitTorrent programs. */
export interface ForOthers {
  readonly magnet: string;
  /** null until it is known what is shared. */
  readonly torrent: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> } | null;
}

/** What lives between a start and a stop. */
interface Run {
  readonly swarm: Swarm;
  readonly driver: Driver<Uint8Array>;
  readonly clock: StoppableClock;
  readonly transports: readonly Transport[];
  /** Rings when the rates are to be noted. */
  readonly noteClock: StoppableClock;
}

/** How long a browser that cannot store anything, or cannot reach the server, is left alone before the next attempt. */
const RETRY_MS = seconds(5);

/** How often rates are noted for the graph, and the room is looked at when it was short. */
const NOTE_EVERY_MS = seconds(1);

/** What a link says besides its info hash. */
export interface LinkHints {
  readonly sources?: LinkSources | undefined;
  /** What it calls the file; nothing vouches for that. */
  readonly name?: string | null | undefined;
}

export class Session {
  readonly infoHash: InfoHash;
  readonly #world: World;
  readonly #source: Source;
  readonly #sources: LinkSources;
  readonly #expectedName: string | null;
  #phase: Phase = { kind: 'opening' };
  /** Grows with every start and end, so that what comes of an earlier start is known to be late. */
  #turn = 0;
  #opened: OpenSource | null = null;
  #run: Run | null = null;
  /** Of the last look, kept for the screens after the end. */
  #snapshot: Snapshot | null = null;
  #memory: ViewMemory = NO_MEMORY;
  #content: SwarmContent | null = null;
  #history: readonly RateSample[] = [];
  #shortage: Shortage | null = null;
  /** The person wants as much as fits. */
  #mayOverfill = false;
  #isSuspended = false;
  #limits: RateLimits = NO_LIMITS;

  constructor(world: World, infoHash: InfoHash, source: Source, { sources, name }: LinkHints = {}) {
    this.infoHash = infoHash;
    this.#world = world;
    this.#source = source;
    this.#sources = sources ?? NO_SOURCES;
    this.#expectedName = name ?? null;
  }

  /** Whether it is in the swarm, or about to be. */
  get isActive(): boolean {
    return this.#phase.kind !== 'stopped' && this.#phase.kind !== 'crashed';
  }

  /** Enters the swarm. Also after an end. */
  start(): void {
    if (this.#run !== null) return;
    const turn = (this.#turn += 1);
    this.#phase = { kind: 'opening' };
    this.#open(turn).catch((error: unknown) => {
      if (turn === this.#turn) this.#end({ kind: 'crashed', reason: reasonOf(error) });
    });
  }

  /** Leaves the swarm, at the wish of the person. What is stored stays; resolves when this tab has let go of it. */
  async stop(): Promise<void> {
    this.#end({ kind: 'stopped' });
    await this.#opened?.close();
  }

  /** Caps what flows, now and after every start. */
  limit(limits: RateLimits): void {
    this.#limits = limits;
    this.#run?.driver.limit(limits);
  }

  /** The page goes away, perhaps to come back: leaves the swarm, but holds on to the store. */
  suspend(): void {
    if (!this.isActive) return;
    this.#isSuspended = true;
    this.#end({ kind: 'opening' });
  }

  /** The page has come back. Its store may have gone to another tab meanwhile. */
  async resume(): Promise<void> {
    if (!this.#isSuspended) return;
    this.#isSuspended = false;
    await this.#opened?.close();
    this.start();
  }

  /** Fetches as much as fits. */
  overfill(): void {
    this.#mayOverfill = true;
    void this.compareRoom();
  }

  /** Whether what is still to come will fit. While it does not, it waits. To be called when room may have been made. */
  async compareRoom(): Promise<void> {
    const free = await this.#world.roomBytes();
    if (this.#run === null || this.#content === null || this.#opened?.role !== 'receiver') return;
    const needed = this.#content.missingBytes();
    const isShort = !this.#mayOverfill && free !== null && free < needed;
    this.#shortage = isShort ? { needed, free } : null;
    this.#content.wanted.hold(isShort);
  }

  /** A byte for each piece, as `shared/engine/piece-map` has it; null when it is not running, or nothing is known of them. */
  pieceMap(): Uint8Array | null {
    return this.#run?.swarm.pieceMap() ?? null;
  }

  /** What the screen says now. */
  view(): SwarmView {
    if (this.#run !== null) this.#snapshot = this.#run.driver.snapshot();
    const { view, memory } = viewSwarm(
      {
        role: this.#opened?.role ?? 'receiver',
        phase: this.#phase,
        snapshot: this.#snapshot,
        localCopy: this.#opened?.localCopy() ?? { kind: 'none' },
        canSave: this.#opened !== null && this.#opened.part !== null,
        chosenBytes: this.#content?.chosenBytes ?? null,
        expectedName: this.#expectedName,
        webSeeds: this.#webSeeds(),
        shortage: this.#shortage,
        history: this.#history,
        now: this.#world.now(),
      },
      this.#memory,
    );
    this.#memory = memory;
    return view;
  }

  /** The swarm for other clients. */
  forOthers(): ForOthers {
    const metainfo = this.#snapshot?.metainfo ?? null;
    const tracker = this.#world.trackerUrl;
    const name = metainfo?.name ?? null;
    return {
      magnet: magnetLink({ infoHash: this.infoHash, name, tracker }),
      torrent: metainfo && { name: `${name}.torrent`, bytes: encodeTorrentFile(metainfo, tracker) },
    };
  }

  /** Those of the link, and what is the matter with each. */
  #webSeeds(): readonly WebSeedState[] {
    if (this.#run === null) return [];
    const { transports, swarm } = this.#run;
    return transports
      .flatMap((transport) => transport.webSeeds())
      .map(({ peer, host, trouble }) => {
        return { peer, host, trouble: swarm.isBanned(peer) ? troubleText('web-seed-lies') : trouble };
      });
  }

  /** Its files; null before they are known. */
  get content(): SwarmContent | null {
    return this.#content;
  }

  /** Whether a file can be looked at while it is still coming. */
  get canStream(): boolean {
    return this.#world.openView !== null;
  }

  /** Whether this browser lets a person save into a folder. */
  get canSaveFolder(): boolean {
    return this.#world.saveFolder !== null;
  }

  async #open(turn: number): Promise<void> {
    if (!this.#world.canConnect()) {
      this.#phase = { kind: 'blocked', by: 'webrtc' };
      return;
    }
    const [prepared, opened] = await Promise.allSettled([
      // What is tried again, every five seconds perhaps, begins no connection in vain.
      this.#world.prepareToConnect(this.#sources, { calls: this.#source.calls && turn === 1 }),
      this.#source.open(),
    ]);
    const canGoOn = turn === this.#turn && prepared.status === 'fulfilled';
    if (canGoOn && opened.status === 'fulfilled') this.#launch(opened.value);
    else if (opened.status === 'fulfilled') await opened.value.close();
    if (turn !== this.#turn) return;
    if (prepared.status === 'rejected') this.#block({ kind: 'blocked', by: 'server' });
    else if (opened.status === 'rejected')
      this.#block({ kind: 'blocked', by: 'storage', reason: reasonOf(opened.reason) });
  }

  /** The world may mend: tries again by itself. */
  #block(phase: Phase): void {
    const turn = this.#turn;
    this.#phase = phase;
    setTimeout(() => turn === this.#turn && this.start(), RETRY_MS);
  }

  #launch(opened: OpenSource): void {
    const { infoHash } = this;
    const { metainfo, have, store } = opened;
    const { hasher, shape, ...world } = this.#world;
    const clock = world.newClock();
    const random = world.newRandom();
    const transports: Transport[] = [];
    const self = newPeerId(random);
    const swarm = new Swarm({
      infoHash,
      peerId: self,
      random,
      now: clock.now(),
      metainfo,
      have,
      stored: have,
    });
    const driver = new Driver<Uint8Array>({
      swarm,
      clock,
      store,
      hasher,
      shape,
      transport: (report) => {
        const transport = world.newTransport({ report, infoHash, self, webSeeds: this.#sources.webSeeds });
        transports.push(transport);
        return transport;
      },
      signal: (report) => world.newSignal(report, this.#sources.trackers),
      onMetainfo: (fresh) => {
        opened.onMetainfo(fresh);
        for (const transport of transports) transport.describe(fresh);
        this.#content = this.#contentOf(fresh, opened);
        void this.compareRoom();
      },
      onPieceStored: (piece) => this.#content?.pieceStored(piece),
      onCrash: (error) => this.#end({ kind: 'crashed', reason: reasonOf(error) }),
    });
    this.#opened = opened;
    this.#run = { swarm, driver, clock, transports, noteClock: world.newClock() };
    repeat(this.#run.noteClock, NOTE_EVERY_MS, () => this.#note());
    this.#phase = { kind: 'running' };
    driver.start();
    driver.limit(this.#limits);
    if (metainfo === null) return;
    world.onNews();
    for (const transport of transports) transport.describe(metainfo);
    this.#content ??= this.#contentOf(metainfo, opened);
    this.#content.wanted.wish();
    void this.compareRoom();
  }

  #contentOf(metainfo: Metainfo, { choice }: OpenSource): SwarmContent {
    const wanted = new WantedFiles(metainfo, choice, {
      onWishes: (wishes) => this.#run?.driver.wish(wishes),
      onChoice: (numbers) => {
        this.#opened?.onChoice(numbers);
        void this.compareRoom();
      },
    });
    return new SwarmContent({
      world: this.#world,
      wanted,
      part: () => this.#opened?.part ?? null,
      storedBits: () => this.#run?.driver.storedBits() ?? null,
    });
  }

  /** Ends the run, if there is one. After a crash only the connections: of the driver nothing can be trusted any more. */
  #end(phase: Phase): void {
    this.#turn += 1;
    this.#phase = phase;
    if (this.#run === null) return;
    const { driver, clock, transports, noteClock } = this.#run;
    noteClock.stop();
    if (phase.kind !== 'crashed') {
      this.#note();
      driver.stop();
    }
    this.#run = null;
    for (const transport of transports) transport.closeAll();
    clock.stop();
  }

  #note(): void {
    if (this.#run === null) return;
    this.#snapshot = this.#run.driver.snapshot();
    this.#history = withSample(this.#history, this.#snapshot.rates);
    if (this.#shortage !== null) void this.compareRoom();
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

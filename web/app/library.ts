/** Everything this tab does: the files it is preparing, the swarms it is in, and what is stored on this device. */
import type { RateLimits } from '../../shared/base/rate-limits.ts';
import type { InfoHash } from '../../shared/wire/ids.ts';
import type { Metainfo } from '../../shared/wire/metainfo.ts';
import { receiverSource } from './join.ts';
import { Preparation } from './preparation.ts';
import { type LinkHints, Session } from './session.ts';
import { sharerSource } from './share.ts';
import type { SharedFiles } from './shared-files.ts';
import { type StoredGroup, groupStored, isElsewhere } from './stored-group.ts';
import type { ChosenLimits, World } from './world.ts';

/** "Stored on this device", or why that cannot be told. */
export type StoredFiles =
  | { readonly kind: 'files'; readonly files: readonly StoredGroup[] }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** What is known of a swarm besides its info hash. */
export interface JoinHints extends LinkHints {
  readonly metainfo?: Metainfo;
}

export class Library {
  readonly #world: World;
  readonly #sessions = new Map<InfoHash, Session>();
  #preparation: Preparation | null = null;
  #limits: ChosenLimits;
  #isOnMobileData = false;

  constructor(world: World) {
    this.#world = world;
    this.#limits = world.recallLimits();
  }

  /** Caps on what flows, in each swarm of this tab. */
  get limits(): ChosenLimits {
    return this.#limits;
  }

  /** Sets them, from now on and on this device. */
  limit(limits: ChosenLimits): void {
    this.#limits = limits;
    this.#world.rememberLimits(limits);
    this.#applyLimits();
  }

  /** The person pays for what is uploaded now. */
  get isOnMobileData(): boolean {
    return this.#isOnMobileData;
  }

  /** The device has changed its network. */
  changeNetwork(isMobileData: boolean): void {
    this.#isOnMobileData = isMobileData;
    this.#applyLimits();
  }

  /** What is being prepared; null when there is none. */
  get preparation(): Preparation | null {
    return this.#preparation;
  }

  /** Swarms of this tab, in the order in which it came to them. */
  get sessions(): readonly Session[] {
    return [...this.#sessions.values()];
  }

  /** Prepares the files and begins to share them. Their swarm; null when cancelled. Rejects with an Error for a person. */
  async share(shared: SharedFiles): Promise<InfoHash | null> {
    this.#preparation?.cancel();
    const preparation = new Preparation(this.#world, shared);
    this.#preparation = preparation;
    try {
      const described = await preparation.described;
      if (described === null) return null;
      await this.#forget(described.infoHash);
      this.#begin(new Session(this.#world, described.infoHash, sharerSource(this.#world, shared.files, described)));
      return described.infoHash;
    } finally {
      if (this.#preparation === preparation) this.#preparation = null;
    }
  }

  /** Begins to receive what a torrent file describes. Its swarm. Rejects with an Error for a person. */
  async open(torrentFile: File): Promise<InfoHash> {
    const { infoHash, metainfo, ...sources } = await this.#world.readTorrent(torrentFile);
    this.join(infoHash, { sources, metainfo });
    return infoHash;
  }

  /** The session of this swarm; begins to receive when this tab is not in it. */
  join(infoHash: InfoHash, { sources, name, metainfo }: JoinHints = {}): Session {
    const known = this.#sessions.get(infoHash);
    const source = receiverSource(this.#world, infoHash, metainfo);
    return known ?? this.#begin(new Session(this.#world, infoHash, source, { sources, name }));
  }

  /** What is stored on this device, the largest first. */
  async stored(): Promise<StoredFiles> {
    try {
      return { kind: 'files', files: groupStored(await (await this.#world.openStores()).list()) };
    } catch (error) {
      return { kind: 'unavailable', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  /** Deletes the copies that no other tab uses; leaves the swarm first when this tab is in it with one of them. */
  async deleteStored({ infoHash, copies }: StoredGroup): Promise<void> {
    if (copies.some(({ isMine }) => isMine)) await this.#forget(infoHash);
    const stores = await this.#world.openStores();
    // One that another tab has taken up meanwhile is refused, and stays in the list as such.
    const free = copies.filter((copy) => !isElsewhere(copy));
    await Promise.all(free.map(({ storeId }) => stores.remove(storeId)));
  }

  /** Leaves the swarm and deletes what this tab has of it. */
  async discard(infoHash: InfoHash): Promise<void> {
    const stores = await this.#world.openStores();
    const mine = (await stores.list()).filter((copy) => copy.infoHash === infoHash && copy.isMine);
    await this.#forget(infoHash);
    await Promise.all(mine.map(({ storeId }) => stores.remove(storeId)));
  }

  /** The page goes away. */
  suspend(): void {
    for (const session of this.sessions) session.suspend();
  }

  /** The page has come back from where the browser kept it. */
  async resume(): Promise<void> {
    await Promise.all(this.sessions.map((session) => session.resume()));
  }

  #begin(session: Session): Session {
    this.#sessions.set(session.infoHash, session);
    session.limit(this.#limitsNow());
    session.start();
    return session;
  }

  #applyLimits(): void {
    for (const session of this.sessions) session.limit(this.#limitsNow());
  }

  #limitsNow(): RateLimits {
    const { upload, download, sparesMobileData } = this.#limits;
    return { upload: sparesMobileData && this.#isOnMobileData ? 0 : upload, download };
  }

  async #forget(infoHash: InfoHash): Promise<void> {
    const session = this.#sessions.get(infoHash);
    this.#sessions.delete(infoHash);
    await session?.stop();
  }
}

/**
 * The directory of one node among many: the shared one, and beside it what this node's own sockets announced. While the
 * shared one is away, answers come from the node's own part; when it is back, the node enters its part again, since Redis
 * may have lost everything.
 */
import type { Millis } from '../shared/base/time.ts';
import type { InfoHash, PeerId } from '../shared/wire/ids.ts';
import type { SwarmCounts } from '../shared/wire/signal-message.ts';
import type { Directory, DirectorySize, Entry, EntryResult, PeerRecord, SampleRequest } from './directory.ts';
import type { MaybePromise } from './maybe-promise.ts';
import type { MemoryDirectory } from './memory-directory.ts';
import type { Member } from './memory-swarm.ts';
import { RedisAway } from './redis-connection.ts';
import type { SocketId } from './relay.ts';

/** Peers entered again at once: Redis has other work as well. */
const RESTORED_AT_ONCE = 500;

export class ShelteredDirectory implements Directory {
  readonly #shared: Directory;
  readonly #own: MemoryDirectory;

  constructor(shared: Directory, own: MemoryDirectory) {
    this.#shared = shared;
    this.#own = own;
  }

  async enter(entry: Entry, now: Millis): Promise<EntryResult> {
    const result = await orAway(this.#shared.enter(entry, now));
    if (result === 'away') return partial(await this.#own.enter(entry, now));
    if (result.kind === 'entered') await this.#keep(entry, result.trackerId, now);
    return result;
  }

  async leave(infoHash: InfoHash, peerId: PeerId, socket: SocketId): Promise<void> {
    // Our own part first: what is entered again meanwhile is then without it.
    await this.#own.leave(infoHash, peerId, socket);
    // A leave that Redis does not hear is made good for by the peer's silence, or by the first offer that finds it gone.
    await orAway(this.#shared.leave(infoHash, peerId, socket));
  }

  async find(infoHash: InfoHash, peerId: PeerId): Promise<PeerRecord | null> {
    const peer = await orAway(this.#shared.find(infoHash, peerId));
    return peer === 'away' ? this.#own.find(infoHash, peerId) : peer;
  }

  async sample(request: SampleRequest): Promise<readonly PeerRecord[]> {
    const peers = await orAway(this.#shared.sample(request));
    return peers === 'away' ? this.#own.sample(request) : peers;
  }

  async counts(infoHash: InfoHash): Promise<SwarmCounts> {
    const counts = await orAway(this.#shared.counts(infoHash));
    return counts === 'away' ? this.#own.counts(infoHash) : counts;
  }

  async expire(before: Millis): Promise<void> {
    await this.#own.expire(before);
    await orAway(this.#shared.expire(before));
  }

  async size(): Promise<DirectorySize> {
    const size = await orAway(this.#shared.size());
    return size === 'away' ? this.#own.size() : size;
  }

  /** Enters all that this node knows into the shared directory. A peer that is held elsewhere by now stays there. */
  async restore(): Promise<void> {
    const members = this.#own.members();
    for (let first = 0; first < members.length; first += RESTORED_AT_ONCE) {
      await Promise.all(members.slice(first, first + RESTORED_AT_ONCE).map((member) => this.#restoreOne(member)));
    }
  }

  async #restoreOne(member: Member): Promise<void> {
    const { infoHash } = member.swarm;
    const isStillHere = (await this.#own.find(infoHash, member.peerId)) === member;
    if (!isStillHere) return;
    const entry = { infoHash, peer: member, hasFinished: false, claimedTrackerId: null, takeFrom: null };
    await orAway(this.#shared.enter({ ...entry, peersMax: Number.MAX_SAFE_INTEGER }, member.enteredAt));
  }

  /** Takes a peer into our own part as the shared directory took it, whatever was known of it here. */
  async #keep({ infoHash, peer }: Entry, trackerId: string, now: Millis): Promise<void> {
    const known = await this.#own.find(infoHash, peer.peerId);
    if (known && known.trackerId !== trackerId) await this.#own.leave(infoHash, peer.peerId, known.socket);
    const entry = { infoHash, peer: { ...peer, trackerId }, hasFinished: false, claimedTrackerId: trackerId };
    await this.#own.enter({ ...entry, takeFrom: null, peersMax: Number.MAX_SAFE_INTEGER }, now);
  }
}

function partial(result: EntryResult): EntryResult {
  return result.kind === 'entered' ? { ...result, isPartial: true } : result;
}

/** What a step of the shared directory gives, or that it is away. */
async function orAway<Result>(step: MaybePromise<Result>): Promise<Result | 'away'> {
  try {
    return await step;
  } catch (error) {
    if (error instanceof RedisAway) return 'away';
    throw error;
  }
}

/** The directory of a server with one node, in its memory. Every step costs the same however large a swarm is. */
import { type Random, randomBelow } from '../shared/base/random.ts';
import type { Millis } from '../shared/base/time.ts';
import type { InfoHash, PeerId } from '../shared/wire/ids.ts';
import type { SwarmCounts } from '../shared/wire/signal-message.ts';
import type { Directory, DirectorySize, Entry, EntryResult, PeerRecord, SampleRequest } from './directory.ts';
import type { MaybePromise } from './maybe-promise.ts';
import { type Member, MemorySwarm } from './memory-swarm.ts';
import type { SocketId } from './relay.ts';

export class MemoryDirectory implements Directory {
  readonly #swarms = new Map<InfoHash, MemorySwarm>();
  /** All members of all swarms, the longest silent first: an entry moves its member to the end. */
  readonly #bySilence = new Set<Member>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  enter(entry: Entry, now: Millis): MaybePromise<EntryResult> {
    const { infoHash, peer } = entry;
    const swarm = this.#swarms.get(infoHash) ?? new MemorySwarm(infoHash);
    const known = swarm.find(peer.peerId);
    const isElsewhere = known !== null && known.socket !== peer.socket;
    const isProven = known !== null && entry.claimedTrackerId === known.trackerId;
    if (isElsewhere && !isProven && entry.takeFrom !== known.socket) return { kind: 'held', by: known.socket };
    if (known === null && swarm.size >= entry.peersMax) return { kind: 'full' };

    this.#swarms.set(infoHash, swarm);
    const keepsSecret = known !== null && (isProven || !isElsewhere);
    const takenFrom = isElsewhere ? known.socket : null;
    const trackerId = keepsSecret ? known.trackerId : peer.trackerId;
    if (entry.hasFinished && known?.isComplete !== true) swarm.downloaded += 1;
    this.#refresh(swarm.put(peer, trackerId), now);
    return { kind: 'entered', trackerId, takenFrom, counts: swarm.counts(), isPartial: false };
  }

  leave(infoHash: InfoHash, peerId: PeerId, socket: SocketId): MaybePromise<void> {
    const member = this.#swarms.get(infoHash)?.find(peerId);
    if (member?.socket === socket) this.#forget(member);
  }

  find(infoHash: InfoHash, peerId: PeerId): MaybePromise<PeerRecord | null> {
    return this.#swarms.get(infoHash)?.find(peerId) ?? null;
  }

  sample(request: SampleRequest): MaybePromise<readonly PeerRecord[]> {
    const swarm = this.#swarms.get(request.infoHash);
    return swarm ? swarm.sample(request, (bound) => randomBelow(this.#random, bound)) : [];
  }

  counts(infoHash: InfoHash): MaybePromise<SwarmCounts> {
    return this.#swarms.get(infoHash)?.counts() ?? { complete: 0, incomplete: 0, downloaded: 0 };
  }

  expire(before: Millis): MaybePromise<void> {
    for (const member of this.#bySilence) {
      if (member.enteredAt >= before) return;
      this.#forget(member);
    }
  }

  size(): MaybePromise<DirectorySize> {
    return { swarms: this.#swarms.size, peers: this.#bySilence.size };
  }

  /** Everybody in all swarms, the longest silent first. */
  members(): Member[] {
    return [...this.#bySilence];
  }

  #refresh(member: Member, now: Millis): void {
    member.enteredAt = now;
    this.#bySilence.delete(member);
    this.#bySilence.add(member);
  }

  #forget(member: Member): void {
    const { swarm } = member;
    swarm.remove(member);
    this.#bySilence.delete(member);
    if (swarm.size === 0) this.#swarms.delete(swarm.infoHash);
  }
}

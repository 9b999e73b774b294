/** The members of one swarm in memory: found by id, and dense in an array so that chance can pick them in O(count). */
import { assert } from '../shared/base/assert.ts';
import type { Millis } from '../shared/base/time.ts';
import type { InfoHash, PeerId } from '../shared/wire/ids.ts';
import type { SwarmCounts } from '../shared/wire/signal-message.ts';
import type { PeerRecord, SampleRequest } from './directory.ts';
import type { SocketId } from './relay.ts';

/** A peer's place in a swarm. */
export interface Member extends PeerRecord {
  socket: SocketId;
  isComplete: boolean;
  trackerId: string;
  enteredAt: Millis;
  readonly swarm: MemorySwarm;
  /** Where it stands in the swarm's array. */
  index: number;
}

export class MemorySwarm {
  readonly infoHash: InfoHash;
  /** How often a peer finished here. */
  downloaded = 0;
  readonly #byId = new Map<PeerId, Member>();
  /** Leechers first, then seeds; `#members[i].index === i`. */
  readonly #members: Member[] = [];
  /** How many leechers there are: the index of the first seed. */
  #leechers = 0;

  constructor(infoHash: InfoHash) {
    this.infoHash = infoHash;
  }

  get size(): number {
    return this.#members.length;
  }

  counts(): SwarmCounts {
    return {
      complete: this.#members.length - this.#leechers,
      incomplete: this.#leechers,
      downloaded: this.downloaded,
    };
  }

  find(peerId: PeerId): Member | null {
    return this.#byId.get(peerId) ?? null;
  }

  /** Adds the peer, or brings it up to date, with this secret. */
  put(peer: PeerRecord, trackerId: string): Member {
    const known = this.#byId.get(peer.peerId);
    const member = known ?? this.#append(peer);
    member.socket = peer.socket;
    member.trackerId = trackerId;
    if (peer.isComplete !== member.isComplete) this.#cross(member);
    return member;
  }

  remove(member: Member): void {
    assert(this.#members[member.index] === member, 'a member stands at its index');
    if (!member.isComplete) {
      this.#leechers -= 1;
      this.#swap(member.index, this.#leechers);
    }
    this.#swap(member.index, this.#members.length - 1);
    this.#members.pop();
    this.#byId.delete(member.peerId);
  }

  /**
   * A uniformly random set of members, by Floyd's algorithm (Bentley and Floyd, "A sample of brilliance", 1987): `count`
   * draws, nothing copied. `below` draws a whole number under its argument.
   */
  sample({ count, except, isForSeed }: SampleRequest, below: (bound: number) => number): Member[] {
    const asker = this.#byId.get(except);
    const eligible = isForSeed ? this.#leechers : this.#members.length;
    const gap = asker !== undefined && asker.index < eligible ? asker.index : eligible;
    const others = gap < eligible ? eligible - 1 : eligible;
    const picked: number[] = [];
    for (let top = Math.max(0, others - count); top < others; top += 1) {
      const draw = below(top + 1);
      picked.push(picked.includes(draw) ? top : draw);
    }
    return picked.map((index) => this.#members[index < gap ? index : index + 1]);
  }

  #append({ peerId, socket, trackerId }: PeerRecord): Member {
    // Field by field, since V8 gives objects that are made by spreading shapes of their own, which are slow to read.
    const index = this.#members.length;
    const member = { peerId, socket, trackerId, isComplete: true, enteredAt: 0, swarm: this, index };
    this.#members.push(member);
    this.#byId.set(peerId, member);
    return member;
  }

  /** Moves a member over the border between leechers and seeds. */
  #cross(member: Member): void {
    if (member.isComplete) {
      this.#swap(member.index, this.#leechers);
      this.#leechers += 1;
    } else {
      this.#leechers -= 1;
      this.#swap(member.index, this.#leechers);
    }
    member.isComplete = !member.isComplete;
  }

  #swap(a: number, b: number): void {
    const [first, second] = [this.#members[a], this.#members[b]];
    this.#members[a] = second;
    this.#members[b] = first;
    second.index = a;
    first.index = b;
  }
}

/** The directory that many nodes share, in Redis. What each step does stands in `swarm-steps.lua`; here are its words. */
import type { Random } from '../shared/base/random.ts';
import type { Millis } from '../shared/base/time.ts';
import type { InfoHash, PeerId } from '../shared/wire/ids.ts';
import type { SwarmCounts } from '../shared/wire/signal-message.ts';
import type { Directory, DirectorySize, Entry, EntryResult, PeerRecord, SampleRequest } from './directory.ts';
import type { RedisConnection } from './redis-connection.ts';
import type { SocketId } from './relay.ts';

/** Digits of an info hash that name its shard: 256 shards, whose keys share a slot of a Redis Cluster each. */
const SHARD_DIGITS = 2;

const SHARDS = Array.from({ length: 16 ** SHARD_DIGITS }, (_, index) => index.toString(16).padStart(SHARD_DIGITS, '0'));

/** What a step gives for a peer: its id, socket, secret, and 1 for a seed. */
type PeerReply = [peerId: string, socket: string, trackerId: string, isComplete: number];

type CountsReply = [complete: number, incomplete: number, downloaded: number];

type EnterReply = ['entered', trackerId: string, takenFrom: string, ...CountsReply] | ['held', by: string] | ['full'];

/** Rejects with `RedisAway` whenever Redis does not do what it is asked. */
export class RedisDirectory implements Directory {
  readonly #redis: RedisConnection;
  readonly #random: Random;
  readonly #shared: (moment: Millis) => Millis;

  /** `shared` turns a moment of this node's clock into one of the clock that all nodes share. */
  constructor(redis: RedisConnection, random: Random, shared = (moment: Millis): Millis => redis.shared(moment)) {
    this.#redis = redis;
    this.#random = random;
    this.#shared = shared;
  }

  async enter({ infoHash, peer, ...entry }: Entry, now: Millis): Promise<EntryResult> {
    const reply = await this.#step<EnterReply>('enter', infoHash, [
      String(this.#shared(now)),
      peer.peerId,
      peer.socket,
      peer.trackerId,
      flag(peer.isComplete),
      flag(entry.hasFinished),
      entry.claimedTrackerId ?? '',
      entry.takeFrom ?? '',
      String(entry.peersMax),
    ]);
    if (reply[0] === 'full') return { kind: 'full' };
    if (reply[0] === 'held') return { kind: 'held', by: reply[1] as SocketId };
    const [kind, trackerId, takenFrom, ...counts] = reply;
    return {
      kind,
      trackerId,
      takenFrom: takenFrom === '' ? null : (takenFrom as SocketId),
      counts: countsOf(counts),
      isPartial: false,
    };
  }

  async leave(infoHash: InfoHash, peerId: PeerId, socket: SocketId): Promise<void> {
    await this.#step('leave', infoHash, [peerId, socket]);
  }

  async find(infoHash: InfoHash, peerId: PeerId): Promise<PeerRecord | null> {
    const reply = await this.#step<PeerReply | null>('find', infoHash, [peerId]);
    return reply && recordOf(reply);
  }

  async sample({ infoHash, count, except, isForSeed }: SampleRequest): Promise<readonly PeerRecord[]> {
    // Lua's seed is a signed number of 32 bits.
    const seed = this.#random.uint32() | 0;
    const words = [String(count), except, flag(isForSeed), String(seed)];
    return (await this.#step<PeerReply[]>('sample', infoHash, words)).map(recordOf);
  }

  async counts(infoHash: InfoHash): Promise<SwarmCounts> {
    return countsOf(await this.#step<CountsReply>('counts', infoHash, []));
  }

  /** Every node may do it: what one has forgotten, the next one does not find. */
  async expire(before: Millis): Promise<void> {
    const moment = String(this.#shared(before));
    const expireShard = async (shard: string): Promise<void> => {
      while ((await this.#redis.run((client) => client.step(keyOf(shard), ['expire', moment]))) === 1);
    };
    await Promise.all(SHARDS.map(expireShard));
  }

  async size(): Promise<DirectorySize> {
    const [peers, swarms] = await Promise.all([
      Promise.all(SHARDS.map((shard) => this.#redis.run((client) => client.get(keyOf(shard))))),
      Promise.all(SHARDS.map((shard) => this.#redis.run((client) => client.zCard(`${keyOf(shard)}:swarms`)))),
    ]);
    return { peers: sum(peers.map(Number)), swarms: sum(swarms) };
  }

  #step<Reply = unknown>(name: string, infoHash: InfoHash, words: readonly string[]): Promise<Reply> {
    const shard = keyOf(infoHash.slice(0, SHARD_DIGITS));
    return this.#redis.run((client) => client.step(shard, [name, infoHash, ...words]) as Promise<Reply>);
  }
}

/** The braces are Redis Cluster's hash tag: they alone choose the slot. */
const keyOf = (shard: string): string => `tabswarm:{${shard}}`;

const flag = (isSet: boolean): string => (isSet ? '1' : '0');

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function recordOf([peerId, socket, trackerId, isComplete]: PeerReply): PeerRecord {
  return { peerId: peerId as PeerId, socket: socket as SocketId, trackerId, isComplete: isComplete === 1 };
}

function countsOf([complete, incomplete, downloaded]: CountsReply): SwarmCounts {
  return { complete, incomplete, downloaded };
}

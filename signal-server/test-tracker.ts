/** A tracker over memory with clients on sockets, for tests: time moves when the test says so, secrets are numbered. */
import { seededRandom } from '../shared/base/random.ts';
import type { Millis } from '../shared/base/time.ts';
import type { InfoHash, PeerId } from '../shared/wire/ids.ts';
import type { ClientMessage, OfferId, ServerMessage } from '../shared/wire/signal-message.ts';
import { TRACKER_LIMITS, type TrackerLimits } from './limits.ts';
import { LocalRelay } from './local-relay.ts';
import { MemoryDirectory } from './memory-directory.ts';
import type { SocketId } from './relay.ts';
import { Tracker } from './tracker.ts';

type Announce = Extract<ClientMessage, { kind: 'announce' }>;

/** An id made of a name of up to 20 characters. */
export const peer = (name: string): PeerId => hexOf(name) as PeerId;
export const swarm = (name: string): InfoHash => hexOf(name) as InfoHash;
export const offer = (name: string): OfferId => hexOf(name) as OfferId;
export const socket = (name: string): SocketId => name as SocketId;

/** An announce of a leecher that asks for no neighbours, with what the test changes. */
export function announce(peerName: string, changes: Partial<Announce> = {}): Announce {
  return {
    kind: 'announce',
    infoHash: swarm('film'),
    peerId: peer(peerName),
    event: 'update',
    uploaded: 0,
    downloaded: 0,
    left: 1,
    offersWanted: changes.offers?.length ?? 0,
    offers: [],
    neighboursWanted: null,
    trackerId: null,
    ...changes,
  };
}

/** A tracker and the time it is told. */
export interface TestWorld {
  readonly tracker: Tracker;
  readonly now: Millis;
}

export class TestTracker implements TestWorld {
  now: Millis = 1_000_000;
  readonly directory = new MemoryDirectory(seededRandom(1));
  readonly relay = new LocalRelay();
  readonly tracker: Tracker;
  #secrets = 0;

  /** Swarms that are not served. */
  readonly blocked = new Set<InfoHash>();

  constructor(limits: Partial<TrackerLimits> = {}) {
    this.tracker = new Tracker({
      directory: this.directory,
      relay: this.relay,
      limits: { ...TRACKER_LIMITS, ...limits },
      isBlocked: (infoHash) => this.blocked.has(infoHash),
      newTrackerId: () => `secret ${(this.#secrets += 1)}`,
    });
  }

  /** A client on a new socket, whose peers are called as it is unless told otherwise. */
  open(name: string, socketName = `socket of ${name}`): TestClient {
    return new TestClient(this, name, socket(socketName));
  }

  /** Clients that have announced, by their names: a capital letter is a seed. */
  async swarm(names: string): Promise<Record<string, TestClient>> {
    const clients: Record<string, TestClient> = {};
    for (const name of names.split(' ')) {
      clients[name] = this.open(name);
      await clients[name].announce({ event: 'started', left: name === name.toUpperCase() ? 0 : 1 });
    }
    return clients;
  }
}

export class TestClient {
  /** What came without being asked for. */
  readonly inbox: ServerMessage[] = [];
  readonly socket: SocketId;
  readonly #world: TestWorld;
  readonly #name: string;

  constructor(world: TestWorld, name: string, id: SocketId) {
    this.#world = world;
    this.#name = name;
    this.socket = id;
    world.tracker.open(id, (message) => this.inbox.push(message), world.now);
  }

  async say(message: ClientMessage): Promise<readonly ServerMessage[]> {
    return this.#world.tracker.handle(this.socket, message, this.#world.now);
  }

  /** The one reply to an announce. */
  async announce(changes: Partial<Announce> = {}): Promise<ServerMessage> {
    const [reply] = await this.say(announce(this.#name, changes));
    return reply;
  }

  async offer(toName: string, offerName = 'offer'): Promise<readonly ServerMessage[]> {
    return this.#session('offer', toName, offerName);
  }

  async answer(toName: string, offerName = 'offer'): Promise<readonly ServerMessage[]> {
    return this.#session('answer', toName, offerName);
  }

  async decline(toName: string, offerName = 'offer'): Promise<readonly ServerMessage[]> {
    return this.say({ kind: 'decline', ...this.#ids(toName, offerName) });
  }

  async close(): Promise<void> {
    await this.#world.tracker.close(this.socket);
  }

  #session(kind: 'offer' | 'answer', toName: string, offerName: string): Promise<readonly ServerMessage[]> {
    return this.say({ kind, ...this.#ids(toName, offerName), sdp: `${kind} by ${this.#name}` });
  }

  #ids(toName: string, offerName: string) {
    return { infoHash: swarm('film'), peerId: peer(this.#name), toPeerId: peer(toName), offerId: offer(offerName) };
  }
}

function hexOf(name: string): string {
  return Buffer.from(name.padEnd(20, '.')).toString('hex');
}

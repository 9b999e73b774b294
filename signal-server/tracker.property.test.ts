/** Whatever strangers send in whatever order, what the tracker knows and lets through stays right. */
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { assert } from '../shared/base/assert.ts';
import type { InfoHash, PeerId } from '../shared/wire/ids.ts';
import type { AnnounceEvent, ClientMessage, ServerMessage } from '../shared/wire/signal-message.ts';
import { type TestClient, TestTracker, announce, offer, peer, swarm } from './test-tracker.ts';

const SOCKETS = ['s', 't', 'u', 'v'];
const HASHES = [swarm('film'), swarm('song')];
const PEERS = ['a', 'b', 'c', 'd', 'e'].map(peer);
const OFFERS = ['1', '2', '3'].map(offer);
const EVENTS: AnnounceEvent[] = ['started', 'update', 'completed', 'stopped', 'paused'];
const SECRETS = [null, 'secret 1', 'secret 2', 'secret 3', 'secret 4', 'secret 5'];

const ids = { infoHash: fc.constantFrom(...HASHES), peerId: fc.constantFrom(...PEERS) };
const anAnnounce: fc.Arbitrary<ClientMessage> = fc
  .record({
    ...ids,
    event: fc.constantFrom(...EVENTS),
    left: fc.constantFrom(0, 5, null),
    trackerId: fc.constantFrom(...SECRETS),
    neighboursWanted: fc.constantFrom(null, 0, 2, 50),
    offers: fc.array(fc.record({ offerId: fc.constantFrom(...OFFERS), sdp: fc.constant('sdp') }), { maxLength: 3 }),
    offersWanted: fc.nat(3),
  })
  .map((changes) => announce('a', changes));
const anOfferOrAnswer: fc.Arbitrary<ClientMessage> = fc.record({
  kind: fc.constantFrom('offer' as const, 'answer' as const),
  ...ids,
  toPeerId: fc.constantFrom(...PEERS),
  offerId: fc.constantFrom(...OFFERS),
  sdp: fc.constant('sdp'),
});
const aDeed = fc.oneof(
  { weight: 30, arbitrary: fc.record({ what: fc.constant('say' as const), message: anAnnounce }) },
  { weight: 20, arbitrary: fc.record({ what: fc.constant('say' as const), message: anOfferOrAnswer }) },
  { weight: 20, arbitrary: fc.record({ what: fc.constant('answer' as const), peerId: fc.constantFrom(...PEERS) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constantFrom('reopen' as const, 'sweep' as const) }) },
);
const anEvent = fc.record({
  at: fc.constantFrom(...SOCKETS),
  waitMs: fc.oneof({ weight: 20, arbitrary: fc.constant(100) }, fc.constantFrom(40_000, 50_000, 300_000)),
  deed: aDeed,
});

/** A tracker, and beside it what it should know, kept in the plainest way: by reading what it says. */
class WatchedTracker {
  readonly world = new TestTracker();
  readonly clients = new Map<string, TestClient>();
  /** How often each kind of thing happened. */
  readonly seen = { answers: 0, neighbours: 0, refusals: 0, takeovers: 0 };
  /** Socket and completeness, by swarm and peer. */
  readonly #members = new Map<string, { socket: string; isComplete: boolean }>();
  /** When each offer ends that was delivered and not answered, by swarm, offerer, answerer and id. */
  readonly #offers = new Map<string, number>();
  /** The latest offer that each socket got. */
  readonly #latest = new Map<string, Extract<ServerMessage, { kind: 'offer' | 'answer' }>>();

  async reopen(name: string): Promise<void> {
    await this.clients.get(name)?.close();
    for (const [key, { socket }] of this.#members) if (socket === name) this.#members.delete(key);
    this.clients.set(name, this.world.open(name, name));
  }

  /** The answer of one of the socket's peers to the latest offer that the socket got. */
  answerAt(name: string, peerId: PeerId): ClientMessage | null {
    const got = this.#latest.get(name);
    return got ? { ...got, kind: 'answer', peerId, toPeerId: got.peerId } : null;
  }

  async say(name: string, said: ClientMessage): Promise<void> {
    for (const { inbox } of this.clients.values()) inbox.length = 0;
    const replies = await this.clients.get(name)!.say(said);
    assert(replies.length <= 1, 'a message has at most one reply');
    for (const reply of replies) this.#follow(name, said, reply);
    for (const [receiver, { inbox }] of this.clients) {
      for (const message of inbox) this.#judge(receiver, said, message);
    }
  }

  /** Whether the directory knows what it should; after a sweep, the forgotten are forgotten here too. */
  async agree(isSwept: boolean): Promise<void> {
    const { directory } = this.world;
    for (const [key, member] of this.#members) {
      const found = await directory.find(key.slice(0, 40) as InfoHash, key.slice(40) as PeerId);
      if (found === null && isSwept) this.#members.delete(key);
      else assert(found?.socket === member.socket, 'a peer belongs to the socket that announced it last');
    }
    for (const infoHash of HASHES) this.#checkCounts(infoHash, await directory.counts(infoHash));
  }

  #follow(name: string, said: ClientMessage, reply: ServerMessage): void {
    if (reply.kind === 'refused') this.seen.refusals += 1;
    if (said.kind !== 'announce' || reply.kind !== 'announced') return;
    const key = said.infoHash + said.peerId;
    const known = this.#members.get(key);
    if (said.event !== 'stopped') this.#members.set(key, { socket: name, isComplete: said.left === 0 });
    else if (known?.socket === name) this.#members.delete(key);
    if (known && known.socket !== name && said.event !== 'stopped') this.seen.takeovers += 1;
    this.#checkCounts(said.infoHash, reply);
    const named = reply.neighbours ?? [];
    this.seen.neighbours += named.length;
    assert(!named.includes(said.peerId) && new Set(named).size === named.length, 'neighbours are different others');
  }

  /** Whether `message` may come of `said`. */
  #judge(receiver: string, said: ClientMessage, message: ServerMessage): void {
    assert(said.kind !== 'scrape' && message.kind !== 'scraped', 'a scrape is heard by nobody');
    assert(message.kind === 'offer' || message.kind === 'answer', 'others hear offers and answers only');
    assert(message.infoHash === said.infoHash && message.peerId === said.peerId, 'messages name who sent them');
    if (message.kind === 'answer') {
      assert(said.kind === 'answer', 'an answer comes of an answer');
      const key = [said.infoHash, said.toPeerId, said.peerId, said.offerId].join(' ');
      assert((this.#offers.get(key) ?? 0) > this.world.now, 'an answer comes only for an offer that waits');
      this.#offers.delete(key);
      this.seen.answers += 1;
      return;
    }
    this.#latest.set(receiver, message);
    // The receiver of a blind offer is not named in the message: any other peer may be meant.
    const meant = said.kind === 'offer' ? [said.toPeerId] : PEERS.filter((other) => other !== said.peerId);
    for (const answerer of meant) {
      this.#offers.set([said.infoHash, said.peerId, answerer, message.offerId].join(' '), this.world.now + 50_000);
    }
  }

  #checkCounts(infoHash: InfoHash, { complete, incomplete }: { complete: number; incomplete: number }): void {
    const all = [...this.#members].filter(([key]) => key.startsWith(infoHash)).map(([, member]) => member);
    const seeds = all.filter(({ isComplete }) => isComplete).length;
    assert(complete === seeds && incomplete === all.length - seeds, 'the counts are true');
  }
}

test(
  '[T2] [T5] [T8] [T10] counts are true, nobody meets itself, no answer comes unasked, all is forgotten',
  { timeout: 30_000 },
  async () => {
    const total = { answers: 0, neighbours: 0, refusals: 0, takeovers: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(anEvent, { maxLength: 150, size: 'max' }), async (events) => {
        const watched = new WatchedTracker();
        const { world, clients, seen } = watched;
        for (const name of SOCKETS) await watched.reopen(name);
        for (const { at, waitMs, deed } of events) {
          world.now += waitMs;
          const message = deed.what === 'answer' ? watched.answerAt(at, deed.peerId) : null;
          if (deed.what === 'reopen') await watched.reopen(at);
          if (deed.what === 'sweep') await world.tracker.sweep(world.now);
          if (deed.what === 'say') await watched.say(at, deed.message);
          if (message) await watched.say(at, message);
          await watched.agree(deed.what === 'sweep');
        }
        for (const client of clients.values()) await client.close();
        world.now += 60_000;
        await world.tracker.sweep(world.now);
        expect(await world.directory.size()).toEqual({ swarms: 0, peers: 0 });
        expect(world.tracker.load).toEqual({ sockets: 0, peersCalled: 0 });
        total.answers += seen.answers;
        total.neighbours += seen.neighbours;
        total.refusals += seen.refusals;
        total.takeovers += seen.takeovers;
      }),
      { seed: 2024, numRuns: 200 },
    );
    // The runs did something: otherwise the assertions above hold of nothing.
    expect(Math.min(...Object.values(total))).toBeGreaterThan(100);
  },
);

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
const toOne = { ...ids, toPeerId: fc.constantFrom(...PEERS), offerId: fc.constantFrom(...OFFERS) };
const toOnePeer: fc.Arbitrary<ClientMessage> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('offer' as const, 'answer' as const),
      ...toOne,
      sdp: fc.constant('sdp'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('decline' as const), ...toOne }) },
);
const aReply = fc.record({
  what: fc.constantFrom('answer' as const, 'decline' as const),
  peerId: fc.constantFrom(...PEERS),
});
const aDeed = fc.oneof(
  { weight: 30, arbitrary: fc.record({ what: fc.constant('say' as const), message: anAnnounce }) },
  { weight: 20, arbitrary: fc.record({ what: fc.constant('say' as const), message: toOnePeer }) },
  { weight: 40, arbitrary: aReply },
  { weight: 3, arbitrary: fc.record({ what: fc.constantFrom('reopen' as const, 'sweep' as const) }) },
);
const anEvent = fc.record({
  at: fc.constantFrom(...SOCKETS),
  waitMs: fc.oneof({ weight: 20, arbitrary: fc.constant(100) }, fc.constantFrom(40_000, 50_000, 300_000)),
  deed: aDeed,
});

/** What an answer and a decline have in common. */
type Reply = Omit<Extract<ClientMessage, { kind: 'decline' }>, 'kind'>;

/** A tracker, and beside it what it should know, kept in the plainest way: by reading what it says. */
class WatchedTracker {
  readonly world = new TestTracker();
  readonly clients = new Map<string, TestClient>();
  /** How often each kind of thing happened. */
  readonly seen = { answers: 0, declines: 0, neighbours: 0, refusals: 0, takeovers: 0 };
  /** What each peer announced last, and where, by swarm and peer. */
  readonly #members = new Map<string, { socket: string; isComplete: boolean; asksForNeighbours: boolean }>();
  /** When each offer ends that was delivered and neither answered nor declined, by swarm, offerer, answerer and id. */
  readonly #offers = new Map<string, number>();
  /** The latest offer that each socket got. */
  readonly #latest = new Map<string, Extract<ServerMessage, { kind: 'offer' | 'answer' }>>();

  async reopen(name: string): Promise<void> {
    await this.clients.get(name)?.close();
    for (const [key, { socket }] of this.#members) if (socket === name) this.#members.delete(key);
    this.clients.set(name, this.world.open(name, name));
  }

  /** What one of the socket's peers says to the latest offer that the socket got. */
  replyAt(name: string, kind: 'answer' | 'decline', peerId: PeerId): ClientMessage | null {
    const got = this.#latest.get(name);
    if (got === undefined) return null;
    const { infoHash, offerId, sdp } = got;
    const ids = { infoHash, peerId, toPeerId: got.peerId, offerId };
    return kind === 'answer' ? { kind, ...ids, sdp } : { kind, ...ids };
  }

  async say(name: string, said: ClientMessage): Promise<void> {
    for (const { inbox } of this.clients.values()) inbox.length = 0;
    const replies = await this.clients.get(name)!.say(said);
    assert(replies.length <= 1, 'a message has at most one reply');
    for (const reply of replies) this.#follow(name, said, reply);
    for (const [receiver, { inbox }] of this.clients) {
      for (const message of inbox) this.#judge(receiver, said, message);
    }
    const isReply = said.kind === 'answer' || said.kind === 'decline';
    if (isReply && replies.length === 0)
      assert(this.#offers.delete(offerKey(said)), 'a reply takes an offer that waits');
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
    if (said.event !== 'stopped')
      this.#members.set(key, {
        socket: name,
        isComplete: said.left === 0,
        asksForNeighbours: said.neighboursWanted !== null,
      });
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
    assert(message.kind !== 'announced', 'others hear of offers and what became of them only');
    assert(message.infoHash === said.infoHash, 'messages name the swarm they are from');
    if (message.kind === 'refused') {
      assert(said.kind === 'decline' && message.offerId === said.offerId, 'a refusal comes of a decline');
      const offerer = this.#members.get(said.infoHash + said.toPeerId);
      assert(offerer?.socket === receiver && offerer.asksForNeighbours, 'no stock client hears of a decline');
      this.#checkWaits(said);
      this.seen.declines += 1;
      return;
    }
    assert(message.peerId === said.peerId, 'messages name who sent them');
    if (message.kind === 'answer') {
      assert(said.kind === 'answer', 'an answer comes of an answer');
      this.#checkWaits(said);
      this.seen.answers += 1;
      return;
    }
    this.#latest.set(receiver, message);
    // The receiver of a blind offer is not named in the message: any other peer may be meant.
    const meant = said.kind === 'offer' ? [said.toPeerId] : PEERS.filter((other) => other !== said.peerId);
    for (const answerer of meant) {
      const { infoHash, peerId: toPeerId, offerId } = message;
      this.#offers.set(offerKey({ infoHash, peerId: answerer, toPeerId, offerId }), this.world.now + 50_000);
    }
  }

  #checkWaits(reply: Reply): void {
    assert((this.#offers.get(offerKey(reply)) ?? 0) > this.world.now, 'a reply comes only for an offer that waits');
  }

  #checkCounts(infoHash: InfoHash, { complete, incomplete }: { complete: number; incomplete: number }): void {
    const all = [...this.#members].filter(([key]) => key.startsWith(infoHash)).map(([, member]) => member);
    const seeds = all.filter(({ isComplete }) => isComplete).length;
    assert(complete === seeds && incomplete === all.length - seeds, 'the counts are true');
  }
}

/** The offer that this reply is for. */
function offerKey({ infoHash, peerId, toPeerId, offerId }: Reply): string {
  return [infoHash, toPeerId, peerId, offerId].join(' ');
}

test(
  '[S10] [T2] [T5] [T8] [T10] counts are true, nobody meets itself, no reply comes unasked, all is forgotten',
  { timeout: 30_000 },
  async () => {
    const total = { answers: 0, declines: 0, neighbours: 0, refusals: 0, takeovers: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(anEvent, { maxLength: 150, size: 'max' }), async (events) => {
        const watched = new WatchedTracker();
        const { world, clients, seen } = watched;
        for (const name of SOCKETS) await watched.reopen(name);
        for (const { at, waitMs, deed } of events) {
          world.now += waitMs;
          const message = 'peerId' in deed ? watched.replyAt(at, deed.what, deed.peerId) : null;
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
        total.declines += seen.declines;
        total.neighbours += seen.neighbours;
        total.refusals += seen.refusals;
        total.takeovers += seen.takeovers;
      }),
      { seed: 2024, numRuns: 300 },
    );
    // The runs did something: otherwise the assertions above hold of nothing.
    expect(Math.min(...Object.values(total))).toBeGreaterThan(100);
  },
);

/** The simulated signal server keeps the promises that peers rely on. */
import { expect, test } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { minutes, seconds } from '../base/time.ts';
import type { SignalFact } from '../driver/ports.ts';
import { newPeerId, type PeerId, parseInfoHash } from '../wire/ids.ts';
import type { ClientMessage, OfferId, ServerMessage } from '../wire/signal-message.ts';
import { EventQueue } from './event-queue.ts';
import type { SimSignalLink } from './sim-signal-link.ts';
import { placeOfHost } from './place-queue.ts';
import { SimTracker } from './sim-tracker.ts';

const INFO_HASH = parseInfoHash('c'.repeat(40))!;

interface Client {
  readonly peerId: PeerId;
  readonly link: SimSignalLink;
  readonly facts: SignalFact[];
  readonly messages: () => ServerMessage[];
}

/** A tracker, and clients that are connected to it. */
class Bench {
  readonly queue = new EventQueue();
  readonly tracker = new SimTracker(this.queue, seededRandom(5), 40);
  readonly #random = seededRandom(6);

  client(): Client {
    const facts: SignalFact[] = [];
    const link = this.tracker.link((fact) => facts.push(fact), placeOfHost(0));
    link.connect();
    this.runTo(this.queue.now() + 200);
    const messages = (): ServerMessage[] =>
      facts.flatMap((fact) => (fact.kind === 'signal-message' ? [fact.message] : []));
    return { peerId: newPeerId(this.#random), link, facts, messages };
  }

  announce({ link, peerId }: Client, details: Partial<Extract<ClientMessage, { kind: 'announce' }>> = {}): void {
    link.send({
      kind: 'announce',
      infoHash: INFO_HASH,
      peerId,
      event: 'update',
      uploaded: 0,
      downloaded: 0,
      left: null,
      offersWanted: 0,
      offers: [],
      neighboursWanted: 50,
      trackerId: null,
      ...details,
    });
    this.runTo(this.queue.now() + 100);
  }

  runTo(time: number): void {
    this.queue.at(time, () => undefined);
    while (this.queue.nextAt() <= time) this.queue.step();
  }
}

const neighbours = (client: Client): readonly PeerId[] => {
  const last = client.messages().at(-1);
  return last?.kind === 'announced' ? (last.neighbours ?? []) : [];
};

test('every newcomer is named the others, never itself, and at most as many as it wants', () => {
  const bench = new Bench();
  const clients = Array.from({ length: 12 }, () => bench.client());
  for (const client of clients) bench.announce(client);
  const [first] = clients;
  bench.announce(first);
  expect(neighbours(first).toSorted()).toEqual(
    clients
      .slice(1)
      .map(({ peerId }) => peerId)
      .toSorted(),
  );
  bench.announce(first, { neighboursWanted: 5 });
  expect(new Set(neighbours(first)).size).toBe(5);
  expect(neighbours(first)).not.toContain(first.peerId);
});

test('samples are uniform', () => {
  const bench = new Bench();
  const clients = Array.from({ length: 11 }, () => bench.client());
  for (const client of clients) bench.announce(client);
  const counts = new Map<PeerId, number>();
  for (let round = 0; round < 500; round += 1) {
    bench.announce(clients[0], { neighboursWanted: 2 });
    for (const peer of neighbours(clients[0])) counts.set(peer, (counts.get(peer) ?? 0) + 1);
  }
  expect(counts.size).toBe(10);
  // 100 expected; four standard deviations are 38.
  for (const count of counts.values()) expect(Math.abs(count - 100)).toBeLessThan(38);
});

test('seeds are counted, and not named to seeds', () => {
  const bench = new Bench();
  const [leecher, seed, other] = [bench.client(), bench.client(), bench.client()];
  bench.announce(leecher, { left: 5 });
  bench.announce(seed, { left: 0 });
  bench.announce(other, { left: 0 });
  expect(neighbours(other)).toEqual([leecher.peerId]);
  expect(other.messages().at(-1)).toMatchObject({ complete: 2, incomplete: 1 });
});

test('offers and answers reach the peer they name; an offer to nobody is refused', () => {
  const bench = new Bench();
  const [one, other] = [bench.client(), bench.client()];
  bench.announce(one);
  bench.announce(other);
  const offerId = 'd'.repeat(40) as OfferId;
  const offer = { kind: 'offer', infoHash: INFO_HASH, peerId: one.peerId, offerId, sdp: 'here' } as const;
  one.link.send({ ...offer, toPeerId: other.peerId });
  bench.runTo(bench.queue.now() + 100);
  expect(other.messages().at(-1)).toEqual(offer);
  other.link.send({ ...offer, kind: 'answer', peerId: other.peerId, toPeerId: one.peerId, sdp: 'there' });
  bench.runTo(bench.queue.now() + 100);
  expect(one.messages().at(-1)).toEqual({ ...offer, kind: 'answer', peerId: other.peerId, sdp: 'there' });
  one.link.send({ ...offer, toPeerId: newPeerId(seededRandom(99)) });
  bench.runTo(bench.queue.now() + 100);
  expect(one.messages().at(-1)).toMatchObject({ kind: 'refused', offerId });
});

test('who says goodbye or loses its socket is gone at once, who falls silent after two intervals', () => {
  const bench = new Bench();
  const clients = Array.from({ length: 4 }, () => bench.client());
  for (const client of clients) bench.announce(client);
  const [stays, stops, hangsUp, crashes] = clients;
  bench.announce(stops, { event: 'stopped' });
  hangsUp.link.close();
  crashes.link.vanish();
  bench.runTo(bench.queue.now() + 100);
  expect(bench.tracker.members).toEqual([stays.peerId, crashes.peerId]);
  bench.runTo(bench.queue.now() + minutes(5));
  bench.announce(stays);
  expect(bench.tracker.members).toEqual([stays.peerId]);
  expect(crashes.facts.at(-1)?.kind).toBe('signal-message');
});

test('an outage ends every socket and forgets everybody; until it is over nobody gets in', () => {
  const bench = new Bench();
  const client = bench.client();
  bench.announce(client);
  bench.tracker.goDown();
  bench.runTo(bench.queue.now() + seconds(1));
  expect(client.facts.at(-1)?.kind).toBe('signal-closed');
  client.link.connect();
  bench.runTo(bench.queue.now() + seconds(1));
  expect(client.facts.filter(({ kind }) => kind === 'signal-closed')).toHaveLength(2);
  bench.tracker.goUp();
  client.link.connect();
  bench.runTo(bench.queue.now() + seconds(1));
  expect(client.facts.at(-1)?.kind).toBe('signal-opened');
  expect(bench.tracker.members).toEqual([]);
});

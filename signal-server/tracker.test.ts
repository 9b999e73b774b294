/** The rules of the tracker, one by one. A name in capitals is a seed. */
import { expect, test } from 'vitest';

import type { BlindOffer, ServerMessage } from '../shared/wire/signal-message.ts';
import { TRACKER_LIMITS } from './limits.ts';
import { type TestClient, TestTracker, offer, peer, swarm } from './test-tracker.ts';

const film = swarm('film');

function blindOffers(count: number): BlindOffer[] {
  return Array.from({ length: count }, (_, index) => ({ offerId: offer(`blind ${index}`), sdp: `sdp ${index}` }));
}

/** Who got something, and how often. */
function inboxes(clients: Record<string, TestClient>): string[] {
  return Object.entries(clients).flatMap(([name, { inbox }]) => inbox.map(() => name));
}

const refused = (reason: RegExp, more: object = {}): object =>
  expect.objectContaining({ kind: 'refused', reason: expect.stringMatching(reason), infoHash: film, ...more });

test('[T1] an announce is answered with interval and counts, the peer included', async () => {
  const world = new TestTracker();
  const reply = await world.open('a').announce({ event: 'started' });
  expect(reply).toEqual({
    kind: 'announced',
    infoHash: film,
    intervalSeconds: 120,
    complete: 0,
    incomplete: 1,
    neighbours: null,
    trackerId: 'secret 1',
  });
});

test.each([
  { left: 0, counts: { complete: 1, incomplete: 0 } },
  { left: 1, counts: { complete: 0, incomplete: 1 } },
  { left: null, counts: { complete: 0, incomplete: 1 } },
])('[T2] $left bytes left count as $counts', async ({ left, counts }) => {
  expect(await new TestTracker().open('a').announce({ left })).toMatchObject(counts);
});

test('[T2] a peer that completes moves from the leechers to the seeds and counts as a download', async () => {
  const world = new TestTracker();
  const { a } = await world.swarm('a b');
  expect(await a.announce({ event: 'completed', left: 0 })).toMatchObject({ complete: 1, incomplete: 1 });
  expect(await a.say({ kind: 'scrape', infoHashes: [film] })).toEqual([
    { kind: 'scraped', files: new Map([[film, { complete: 1, incomplete: 1, downloaded: 1 }]]) },
  ]);
});

test('[T2] a paused peer stays in the swarm', async () => {
  const { a } = await new TestTracker().swarm('a b');
  expect(await a.announce({ event: 'paused' })).toMatchObject({ complete: 0, incomplete: 2 });
});

test('[T3] a peer that stops leaves, is told the counts, and is named to nobody', async () => {
  const { a, b } = await new TestTracker().swarm('a b');
  expect(await a.announce({ event: 'stopped' })).toMatchObject({ kind: 'announced', complete: 0, incomplete: 1 });
  expect(await b.announce({ neighboursWanted: 50 })).toMatchObject({ neighbours: [], incomplete: 1 });
});

test('[T3] a socket that ends takes its peers out of all their swarms, which are forgotten', async () => {
  const world = new TestTracker();
  const { a } = await world.swarm('a');
  await a.announce({ infoHash: swarm('song') });
  expect(await world.directory.size()).toEqual({ swarms: 2, peers: 2 });
  await a.close();
  expect(await world.directory.size()).toEqual({ swarms: 0, peers: 0 });
  expect(await a.announce()).toBeUndefined();
});

test('[T4] a peer that misses two announces and half a minute expires, though its socket is open', async () => {
  const world = new TestTracker();
  const { a, b } = await world.swarm('a b');
  world.now += 200_000;
  await b.announce();
  world.now += 71_000;
  await world.tracker.sweep(world.now);
  expect(await b.announce({ neighboursWanted: 9 })).toMatchObject({ neighbours: [], incomplete: 1 });
  expect(await a.offer('b')).toEqual([refused(/Announce before/)]);
});

test('[T5] the others are named to a peer that asks, never itself, at most as many as it wants', async () => {
  const { a } = await new TestTracker().swarm('a b c D');
  const all = await a.announce({ neighboursWanted: 50 });
  expect(all).toMatchObject({ neighbours: expect.arrayContaining([peer('b'), peer('c'), peer('D')]) });
  expect(all).toHaveProperty('neighbours.length', 3);
  expect(await a.announce({ neighboursWanted: 2 })).toHaveProperty('neighbours.length', 2);
});

test('[T5] a seed is told of leechers only', async () => {
  const { A } = await new TestTracker().swarm('A b C D');
  expect(await A.announce({ left: 0, neighboursWanted: 50 })).toMatchObject({ neighbours: [peer('b')] });
});

test('[T6] blind offers go to as many different others, and never back', async () => {
  const clients = await new TestTracker().swarm('a b c d e f g');
  await clients.a.announce({ offers: blindOffers(5), offersWanted: 5 });
  const receivers = inboxes(clients);
  expect(receivers).toHaveLength(5);
  expect(new Set(receivers).size).toBe(5);
  expect(receivers).not.toContain('a');
});

test.each([
  { wanted: 2, offers: 5, delivered: 2 },
  { wanted: 50, offers: 1, delivered: 1 },
  { wanted: 50, offers: 5, delivered: 3 },
])('[T6] of $offers offers, $wanted wanted, $delivered reach three others', async ({ wanted, offers, delivered }) => {
  const clients = await new TestTracker().swarm('a b c d');
  await clients.a.announce({ offers: blindOffers(offers), offersWanted: wanted });
  expect(inboxes(clients)).toHaveLength(delivered);
});

test('[T6] the offers of a seed go to leechers only', async () => {
  const clients = await new TestTracker().swarm('A B C d');
  await clients.A.announce({ left: 0, offers: blindOffers(5), offersWanted: 5 });
  expect(inboxes(clients)).toEqual(['d']);
});

test('[T6] blind offers spread over the whole swarm', async () => {
  const clients = await new TestTracker({ relays: { burst: 1e9, perSecond: 0 }, offersWaitingPerPeerMax: 1e9 }).swarm(
    'a b c d e f g h i j k',
  );
  for (let round = 0; round < 150; round += 1) await clients.a.announce({ offers: blindOffers(5), offersWanted: 5 });
  const counts = Object.values(clients).map(({ inbox }) => inbox.length);
  expect(counts[0]).toBe(0);
  // 750 offers for ten peers: 75 each, with a standard deviation of 6.
  for (const count of counts.slice(1)) expect(Math.abs(count - 75)).toBeLessThan(25);
});

test('[T7] a directed offer goes to the peer it names, and says who made it', async () => {
  const { a, b, c } = await new TestTracker().swarm('a b c');
  expect(await a.offer('b', 'o1')).toEqual([]);
  expect(b.inbox).toEqual([
    { kind: 'offer', infoHash: film, peerId: peer('a'), offerId: offer('o1'), sdp: 'offer by a' },
  ]);
  expect(c.inbox).toEqual([]);
});

test('[T7] who offers to a peer that is not in the swarm is told at once which offer failed', async () => {
  const world = new TestTracker();
  const { a, b } = await world.swarm('a b');
  await b.close();
  expect(await a.offer('b', 'o1')).toEqual([refused(/not in the swarm/, { offerId: offer('o1') })]);
  await world.open('c').announce({ infoHash: swarm('song') });
  expect(await a.offer('c', 'o2')).toEqual([refused(/not in the swarm/, { offerId: offer('o2') })]);
  expect(await a.offer('a', 'o3')).toEqual([refused(/oneself/, { offerId: offer('o3') })]);
});

test('[T7] a peer whose node is gone leaves the swarm when an offer finds that out', async () => {
  const world = new TestTracker();
  const { a, b } = await world.swarm('a b');
  world.relay.detach(b.socket);
  expect(await a.offer('b')).toEqual([refused(/not in the swarm/)]);
  expect(await world.directory.counts(film)).toMatchObject({ incomplete: 1 });
});

test('[T8] an answer goes back to the one that offered, once', async () => {
  const { a, b } = await new TestTracker().swarm('a b');
  await a.offer('b', 'o1');
  expect(await b.answer('a', 'o1')).toEqual([]);
  expect(a.inbox).toEqual([
    { kind: 'answer', infoHash: film, peerId: peer('b'), offerId: offer('o1'), sdp: 'answer by b' },
  ]);
  expect(await b.answer('a', 'o1')).toEqual([refused(/No such offer/, { offerId: offer('o1') })]);
});

test('[T8] blind offers are answered like directed ones', async () => {
  const { a, b } = await new TestTracker().swarm('a b');
  await a.announce({ offers: blindOffers(1), offersWanted: 1 });
  expect(await b.answer('a', 'blind 0')).toEqual([]);
  expect(a.inbox).toHaveLength(1);
});

test('[S10] a decline ends the offer, and tells its maker so at once', async () => {
  const { a, b } = await new TestTracker().swarm('a b');
  await a.announce({ neighboursWanted: 50 });
  await a.offer('b', 'o1');
  expect(await b.decline('a', 'o1')).toEqual([]);
  expect(a.inbox).toEqual([refused(/no room/, { action: 'announce', offerId: offer('o1') })]);
  expect(await b.decline('a', 'o1')).toEqual([refused(/No such offer/, { offerId: offer('o1') })]);
  expect(await b.answer('a', 'o1')).toEqual([refused(/No such offer/)]);
  expect(a.inbox).toHaveLength(1);
});

test('[S10] a stock client hears nothing of a decline, but its offer is over', async () => {
  const { a, b } = await new TestTracker().swarm('a b');
  await a.announce({ offers: blindOffers(1), offersWanted: 1 });
  expect(await b.decline('a', 'blind 0')).toEqual([]);
  expect(a.inbox).toEqual([]);
  expect(await b.answer('a', 'blind 0')).toEqual([refused(/No such offer/)]);
});

test.each([
  { what: 'was never made', from: 'b', to: 'a', name: 'o2', waitMs: 0, reason: /No such offer/ },
  { what: 'was made to somebody else', from: 'c', to: 'a', name: 'o1', waitMs: 0, reason: /No such offer/ },
  { what: 'was made by somebody else', from: 'b', to: 'c', name: 'o1', waitMs: 0, reason: /No such offer/ },
  { what: 'is 50 s old', from: 'b', to: 'a', name: 'o1', waitMs: 50_000, reason: /No such offer/ },
  { what: 'was made to another socket’s peer', from: 'thief', to: 'a', name: 'o1', waitMs: 0, reason: /Announce/ },
])('[S10] a decline of an offer that $what is refused', async ({ from, to, name, waitMs, reason }) => {
  const world = new TestTracker();
  const clients: Record<string, TestClient> = await world.swarm('a b c');
  clients.thief = world.open('b', 'thief');
  for (const client of [clients.a, clients.c]) await client.announce({ neighboursWanted: 50 });
  await clients.a.offer('b', 'o1');
  clients.b.inbox.length = 0;
  world.now += waitMs;
  expect(await clients[from].decline(to, name)).toEqual([refused(reason)]);
  expect(inboxes(clients)).toEqual([]);
});

test('[S10] a decline to a peer that has left since is refused', async () => {
  const { a, b } = await new TestTracker().swarm('a b');
  await a.offer('b');
  await a.close();
  expect(await b.decline('a')).toEqual([refused(/has left/)]);
});

test.each([
  { what: 'was never made', from: 'b', to: 'a', name: 'o2', waitMs: 0 },
  { what: 'was made to somebody else', from: 'c', to: 'a', name: 'o1', waitMs: 0 },
  { what: 'was made by somebody else', from: 'b', to: 'c', name: 'o1', waitMs: 0 },
  { what: 'was one’s own', from: 'a', to: 'b', name: 'o1', waitMs: 0 },
  { what: 'is 50 s old', from: 'b', to: 'a', name: 'o1', waitMs: 50_000 },
])('[T8] an answer to an offer that $what is refused', async ({ from, to, name, waitMs }) => {
  const world = new TestTracker();
  const clients = await world.swarm('a b c');
  await clients.a.offer('b', 'o1');
  for (const client of Object.values(clients)) client.inbox.length = 0;
  world.now += waitMs;
  expect(await clients[from].answer(to, name)).toEqual([refused(/No such offer/)]);
  expect(inboxes(clients)).toEqual([]);
});

test('[T8] an answer to a peer that has left since is refused', async () => {
  const { a, b } = await new TestTracker().swarm('a b');
  await a.offer('b');
  await a.close();
  expect(await b.answer('a')).toEqual([refused(/has left/)]);
});

test('[T9] a new socket takes a peer over by its secret, and the end of the old one removes nobody', async () => {
  const world = new TestTracker();
  const { b } = await world.swarm('b');
  const old = world.open('a');
  await old.announce();
  const young = world.open('a', 'a new socket');
  expect(await young.announce({ trackerId: 'secret 2' })).toMatchObject({ kind: 'announced', trackerId: null });
  await old.close();
  expect(await b.offer('a')).toEqual([]);
  expect(young.inbox).toHaveLength(1);
  expect(old.inbox).toHaveLength(0);
});

test('[T9] the old socket closing just before the new one announces loses nobody either', async () => {
  const world = new TestTracker();
  const old = world.open('a');
  await old.announce();
  const young = world.open('a', 'a new socket');
  await Promise.all([old.close(), young.announce({ trackerId: 'secret 1' })]);
  expect(await world.directory.find(film, peer('a'))).toMatchObject({ socket: young.socket });
});

test('[T9] without the secret a peer is taken over only when its socket has been silent past a ping', async () => {
  const world = new TestTracker();
  const old = world.open('a');
  await old.announce();
  world.now += 30_000;
  world.tracker.heard(old.socket, world.now);
  world.now += TRACKER_LIMITS.takeoverSilenceMs;
  const young = world.open('a', 'a new socket');
  expect(await young.announce()).toEqual(refused(/belongs to another connection/));
  world.now += 1;
  expect(await young.announce()).toMatchObject({ kind: 'announced', trackerId: 'secret 2' });
  expect(await old.announce({ trackerId: 'secret 1' })).toEqual(refused(/belongs to another connection/));
});

test('[S6] the secret is told until the client echoes it', async () => {
  const { a } = await new TestTracker().swarm('a');
  expect(await a.announce()).toMatchObject({ trackerId: 'secret 1' });
  expect(await a.announce({ trackerId: 'wrong' })).toMatchObject({ trackerId: 'secret 1' });
  expect(await a.announce({ trackerId: 'secret 1' })).toMatchObject({ trackerId: null });
});

test('[T10] nobody announces, stops, offers or answers for a peer of another socket', async () => {
  const world = new TestTracker();
  const { a, b } = await world.swarm('a b');
  await b.offer('a', 'o1');
  const thief = world.open('a', 'thief');
  expect(await thief.announce({ trackerId: 'a guess' })).toEqual(refused(/belongs to another connection/));
  await thief.announce({ event: 'stopped' });
  expect(await thief.offer('b')).toEqual([refused(/Announce before/, { offerId: offer('offer') })]);
  expect(await thief.answer('b', 'o1')).toEqual([refused(/Announce before/)]);
  await thief.close();
  expect(await world.directory.find(film, peer('a'))).toMatchObject({ socket: a.socket });
  expect(b.inbox).toEqual([]);
});

test('[T10] a socket whose peer was taken over speaks for it no more', async () => {
  const world = new TestTracker();
  const { a } = await world.swarm('a b');
  await world.open('a', 'a new socket').announce({ trackerId: 'secret 1' });
  expect(await a.offer('b')).toEqual([refused(/Announce before/)]);
});

test('[T11] [S9] a scrape tells of the swarms it names, and asking for all is refused', async () => {
  const { a } = await new TestTracker().swarm('a B C');
  const [reply] = await a.say({ kind: 'scrape', infoHashes: [film, swarm('song')] });
  expect(reply).toEqual({
    kind: 'scraped',
    files: new Map([
      [film, { complete: 2, incomplete: 1, downloaded: 0 }],
      [swarm('song'), { complete: 0, incomplete: 0, downloaded: 0 }],
    ]),
  });
  const [refusal] = await a.say({ kind: 'scrape', infoHashes: [] });
  expect(refusal).toMatchObject({ kind: 'refused', action: 'scrape', infoHash: null });
});

test('[T12] a socket may be in so many swarms and no more, until it leaves one or is forgotten there', async () => {
  const world = new TestTracker({ swarmsPerSocketMax: 3 });
  const client = world.open('a');
  const join = (name: string): Promise<ServerMessage> => client.announce({ infoHash: swarm(name) });
  for (const name of ['1', '2', '3']) expect(await join(name)).toMatchObject({ kind: 'announced' });
  expect(await join('4')).toMatchObject({ kind: 'refused', infoHash: swarm('4') });
  expect(await join('1')).toMatchObject({ kind: 'announced' });
  await client.announce({ infoHash: swarm('2'), event: 'stopped' });
  expect(await join('4')).toMatchObject({ kind: 'announced' });
  world.now += TRACKER_LIMITS.peerLifetimeMs + 1;
  for (const name of ['5', '6', '7']) expect(await join(name)).toMatchObject({ kind: 'announced' });
});

test('[T12] announces beyond the rate are refused until time has passed, and others do not notice', async () => {
  const world = new TestTracker({ announces: { burst: 2, perSecond: 0.1 } });
  const { a, b } = await world.swarm('a b');
  await a.announce();
  expect(await a.announce()).toEqual(refused(/Too many announces/));
  expect(await a.say({ kind: 'scrape', infoHashes: [film] })).toEqual([
    expect.objectContaining({ kind: 'refused', action: 'scrape' }),
  ]);
  expect(await b.announce()).toMatchObject({ kind: 'announced' });
  expect(await a.announce({ event: 'stopped' })).toMatchObject({ kind: 'announced' });
  world.now += 10_000;
  expect(await a.announce()).toMatchObject({ kind: 'announced' });
});

test('[T12] a lonely leecher may announce every 15 s in a hundred swarms', async () => {
  const world = new TestTracker();
  const client = world.open('a');
  for (let round = 0; round < 20; round += 1) {
    for (let index = 0; index < 100; index += 1) {
      expect(await client.announce({ infoHash: swarm(String(index)) })).toMatchObject({ kind: 'announced' });
    }
    world.now += 15_000;
  }
});

test('[T12] offers beyond the rate are refused or left out, whoever they are for', async () => {
  const clients = await new TestTracker({ relays: { burst: 3, perSecond: 0 } }).swarm('a b c d');
  await clients.a.offer('b', 'o1');
  await clients.a.announce({ offers: blindOffers(3), offersWanted: 3 });
  expect(inboxes(clients)).toHaveLength(3);
  expect(await clients.a.offer('b', 'o2')).toEqual([refused(/Too many offers/, { offerId: offer('o2') })]);
});

test('[T12] offers that wait for one peer are bounded, and the next one hears that it is busy', async () => {
  const world = new TestTracker({ offersWaitingPerPeerMax: 2 });
  const { a, b } = await world.swarm('a b');
  await a.offer('b', 'o1');
  await a.offer('b', 'o2');
  expect(await a.offer('b', 'o3')).toEqual([refused(/wait for this peer/, { offerId: offer('o3') })]);
  expect(b.inbox).toHaveLength(2);
  world.now += TRACKER_LIMITS.offerLifetimeMs;
  expect(await a.offer('b', 'o4')).toEqual([]);
});

test('[T12] who floods a peer with offers gives way to others, and locks out itself alone', async () => {
  const { a, b, c } = await new TestTracker({ offersWaitingPerPeerMax: 3 }).swarm('a b c');
  for (const name of ['o1', 'o2', 'o3']) await a.offer('b', name);
  expect(await a.offer('b', 'o4')).toEqual([refused(/wait for this peer/)]);
  expect(await c.offer('b', 'o5')).toEqual([]);
  expect(await b.answer('c', 'o5')).toEqual([]);
  expect(await b.answer('a', 'o1')).toEqual([refused(/No such offer/)]);
  expect(await b.answer('a', 'o2')).toEqual([]);
});

test('[T13] a swarm that is blocked while peers are in it is refused to all, and its counts are told as zeros', async () => {
  const world = new TestTracker();
  const { a, b, c } = await world.swarm('a b c');
  await a.offer('b');
  world.blocked.add(film);
  expect(await a.announce({ neighboursWanted: 9 })).toEqual(refused(/blocked/));
  expect(await c.offer('b')).toEqual([refused(/blocked/)]);
  expect(await b.answer('a')).toEqual([refused(/blocked/)]);
  expect(await world.directory.counts(film)).toMatchObject({ incomplete: 0 });
  expect(await a.say({ kind: 'scrape', infoHashes: [film] })).toMatchObject([
    { files: new Map([[film, { complete: 0, incomplete: 0, downloaded: 0 }]]) },
  ]);
  expect(await a.announce({ infoHash: swarm('song') })).toMatchObject({ kind: 'announced' });
});

test('[T12] a full swarm refuses newcomers only', async () => {
  const world = new TestTracker({ peersPerSwarmMax: 2 });
  const { a } = await world.swarm('a b');
  expect(await world.open('c').announce()).toEqual(refused(/full/));
  expect(await a.announce()).toMatchObject({ incomplete: 2 });
});

test('[T12] a session description that is too long is refused, blind or directed, as offer or answer', async () => {
  const { a, b } = await new TestTracker({ sdpBytesMax: 10 }).swarm('a b');
  expect(await a.offer('b', 'o1')).toEqual([]);
  const [sdp, ids] = ['x'.repeat(11), { infoHash: film, offerId: offer('o1') }];
  const long = { ...ids, peerId: peer('a'), toPeerId: peer('b'), sdp };
  expect(await a.say({ kind: 'offer', ...long })).toEqual([refused(/10 bytes/, { offerId: offer('o1') })]);
  const answer = { ...long, peerId: peer('b'), toPeerId: peer('a') };
  expect(await b.say({ kind: 'answer', ...answer })).toEqual([refused(/10 bytes/, { offerId: offer('o1') })]);
  expect(await a.announce({ offers: [{ offerId: offer('o2'), sdp }] })).toEqual(refused(/10 bytes/));
  expect(b.inbox).toHaveLength(1);
});

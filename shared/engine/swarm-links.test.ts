/** Links come and go: calls, the handshake, two links to one peer, and what the server names. */
import { expect, test } from 'vitest';
import { minutes, seconds } from '../base/time.ts';
import type { InfoHash, PeerId } from '../wire/ids.ts';
import type { PeerMessage } from '../wire/peer-message.ts';
import { LoneSwarm, type Neighbour } from './lone-swarm.test-kit.ts';
import { SHIPPED } from './policies.ts';
import { callsToMake, LINKS_MAX } from './peers/dialer.ts';
import type { LinkId, LinkRoute } from './swarm-io.ts';
import { INFO_HASH, peerNamed, pieceList, SELF } from './torrent.test-kit.ts';

/** Ids lower and higher than our own, `8000…`. */
const [LOW, HIGH] = [peerNamed('3'), peerNamed('c')];

const HANDSHAKE: PeerMessage & { kind: 'handshake' } = {
  kind: 'handshake',
  infoHash: INFO_HASH,
  peerId: LOW,
  supportsFast: true,
  supportsExtensions: true,
};

/** The links that were dialled so far, with whom. */
const calls = (lone: LoneSwarm): PeerId[] => lone.ordered('dial').map(({ peer }) => peer);

/** A crowd of other peers. */
const crowd = (size: number): PeerId[] =>
  Array.from({ length: size }, (_, index) => peerNamed((index + 4096).toString(16)));

test('[W1] both sides send their handshake at once', () => {
  const lone = new LoneSwarm();
  const bob = lone.open(lone.offer(LOW) as LinkId, LOW);
  expect(bob.heard).toEqual([{ ...HANDSHAKE, peerId: SELF }]);
});

test('[W7] after the handshake come the extended handshake and the pieces, in this order', () => {
  const some = new LoneSwarm({ have: pieceList(1) }).meet('3');
  expect(some.heard.map(({ kind }) => kind).slice(0, 3)).toEqual(['handshake', 'extended-handshake', 'bitfield']);
  expect(some.got('bitfield')[0].bits).toEqual(Uint8Array.of(0b01000000));
  const none = new LoneSwarm().meet('3');
  expect(none.heard.map(({ kind }) => kind)).toEqual(['handshake', 'extended-handshake', 'have-none']);
});

test('[W7] a neighbour without the fast extension is sent a bitfield, or nothing', () => {
  const some = new LoneSwarm({ have: pieceList(1) }).meet('3', { supportsFast: false });
  expect(some.got('bitfield').length).toBe(1);
  const none = new LoneSwarm().meet('3', { supportsFast: false });
  expect(none.heard.map(({ kind }) => kind)).toEqual(['handshake', 'extended-handshake']);
});

test.each<[string, Partial<typeof HANDSHAKE>]>([
  ['another swarm', { infoHash: 'cd'.repeat(20) as InfoHash }],
  ['another peer than the one that was called', { peerId: HIGH }],
  ['us', { peerId: SELF }],
])('[W10] a handshake that names %s ends the link', (_fault, fields) => {
  const lone = new LoneSwarm();
  const bob = lone.open(lone.offer(LOW) as LinkId, LOW);
  bob.says({ ...HANDSHAKE, ...fields });
  expect([bob.isClosed, lone.snapshot().neighbours]).toEqual([true, []]);
});

test('[W10] a second handshake ends the link, and so does anything before the first', () => {
  const lone = new LoneSwarm();
  const twice = lone.meet('3');
  twice.says(HANDSHAKE);
  const early = lone.open(lone.offer(HIGH) as LinkId, HIGH);
  early.says({ kind: 'unchoke' });
  expect([twice.isClosed, early.isClosed]).toEqual([true, true]);
});

test('[W10] nobody calls or answers itself', () => {
  const lone = new LoneSwarm();
  lone.name(SELF, LOW);
  expect(calls(lone)).toEqual([LOW]);
  expect(lone.offer(SELF)).toBeNull();
});

test('[N1] the peers that the server names are called, until there are links enough', () => {
  const lone = new LoneSwarm();
  lone.name(...crowd(80));
  expect(calls(lone).length).toBe(callsToMake(0, SHIPPED));
  expect(new Set(calls(lone)).size).toBe(callsToMake(0, SHIPPED));
});

test('[N1] a peer that is linked, or being called, is not called again', () => {
  const lone = new LoneSwarm();
  lone.meet('3');
  lone.name(LOW, HIGH);
  lone.name(LOW, HIGH);
  expect(calls(lone)).toEqual([HIGH]);
});

test('[N1] when a neighbour leaves, the next one of those named is called', () => {
  const lone = new LoneSwarm();
  lone.name(...crowd(callsToMake(0, SHIPPED) + 1));
  lone.take({ kind: 'link-closed', link: lone.ordered('dial')[0].link, reason: 'gone' });
  expect(new Set(calls(lone)).size).toBe(callsToMake(0, SHIPPED) + 1);
});

test('[N3] [S10] with as many links as there may be, further offers are declined', () => {
  const lone = new LoneSwarm();
  const links = crowd(LINKS_MAX + 5).map((peer) => lone.offer(peer));
  expect(links.filter((link) => link !== null).length).toBe(LINKS_MAX);
  expect(lone.ordered('decline-offer').map(({ peer }) => peer)).toEqual(crowd(LINKS_MAX + 5).slice(LINKS_MAX));
});

/** A complete peer with as many links as there may be, all handshakes done. */
function fullSeed(others: 'all' | 'none'): { lone: LoneSwarm; neighbours: Neighbour[] } {
  const lone = new LoneSwarm({ have: 'all' });
  const neighbours = Array.from({ length: LINKS_MAX }, (_, index) => lone.meet(`${10 + index}f`, { has: others }));
  return { lone, neighbours };
}

test('[N7] when there is no room, a link between two complete peers gives way to a new one', () => {
  const { lone, neighbours } = fullSeed('all');
  expect(lone.offer(HIGH)).not.toBeNull();
  expect(neighbours.filter(({ isClosed }) => isClosed).length).toBe(1);
});

test('[N7] so does one on which no block moved for three minutes, and nothing else', () => {
  const { lone, neighbours } = fullSeed('none');
  expect(lone.offer(HIGH)).toBeNull();
  for (let left = 4; left > 0; left -= 1) {
    lone.advance(minutes(1));
    for (const neighbour of neighbours) neighbour.says({ kind: 'keep-alive' });
  }
  expect(lone.offer(HIGH)).not.toBeNull();
  expect(neighbours.filter(({ isClosed }) => isClosed).length).toBe(1);
});

test('[N7] while we lack something, others are called in place of links that brought nothing for three minutes', () => {
  const lone = new LoneSwarm();
  const idle = Array.from({ length: LINKS_MAX / 2 }, (_, index) => lone.meet(`${10 + index}f`));
  lone.name(HIGH);
  expect(calls(lone)).toEqual([]);
  for (let left = 4; left > 0; left -= 1) {
    lone.advance(minutes(1));
    for (const neighbour of idle) neighbour.says({ kind: 'keep-alive' });
  }
  expect(new Set(calls(lone))).toEqual(new Set([HIGH]));
  expect(idle.some(({ isClosed }) => isClosed)).toBe(false);
});

test('[N3] a peer that could not be reached is called again, after a wait', () => {
  const lone = new LoneSwarm();
  lone.meet('3');
  lone.name(HIGH);
  lone.take({ kind: 'link-closed', link: lone.ordered('dial')[0].link, reason: 'no answer' });
  lone.name(HIGH);
  lone.advance(seconds(4));
  expect(calls(lone)).toEqual([HIGH]);
  lone.advance(seconds(3));
  expect(calls(lone)).toEqual([HIGH, HIGH]);
});

test('[N3] a peer whose call came to nothing is called back, after a wait, also by who has nobody else', () => {
  const lone = new LoneSwarm({ have: 'all' });
  lone.take({ kind: 'link-closed', link: lone.offer(HIGH) as LinkId, reason: 'no way through' });
  lone.advance(seconds(4));
  expect(calls(lone)).toEqual([]);
  lone.advance(seconds(3));
  expect(calls(lone)).toEqual([HIGH]);
});

test('[N2] who calls a peer with a higher id keeps its own call, and ignores that of the other', () => {
  const lone = new LoneSwarm();
  lone.name(HIGH);
  expect(lone.offer(HIGH)).toBeNull();
  expect(lone.ordered('close-link')).toEqual([]);
});

test('[N2] who calls a peer with a lower id gives its own call up, and takes that of the other', () => {
  const lone = new LoneSwarm();
  lone.name(LOW);
  const [call] = lone.ordered('dial');
  expect(lone.offer(LOW)).not.toBeNull();
  expect(lone.ordered('close-link').map(({ link }) => link)).toEqual([call.link]);
});

test('[N2] our fresh link to a peer with a lower id gives way to the one that it dialled', () => {
  const lone = new LoneSwarm();
  lone.name(LOW);
  const ours = lone.open(lone.ordered('dial')[0].link, LOW);
  ours.introduce();
  const theirs = lone.open(lone.offer(LOW) as LinkId, LOW);
  theirs.introduce();
  expect([ours.isClosed, theirs.isClosed]).toEqual([true, false]);
});

test('[N2] our fresh link to a peer with a higher id stays, and its offer is ignored', () => {
  const lone = new LoneSwarm();
  lone.name(HIGH);
  lone.open(lone.ordered('dial')[0].link, HIGH).introduce();
  expect(lone.offer(HIGH)).toBeNull();
});

test('[N2] a new offer on an old link means that the other side lost it: the old one goes', () => {
  const lone = new LoneSwarm();
  const old = lone.meet('3');
  lone.advance(minutes(1));
  const fresh = lone.open(lone.offer(LOW) as LinkId, LOW);
  expect(old.isClosed).toBe(false);
  fresh.introduce();
  expect([old.isClosed, fresh.isClosed]).toEqual([true, false]);
  expect(lone.snapshot().neighbours.length).toBe(1);
});

test('[L1] a second offer while the first is being answered takes its place', () => {
  const lone = new LoneSwarm();
  const first = lone.offer(LOW);
  const second = lone.offer(LOW);
  expect(lone.ordered('close-link').map(({ link }) => link)).toEqual([first]);
  expect(second).not.toBeNull();
});

test('facts about links that are gone are ignored', () => {
  const lone = new LoneSwarm();
  const bob = lone.meet('3', { has: 'all', unchokes: true });
  bob.vanishes();
  const before = lone.orders.length;
  bob.says({ kind: 'unchoke' });
  bob.vanishes();
  lone.take({ kind: 'link-opened', link: bob.link });
  lone.take({ kind: 'blocks-sent', link: bob.link, bytes: 5 });
  lone.take({ kind: 'malformed-received', link: bob.link, reason: 'late' });
  expect(lone.orders.length).toBe(before);
});

test('who is relayed is shown as such, from when the transport says so', () => {
  const lone = new LoneSwarm();
  const { link } = lone.meet('3');
  const route = (): LinkRoute => lone.snapshot().neighbours[0].route;
  expect(route()).toBe('direct');
  lone.take({ kind: 'link-routed', link, route: 'relayed' });
  lone.take({ kind: 'link-routed', link: 99 as LinkId, route: 'relayed' });
  expect(route()).toBe('relayed');
  lone.take({ kind: 'link-routed', link, route: 'direct' });
  expect(route()).toBe('direct');
});

const BLIND = -1 as LinkId;

test('[S12] a server that names nobody is told again at once, once', () => {
  const lone = new LoneSwarm();
  const answer = { kind: 'announced', interval: minutes(2), complete: 1, incomplete: 1, neighbours: null } as const;
  lone.take({ kind: 'started' });
  lone.take({ kind: 'signal-opened' });
  const before = lone.ordered('announce').length;
  lone.take(answer);
  lone.advance(0);
  lone.take(answer);
  lone.advance(0);
  expect(lone.ordered('announce').length - before).toBe(1);
});

test('[S12] whoever answers an offer to anybody becomes a neighbour', () => {
  const lone = new LoneSwarm();
  lone.take({ kind: 'call-answered', link: BLIND, peer: HIGH });
  expect(lone.ordered('complete-call')).toEqual([{ kind: 'complete-call', link: BLIND }]);
  expect(lone.open(BLIND, HIGH).heard).toEqual([{ ...HANDSHAKE, peerId: SELF }]);
});

test.each([
  ['we accepted its own offer, and its id is lower', LOW, 'close-link'],
  ['we accepted its own offer, and our id is lower', HIGH, 'complete-call'],
] as const)('[S12] [N2] an answer to an offer to anybody, when %s', (_case, peer, expected) => {
  const lone = new LoneSwarm();
  const theirs = lone.offer(peer);
  lone.take({ kind: 'call-answered', link: BLIND, peer });
  const given = expected === 'close-link' ? BLIND : theirs;
  expect(lone.ordered('close-link')).toEqual([{ kind: 'close-link', link: given }]);
  expect(lone.ordered('complete-call').length).toBe(expected === 'complete-call' ? 1 : 0);
});

/** What time does to a swarm: silence, sleep, and the end. */
import { expect, test } from 'vitest';
import { minutes, NEVER, seconds } from '../base/time.ts';
import { BLOCK_BYTES, KEEP_ALIVE_MS, NEIGHBOUR_SILENCE_MAX_MS } from '../wire/limits.ts';
import { LoneSwarm } from './lone-swarm.test-kit.ts';
import { DIAL_TIMEOUT_MS } from './peers/dialer.ts';
import { SNUB_MS, SNUB_MS_MIN } from './peers/request-window.ts';
import { peerNamed, pieceList } from './torrent.test-kit.ts';

test('[W12] a neighbour that hears nothing else from us for a minute gets a keep-alive', () => {
  const lone = new LoneSwarm();
  const bob = lone.meet('3');
  lone.advance(KEEP_ALIVE_MS - seconds(1));
  expect(bob.got('keep-alive')).toEqual([]);
  lone.advance(seconds(3));
  expect(bob.got('keep-alive').length).toBe(1);
});

test('[W12] what we say anyway makes a keep-alive needless', () => {
  const lone = new LoneSwarm({ have: 'all', pieces: 20 });
  const bob = lone.meet('3', { isInterested: true });
  for (let minute = 0; minute < 3; minute += 1) {
    lone.advance(seconds(40));
    bob.says({ kind: 'metadata-request', part: 9 });
  }
  expect(bob.got('keep-alive')).toEqual([]);
});

test('[W12] [N4] a neighbour from whom nothing came for two and a half minutes is gone', () => {
  const lone = new LoneSwarm();
  const [bob, silent] = [lone.meet('3'), lone.meet('4')];
  lone.advance(NEIGHBOUR_SILENCE_MAX_MS - seconds(2));
  bob.says({ kind: 'keep-alive' });
  lone.advance(seconds(5));
  expect([bob.isClosed, silent.isClosed]).toEqual([false, true]);
});

test('[N4] what a neighbour was asked for is asked of another when it is gone', () => {
  const lone = new LoneSwarm({ pieces: 1 });
  const ann = lone.meet('3', { has: 'all', unchokes: true });
  const bob = lone.meet('4', { has: 'all', unchokes: true });
  expect([ann.requests.length, bob.requests.length]).toEqual([4, 0]);
  ann.vanishes();
  expect(new Set(bob.requests.map(({ offset }) => offset)).size).toBe(4);
});

test('[W1] a link whose handshake does not come within 25 s is closed', () => {
  const lone = new LoneSwarm();
  const link = lone.offer(peerNamed('3'));
  const mute = lone.open(link ?? (0 as never), peerNamed('3'));
  lone.advance(seconds(24));
  expect(mute.isClosed).toBe(false);
  lone.advance(seconds(3));
  expect(mute.isClosed).toBe(true);
});

test('[R5] a neighbour that leaves requests unanswered for 20 s gets one at a time; the others are asked elsewhere', () => {
  const lone = new LoneSwarm({ pieces: 1 });
  const snubber = lone.meet('3', { has: 'all', unchokes: true });
  lone.advance(SNUB_MS - seconds(2));
  expect(snubber.requests.length).toBe(4);
  const bob = lone.meet('4', { has: 'all', unchokes: true });
  lone.advance(seconds(3));
  expect(lone.snapshot().neighbours.map(({ isSnubbed }) => isSnubbed)).toEqual([true, false]);
  expect([snubber.requests.length, bob.requests.length]).toEqual([1, 4]);
  expect(snubber.got('cancel').length).toBe(4);
});

test('[R5] where others answer fast, a silent neighbour is given up after 5 s', () => {
  const lone = new LoneSwarm({ pieces: 6 });
  const bob = lone.meet('4', { has: 'all', unchokes: true });
  bob.serves(4);
  const snubber = lone.meet('3', { has: 'all', unchokes: true });
  lone.advance(SNUB_MS_MIN - seconds(1));
  expect(snubber.requests.length).toBe(4);
  bob.serves(1);
  lone.advance(seconds(2));
  expect(lone.snapshot().neighbours.map(({ isSnubbed }) => isSnubbed)).toEqual([false, true]);
});

test('[R5] one block ends the snub', () => {
  const lone = new LoneSwarm({ pieces: 3 });
  const snubber = lone.meet('3', { has: 'all', unchokes: true });
  lone.advance(seconds(22));
  expect(snubber.requests.length).toBe(1);
  snubber.serves(1);
  expect(snubber.requests.length).toBeGreaterThan(1);
});

test('[R5] a neighbour that goes on snubbing does not keep even one block from the others', () => {
  const lone = new LoneSwarm({ pieces: 2 });
  const snubber = lone.meet('3', { has: 'all', unchokes: true });
  lone.advance(seconds(30));
  expect(snubber.requests.length).toBe(1);
  const bob = lone.meet('4', { has: 'all', unchokes: true });
  lone.advance(seconds(25));
  bob.serves();
  expect(lone.snapshot().pieces.verified).toBe(2);
});

test('[P5] a last block that two silent neighbours were asked for is asked of a third before the first is given up', () => {
  const lone = new LoneSwarm({ pieces: 2, lastBytes: BLOCK_BYTES });
  lone.meet('3', { has: pieceList(0), unchokes: true }).serves();
  const asked = ['4', '5', '6'].map((name) => lone.meet(name, { has: 'all', unchokes: true }));
  lone.advance(SNUB_MS_MIN - 500);
  expect(asked.map(({ requests }) => requests.length)).toEqual([1, 1, 1]);
  asked[2].serves();
  expect(lone.snapshot().pieces.verified).toBe(2);
});

test('[N5] after sleep nobody is snubbed or dropped, and no call is given up', () => {
  const lone = new LoneSwarm();
  const bob = lone.meet('3', { has: 'all', unchokes: true });
  const unready = lone.open(lone.offer(peerNamed('4')) ?? (0 as never), peerNamed('4'));
  const calling = lone.offer(peerNamed('5'));
  lone.sleep(minutes(60));
  lone.advance(seconds(5));
  expect([bob.isClosed, unready.isClosed]).toEqual([false, false]);
  expect(lone.snapshot().neighbours[0].isSnubbed).toBe(false);
  expect(lone.ordered('close-link').map(({ link }) => link)).not.toContain(calling);
});

test('[N5] after sleep, waiting begins anew: silence is noticed later', () => {
  const lone = new LoneSwarm();
  const bob = lone.meet('3', { has: 'all', unchokes: true });
  lone.advance(seconds(15));
  lone.sleep(minutes(60));
  lone.advance(SNUB_MS - seconds(1));
  expect(bob.requests.length).toBe(4);
  lone.advance(seconds(2));
  expect(bob.requests.length).toBe(1);
  lone.advance(NEIGHBOUR_SILENCE_MAX_MS);
  expect(bob.isClosed).toBe(true);
});

test('[N3] a call that takes longer than half a minute has failed', () => {
  const lone = new LoneSwarm();
  const link = lone.offer(peerNamed('3'));
  lone.advance(DIAL_TIMEOUT_MS - seconds(1));
  expect(lone.ordered('close-link')).toEqual([]);
  lone.advance(seconds(2));
  expect(lone.ordered('close-link').map((order) => order.link)).toEqual([link]);
});

test('a swarm without neighbours, server and troubles needs no alarm; one with neighbours looks at them every second', () => {
  const lone = new LoneSwarm();
  expect(lone.swarm.nextWakeAt()).toBe(NEVER);
  lone.meet('3');
  lone.advance(seconds(10));
  expect(lone.swarm.nextWakeAt() - lone.now).toBeLessThanOrEqual(seconds(1));
});

test('[N4] a peer that leaves says so to the server, closes its links, and does nothing any more', () => {
  const lone = new LoneSwarm();
  lone.take({ kind: 'started' });
  lone.take({ kind: 'signal-opened' });
  const bob = lone.meet('3', { has: 'all', unchokes: true });
  const calling = lone.offer(peerNamed('4'));
  lone.take({ kind: 'stopped' });
  expect(lone.ordered('announce').at(-1)).toMatchObject({ event: 'stopped', neighboursWanted: 0 });
  expect(new Set(lone.ordered('close-link').map(({ link }) => link))).toEqual(new Set([bob.link, calling]));
  expect(lone.swarm.nextWakeAt()).toBe(NEVER);
  expect(lone.offer(peerNamed('5'))).toBeNull();
  expect(lone.take({ kind: 'signal-opened' })).toEqual([]);
  expect(lone.snapshot()).toMatchObject({ isStopped: true, neighbours: [], dialling: 0 });
});

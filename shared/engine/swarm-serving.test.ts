/** Serving: who gets a slot, what a choke does to requests, and that each request gets one answer. */
import { expect, test } from 'vitest';
import { minutes, seconds } from '../base/time.ts';
import { pieceIndex } from '../wire/ids.ts';
import { BLOCK_BYTES } from '../wire/limits.ts';
import type { BlockRef } from '../wire/peer-message.ts';
import type { Effect } from './swarm-io.ts';
import { LoneSwarm, type Neighbour, type NeighbourStart } from './lone-swarm.test-kit.ts';
import { OPTIMISTIC_MS, REGULAR_SLOTS, ROUND_MS, UPLOAD_SLOTS } from './peers/choker.ts';
import { firstPieces } from './torrent.test-kit.ts';

const block = (piece: number, number: number): BlockRef => ({
  piece: pieceIndex(piece),
  offset: number * BLOCK_BYTES,
  length: BLOCK_BYTES,
});

/** How often those who are served ask for more. */
const STEP_MS = 500;

/** Blocks that may wait in a send buffer: a second's worth at 2 Mbit/s. */
const BUFFER_BYTES_MAX = 16 * BLOCK_BYTES;

/** A swarm that has half of 60 pieces. */
const halfway = (): LoneSwarm => new LoneSwarm({ pieces: 60, have: firstPieces(30) });

/** Neighbours that are interested, and that keep us busy as soon as they are served. */
function busyCrowd(lone: LoneSwarm, size: number, start: NeighbourStart = {}): Neighbour[] {
  const crowd = Array.from({ length: size }, (_, index) => lone.meet(`a${index}`, start));
  for (const neighbour of crowd) neighbour.says({ kind: 'interested' });
  keepBusy(crowd);
  return crowd;
}

/** Everybody who is served has two blocks on their way. */
function keepBusy(crowd: readonly Neighbour[]): void {
  for (const neighbour of crowd) {
    if (!isServed(neighbour)) continue;
    neighbour.asks(block(0, 0));
    neighbour.asks(block(0, 1));
  }
}

/** Lets time pass; those served stay busy, and once a second `act` happens. */
function goOn(lone: LoneSwarm, crowd: readonly Neighbour[], span: number, act: () => void): void {
  for (let at = 0; at < span; at += STEP_MS) {
    lone.advance(STEP_MS);
    keepBusy(crowd);
    if (at % seconds(1) === 0) act();
  }
}

/** Whether the last that the neighbour heard of it is that it is served. */
function isServed(neighbour: Neighbour): boolean {
  const last = neighbour.heard.findLast(({ kind }) => kind === 'choke' || kind === 'unchoke');
  return last?.kind === 'unchoke';
}

test('[C1] only interested neighbours are served, and not more than there are slots', () => {
  const lone = halfway();
  const idle = lone.meet('f');
  const crowd = busyCrowd(lone, 9);
  expect(crowd.filter(isServed).length).toBe(UPLOAD_SLOTS);
  expect(isServed(idle)).toBe(false);
});

test('[C6] the slot of a neighbour that leaves, or loses interest, is given away at once', () => {
  const lone = halfway();
  const crowd = busyCrowd(lone, 9);
  crowd.find(isServed)?.vanishes();
  expect(lone.snapshot().neighbours.filter(({ isUnchoked }) => isUnchoked).length).toBe(UPLOAD_SLOTS);
  const bored = crowd.find((neighbour) => isServed(neighbour) && neighbour !== crowd[0]);
  bored?.says({ kind: 'not-interested' });
  expect(bored === undefined || isServed(bored)).toBe(false);
  expect(lone.snapshot().neighbours.filter(({ isUnchoked }) => isUnchoked).length).toBe(UPLOAD_SLOTS);
});

test('[C10] a slot whose neighbour has nothing under way is lent within a tenth of a second', () => {
  const lone = halfway();
  const crowd = busyCrowd(lone, 9);
  lone.advance(seconds(2));
  expect(crowd.filter(isServed).length).toBe(UPLOAD_SLOTS);
  // What waits leaves block by block.
  while (crowd.some((neighbour) => neighbour.drains() > 0));
  lone.advance(100);
  expect(crowd.filter(isServed).length).toBe(9);
});

test('while nobody is served, nothing wakes the engine more than once a second', () => {
  const lone = halfway();
  const bob = lone.meet('3');
  lone.advance(seconds(10));
  const wakes = (): number => lone.advance(seconds(10));
  expect(wakes()).toBeLessThanOrEqual(11);
  bob.says({ kind: 'interested' });
  expect(wakes()).toBeGreaterThan(100);
  bob.says({ kind: 'not-interested' });
  expect(wakes()).toBeLessThanOrEqual(11);
});

test('[C2] every ten seconds those that gave most over the last twenty get the regular slots', () => {
  const lone = new LoneSwarm({ pieces: 600, have: firstPieces(30) });
  const crowd = busyCrowd(lone, 8, { has: 'all', unchokes: true });
  goOn(lone, crowd, 3 * ROUND_MS, () => crowd.forEach((giver, rank) => giver.serves(rank)));
  const views = lone.snapshot().neighbours.toSorted((a, b) => b.downloadRate - a.downloadRate);
  expect(views.slice(0, REGULAR_SLOTS).every(({ isUnchoked }) => isUnchoked)).toBe(true);
  const regular = views.filter(({ isUnchoked, isOptimistic }) => isUnchoked && !isOptimistic);
  expect(regular.length).toBe(REGULAR_SLOTS);
  expect(views.indexOf(regular[REGULAR_SLOTS - 1])).toBeLessThanOrEqual(REGULAR_SLOTS);
});

test('[C3] every thirty seconds the lucky one changes, so that everybody gets a chance', () => {
  const lone = halfway();
  const crowd = busyCrowd(lone, 8);
  const lucky = new Set<string>();
  goOn(lone, crowd, 20 * OPTIMISTIC_MS, () => {
    for (const view of lone.snapshot().neighbours) if (view.isOptimistic) lucky.add(view.peerId);
  });
  expect(lucky.size).toBeGreaterThanOrEqual(4);
});

test('[R5] a neighbour that snubs us loses its regular slot in the next round', () => {
  const lone = new LoneSwarm({ pieces: 600, have: firstPieces(30) });
  const crowd = busyCrowd(lone, 8, { has: 'all', unchokes: true });
  goOn(lone, crowd, 2 * ROUND_MS, () => crowd.forEach((giver, rank) => giver.serves(rank + 1)));
  const snubber = crowd[7];
  goOn(lone, crowd, seconds(32), () => crowd.slice(0, 7).forEach((giver, rank) => giver.serves(rank + 1)));
  const view = lone.snapshot().neighbours.find(({ peerId }) => peerId === snubber.peer);
  expect([view?.isSnubbed, view?.isUnchoked === true && !view.isOptimistic]).toEqual([true, false]);
});

/** Asks for block after block, as long as it is served: how many it got. */
function takeAll(neighbour: Neighbour): number {
  const before = neighbour.got('piece').length;
  for (let request = 0; request < 40 && isServed(neighbour); request += 1) {
    neighbour.asks(block(request >> 2, request % 4));
    neighbour.drains();
  }
  return neighbour.got('piece').length - before;
}

test('[C7] who could give and only takes is served until its credit is used up, and again when it gives', () => {
  const lone = halfway();
  lone.meet('a', { isInterested: true });
  const rider = lone.meet('b', { isInterested: true, has: [pieceIndex(40)] });
  expect(takeAll(rider)).toBe(8);
  lone.advance(minutes(1));
  expect(isServed(rider)).toBe(false);
  rider.says({ kind: 'unchoke' });
  rider.serves(1);
  expect(isServed(rider)).toBe(true);
  expect(takeAll(rider)).toBe(8);
});

test('[C7] who has nothing that we lack may take what it likes', () => {
  const lone = halfway();
  lone.meet('a', { isInterested: true });
  const newcomer = lone.meet('b', { isInterested: true, has: [pieceIndex(3)] });
  expect(takeAll(newcomer)).toBe(40);
});

test('[C5] a choked neighbour gets nothing: its requests are rejected', () => {
  const lone = halfway();
  const bob = lone.meet('3');
  bob.asks(block(0, 0));
  expect([bob.got('piece').length, bob.got('reject').map(({ block: { piece } }) => piece)]).toEqual([0, [0]]);
});

test('[C8] a neighbour that takes 200 kB/s has one block in the send buffer: what it wants next waits behind no more', () => {
  const lone = halfway();
  const bob = lone.meet('3', { isInterested: true });
  for (let request = 0; request < 60; request += 1) bob.asks(block(request >> 2, request % 4));
  const drained = Array.from({ length: 40 }, () => {
    lone.advance(80);
    return bob.drains() / BLOCK_BYTES;
  });
  expect([...new Set(drained)]).toEqual([1]);
});

test('[C5] without the fast extension they are dropped without a word', () => {
  const lone = halfway();
  const bob = lone.meet('3', { supportsFast: false });
  bob.asks(block(0, 0));
  expect([bob.got('piece'), bob.got('reject'), bob.isClosed]).toEqual([[], [], false]);
});

test('[C5] what waits when a neighbour is choked is rejected; what is on its way still comes', () => {
  const lone = halfway();
  const bob = lone.meet('3', { isInterested: true });
  for (let request = 0; request < 40; request += 1) bob.asks(block(request >> 2, request % 4));
  const onTheirWay = bob.got('piece').length;
  bob.says({ kind: 'not-interested' });
  expect(bob.got('choke').length).toBe(1);
  expect(bob.got('reject').length).toBe(40 - onTheirWay);
  bob.drains();
  expect(bob.got('piece').length).toBe(onTheirWay);
});

test('[L4] blocks are handed out only while little waits to be sent', () => {
  const lone = halfway();
  const bob = lone.meet('3', { isInterested: true });
  for (let request = 0; request < 40; request += 1) bob.asks(block(request >> 2, request % 4));
  expect(bob.got('piece').length * BLOCK_BYTES).toBeLessThanOrEqual(BUFFER_BYTES_MAX);
  expect(bob.drains()).toBeLessThanOrEqual(BUFFER_BYTES_MAX);
  while (bob.drains() > 0);
  expect(bob.got('piece').length).toBe(40);
});

test('[R6] requests are answered in order, each once', () => {
  const lone = halfway();
  const bob = lone.meet('3', { isInterested: true });
  const wanted = [block(3, 0), block(2, 1), block(3, 0), block(0, 3)];
  for (const request of wanted) bob.asks(request);
  while (bob.drains() > 0);
  expect(bob.got('piece').map(({ piece, offset }) => [piece, offset])).toEqual(
    wanted.map(({ piece, offset }) => [piece, offset]),
  );
});

test('a piece is ordered to be made ready once, and before the first of its blocks is sent', () => {
  const lone = halfway();
  const bob = lone.meet('3', { isInterested: true });
  for (let request = 0; request < 40; request += 1) bob.asks(block(request >> 2, request % 4));
  while (bob.drains() > 0);
  const isAbout = (piece: number) => (effect: Effect) =>
    effect.kind === 'send-block'
      ? effect.block.piece === piece
      : effect.kind === 'prepare-piece' && effect.piece === piece;
  const first = (piece: number): string | undefined => lone.orders.find(isAbout(piece))?.kind;
  expect([1, 2, 5, 9].map(first)).toEqual(['prepare-piece', 'prepare-piece', 'prepare-piece', 'prepare-piece']);
  expect(lone.ordered('prepare-piece').filter(isAbout(5)).length).toBe(1);
});

test('[R6] a cancelled request is rejected, unless its block is on its way', () => {
  const lone = halfway();
  const bob = lone.meet('3', { isInterested: true });
  for (let request = 0; request < 40; request += 1) bob.asks(block(request >> 2, request % 4));
  bob.says({ kind: 'cancel', block: block(0, 0) });
  bob.says({ kind: 'cancel', block: block(9, 3) });
  bob.says({ kind: 'cancel', block: block(9, 3) });
  expect(bob.got('reject').map(({ block: rejected }) => rejected)).toEqual([block(9, 3)]);
  while (bob.drains() > 0);
  expect(bob.got('piece').length).toBe(39);
});

test('[R6] a request for a piece that we lack is rejected', () => {
  const lone = halfway();
  const bob = lone.meet('3', { isInterested: true });
  bob.asks(block(40, 0));
  expect(bob.got('reject').map(({ block: rejected }) => rejected)).toEqual([block(40, 0)]);
});

test('what was sent is counted when it left the buffer', () => {
  const lone = halfway();
  const bob = lone.meet('3', { isInterested: true });
  bob.asks(block(0, 0));
  expect(lone.snapshot().transferred.uploaded).toBe(0);
  bob.drains();
  lone.advance(seconds(1));
  expect(lone.snapshot().transferred.uploaded).toBe(BLOCK_BYTES);
  expect(lone.snapshot().neighbours[0].uploadRate).toBeGreaterThan(0);
});

test('[C4] a complete peer serves everybody in turn', () => {
  const lone = new LoneSwarm({ pieces: 60, have: 'all' });
  const crowd = busyCrowd(lone, 9);
  const hasBeenServed = new Set<Neighbour>();
  goOn(lone, crowd, minutes(5), () => {
    for (const neighbour of crowd.filter(isServed)) {
      hasBeenServed.add(neighbour);
      for (let request = 0; request < 40; request += 1) neighbour.asks(block(request % 60, 0));
      for (let turn = 0; turn < 10; turn += 1) neighbour.drains();
    }
  });
  expect(hasBeenServed.size).toBe(9);
});

test('[C5] who may give nothing chokes everybody, and serves again as soon as it may', () => {
  const lone = halfway();
  const crowd = busyCrowd(lone, 3);
  expect(crowd.map(isServed)).toEqual([true, true, true]);
  lone.take({ kind: 'limits-set', upload: 0, download: null });
  expect(crowd.map(isServed)).toEqual([false, false, false]);
  lone.advance(ROUND_MS + OPTIMISTIC_MS);
  expect(crowd.map(isServed)).toEqual([false, false, false]);
  lone.take({ kind: 'limits-set', upload: null, download: null });
  expect(crowd.map(isServed)).toEqual([true, true, true]);
});

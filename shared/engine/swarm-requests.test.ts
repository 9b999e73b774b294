/** Fetching: interest, requests and their one end, the endgame, and what neighbours may do with pieces. */
import { expect, test } from 'vitest';
import { seconds } from '../base/time.ts';
import { pieceIndex } from '../wire/ids.ts';
import { BLOCK_BYTES, REQUEST_QUEUE_MAX } from '../wire/limits.ts';
import { LoneSwarm, type Neighbour } from './lone-swarm.test-kit.ts';
import { PIECE_LENGTH, pieceList } from './torrent.test-kit.ts';

/** What is asked of a neighbour, as `piece/block`. */
const asked = (neighbour: Neighbour): string[] =>
  neighbour.requests.map(({ piece, offset }) => `${piece}/${offset / BLOCK_BYTES}`);

test('[P6] we are interested in a neighbour exactly while it holds a piece that we lack', () => {
  const lone = new LoneSwarm({ have: pieceList(0, 1) });
  const bob = lone.meet('3', { has: pieceList(0) });
  expect(bob.got('interested')).toEqual([]);
  bob.says({ kind: 'have', piece: pieceIndex(2) });
  expect(bob.got('interested').length).toBe(1);
  bob.says({ kind: 'unchoke' });
  bob.serves();
  expect(bob.got('not-interested').length).toBe(1);
  bob.says({ kind: 'have', piece: pieceIndex(3) });
  expect(bob.got('interested').length).toBe(2);
  bob.says({ kind: 'dont-have', piece: pieceIndex(3) });
  expect(bob.got('not-interested').length).toBe(2);
});

test('[R4] nothing is asked of a neighbour that chokes us', () => {
  const lone = new LoneSwarm();
  const bob = lone.meet('3', { has: 'all' });
  expect(bob.requests).toEqual([]);
  bob.says({ kind: 'unchoke' });
  expect(bob.requests.length).toBe(4);
  bob.says({ kind: 'choke' });
  lone.advance(seconds(5));
  expect(bob.requests).toEqual([]);
});

test('[R1] every block is asked for once, in 16 KiB, the last one of the file shorter', () => {
  const lone = new LoneSwarm({ pieces: 2, lastBytes: BLOCK_BYTES + 5 });
  const bob = lone.meet('3', { has: 'all', unchokes: true });
  expect(bob.serves()).toBe(6);
  expect(
    bob
      .got('request')
      .map(({ block }) => block.length)
      .toSorted((a, b) => a - b),
  ).toEqual([5, ...Array.from({ length: 5 }, () => BLOCK_BYTES)]);
  expect(lone.snapshot()).toMatchObject({ verifiedBytes: PIECE_LENGTH + BLOCK_BYTES + 5, pieces: { verified: 2 } });
});

test('[R2] never more requests wait than the neighbour said it accepts', () => {
  const lone = new LoneSwarm({ pieces: 40 });
  const bob = lone.meet('3', { has: 'all', unchokes: true, extended: { requestQueueMax: 3 } });
  for (let block = 0; block < 50; block += 1) {
    expect(bob.requests.length).toBe(3);
    bob.serves(1);
  }
});

test('[R7] we say that a thousand requests may wait with us', () => {
  const bob = new LoneSwarm().meet('3');
  expect(bob.got('extended-handshake')[0].handshake.requestQueueMax).toBe(REQUEST_QUEUE_MAX);
});

test('[R3] without the fast extension, what a choke leaves unanswered is asked of another neighbour at once', () => {
  const lone = new LoneSwarm({ pieces: 1 });
  const bob = lone.meet('3', { has: 'all', unchokes: true, supportsFast: false });
  const ann = lone.meet('4', { has: 'all', unchokes: true });
  expect([asked(bob).length, asked(ann).length]).toEqual([4, 0]);
  bob.says({ kind: 'choke' });
  expect(asked(ann)).toEqual(['0/0', '0/1', '0/2', '0/3']);
});

test('[R3] with it, a request that crosses a choke ends by its reject, or by its block after the next unchoke', () => {
  const lone = new LoneSwarm({ pieces: 1 });
  const bob = lone.meet('3', { has: 'all', unchokes: true });
  const [first, ...others] = bob.requests;
  const ann = lone.meet('4', { has: 'all', unchokes: true });
  bob.says({ kind: 'choke' });
  expect(asked(ann)).toEqual([]);
  for (const block of others) bob.says({ kind: 'reject', block });
  expect(asked(ann)).toEqual(['0/1', '0/2', '0/3']);
  bob.says({ kind: 'unchoke' });
  bob.sendsBlock(first);
  expect(lone.snapshot().transferred.wasted).toBe(0);
});

test('[R3] a neighbour that chokes us and does not reject is waited for no longer than a few seconds', () => {
  const lone = new LoneSwarm({ pieces: 1 });
  const bob = lone.meet('3', { has: 'all', unchokes: true });
  const ann = lone.meet('4', { has: 'all', unchokes: true });
  bob.says({ kind: 'choke' });
  lone.advance(seconds(6));
  expect(asked(ann).toSorted()).toEqual(['0/0', '0/1', '0/2', '0/3']);
});

test('[R3] a block that is rejected is asked of others at once, and of who rejected it a little later', () => {
  const lone = new LoneSwarm({ pieces: 1 });
  const ann = lone.meet('3', { has: 'all', unchokes: true });
  const bob = lone.meet('4', { has: 'all' });
  expect(ann.requests.length).toBe(4);
  ann.rejects(ann.requests[3]);
  expect(asked(ann)).toEqual(['0/0', '0/1', '0/2']);
  lone.advance(seconds(1));
  expect(asked(ann)).toEqual(['0/0', '0/1', '0/2', '0/3']);
  ann.rejects(ann.requests[3]);
  bob.says({ kind: 'unchoke' });
  expect(asked(bob)).toEqual(['0/3']);
});

test('[R3] a neighbour that rejects everything is not asked faster and faster', () => {
  const lone = new LoneSwarm({ pieces: 2 });
  const stubborn = lone.meet('3', { has: 'all', unchokes: true });
  for (let tick = 0; tick < 100; tick += 1) {
    while (stubborn.requests.length > 0) stubborn.rejects(stubborn.requests[0]);
    lone.advance(seconds(0.1));
  }
  expect(stubborn.got('request').length).toBeLessThanOrEqual(4 * 11);
});

test('[R3] a block that comes after the choke is kept, and not asked for again', () => {
  const lone = new LoneSwarm({ pieces: 1 });
  const ann = lone.meet('3', { has: 'all', unchokes: true, supportsFast: false });
  const [block] = ann.requests;
  ann.says({ kind: 'choke' });
  ann.sendsBlock(block);
  const bob = lone.meet('4', { has: 'all', unchokes: true });
  expect(asked(bob).length).toBe(3);
});

test('[R8] a block that nobody asked for is thrown away, and earns its sender nothing', () => {
  const lone = new LoneSwarm({ have: pieceList(0) });
  const eve = lone.meet('3', { has: 'all' });
  eve.sendsBlock({ piece: pieceIndex(0), offset: 0, length: BLOCK_BYTES });
  eve.sendsBlock({ piece: pieceIndex(1), offset: 0, length: BLOCK_BYTES });
  expect([eve.isClosed, lone.ordered('keep-block')]).toEqual([false, []]);
  expect(lone.snapshot().neighbours[0].downloadRate).toBe(0);
  expect(lone.snapshot().transferred).toMatchObject({ downloaded: 2 * BLOCK_BYTES, wasted: 2 * BLOCK_BYTES });
});

test('[P5] an idle neighbour is asked for a block that another is late with, and that one told when it has come', () => {
  const lone = new LoneSwarm({ pieces: 1, lastBytes: BLOCK_BYTES });
  const slow = lone.meet('3', { has: 'all', unchokes: true });
  const quick = lone.meet('4', { has: 'all', unchokes: true });
  const third = lone.meet('5', { has: 'all', unchokes: true });
  expect([asked(slow), asked(quick), asked(third)]).toEqual([['0/0'], [], []]);
  lone.advance(seconds(11));
  expect([asked(slow), asked(quick), asked(third)]).toEqual([['0/0'], ['0/0'], []]);
  quick.serves();
  expect(slow.got('cancel').map(({ block }) => block.offset)).toEqual([0]);
  expect(lone.snapshot().pieces.verified).toBe(1);
});

test('[P5] while a block is free that an idle neighbour may send, it is asked for no other', () => {
  const lone = new LoneSwarm({ pieces: 2 });
  const ann = lone.meet('3', { has: pieceList(0), unchokes: true });
  const bob = lone.meet('4', { has: pieceList(1), unchokes: true });
  lone.advance(seconds(5));
  expect([asked(ann), asked(bob)].flat().toSorted()).toEqual(['0/0', '0/1', '0/2', '0/3', '1/0', '1/1', '1/2', '1/3']);
});

test('[P5] the block that comes all the same is wasted, and does no harm', () => {
  const lone = new LoneSwarm({ pieces: 1, lastBytes: BLOCK_BYTES });
  const slow = lone.meet('3', { has: 'all', unchokes: true });
  const [block] = slow.requests;
  const quick = lone.meet('4', { has: 'all', unchokes: true });
  lone.advance(seconds(11));
  quick.serves();
  slow.sendsBlock(block);
  expect(lone.snapshot().transferred.wasted).toBe(BLOCK_BYTES);
  expect(lone.ordered('keep-block').length).toBe(1);
});

test('[P3] a second neighbour helps to finish the started piece', () => {
  const lone = new LoneSwarm({ pieces: 3 });
  const ann = lone.meet('3', { has: 'all', unchokes: true, extended: { requestQueueMax: 2 } });
  const bob = lone.meet('4', { has: 'all', unchokes: true, extended: { requestQueueMax: 3 } });
  const piece = ann.requests[0].piece;
  expect(bob.requests.map((block) => block.piece === piece)).toEqual([true, true, false]);
});

test('[W13] a piece that a neighbour takes back is not asked of it any more', () => {
  const lone = new LoneSwarm({ pieces: 2 });
  const bob = lone.meet('3', { has: 'all' });
  bob.says({ kind: 'dont-have', piece: pieceIndex(1) });
  bob.says({ kind: 'unchoke' });
  expect(asked(bob)).toEqual(['0/0', '0/1', '0/2', '0/3']);
  expect(lone.snapshot().pieces.copiesElsewhere).toBe(0);
  bob.says({ kind: 'have', piece: pieceIndex(1) });
  bob.serves(4);
  expect(asked(bob)).toEqual(['1/0', '1/1', '1/2', '1/3']);
});

test('[W13] what was asked of a piece that a neighbour takes back is asked of another at once', () => {
  const lone = new LoneSwarm({ pieces: 3 });
  const bob = lone.meet('3', { has: pieceList(1), unchokes: true });
  const cat = lone.meet('4', { has: pieceList(1), unchokes: true });
  expect(asked(bob)).toEqual(['1/0', '1/1', '1/2', '1/3']);
  bob.says({ kind: 'dont-have', piece: pieceIndex(1) });
  expect(asked(cat)).toEqual(['1/0', '1/1', '1/2', '1/3']);
  bob.says({ kind: 'have', piece: pieceIndex(2) });
  expect(asked(bob)).toEqual(['2/0', '2/1', '2/2', '2/3']);
});

test('[P2] how many copies there are elsewhere follows what neighbours tell, and their leaving', () => {
  const lone = new LoneSwarm({ pieces: 2 });
  const copies = (): number => lone.snapshot().pieces.copiesElsewhere;
  const seed = lone.meet('3', { has: 'all' });
  const bob = lone.meet('4', { has: pieceList(0) });
  expect(copies()).toBe(1);
  bob.says({ kind: 'have', piece: pieceIndex(1) });
  expect(copies()).toBe(2);
  seed.vanishes();
  expect(copies()).toBe(1);
  bob.vanishes();
  expect(copies()).toBe(0);
});

test('[R9] have goes out as soon as the digest is right, before the piece is on disk', () => {
  const lone = new LoneSwarm({ pieces: 1, isManual: true });
  const ann = lone.meet('3', { has: 'all', unchokes: true });
  const bob = lone.meet('4');
  ann.serves();
  const [{ piece, generation }] = lone.ordered('check-piece');
  expect(bob.got('have')).toEqual([]);
  lone.take({ kind: 'piece-checked', piece, generation, isGood: true });
  expect(bob.got('have').map((have) => have.piece)).toEqual([0]);
  expect(lone.snapshot().pieces).toMatchObject({ verified: 1, stored: 0 });
});

test('[D2] a peer that comes back asks for none of the pieces it stored', () => {
  const lone = new LoneSwarm({ have: pieceList(0, 2, 3) });
  const bob = lone.meet('3', { has: 'all', unchokes: true });
  expect(asked(bob)).toEqual(['1/0', '1/1', '1/2', '1/3']);
  bob.serves();
  expect(lone.snapshot().pieces).toMatchObject({ verified: 4, stored: 4 });
});

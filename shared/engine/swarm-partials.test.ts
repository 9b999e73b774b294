/** Passing on blocks before their piece is whole: how they are proved, who is told, who is asked, and what liars get out of it. */
import { expect, test } from 'vitest';
import { seconds } from '../base/time.ts';
import { type PieceIndex, pieceIndex } from '../wire/ids.ts';
import { BLOCK_BYTES, BLOCK_DIGEST_BYTES, PARTIALS_MAX } from '../wire/limits.ts';
import type { BlockRef } from '../wire/peer-message.ts';
import { LoneSwarm, type LoneStart, type Neighbour } from './lone-swarm.test-kit.ts';
import { RARE_HOLDERS_MAX, TELL_MS } from './partials.ts';
import { pieceList } from './torrent.test-kit.ts';

/** Blocks of the usual piece. */
const BLOCKS = 4;

const DIGESTS = new Uint8Array(BLOCKS * BLOCK_DIGEST_BYTES);
const STOCK = { hasPartialExtension: false };

const block = (piece: number, number: number): BlockRef => ({
  piece: pieceIndex(piece),
  offset: number * BLOCK_BYTES,
  length: BLOCK_BYTES,
});

const swarmOf = (start: LoneStart = {}): LoneSwarm => new LoneSwarm({ pieces: 1, hasBlockDigests: true, ...start });

/** A swarm that got `count` blocks of its one piece from `ann`, with the digests; `bob` has nothing and is served. */
function passingOn(count: number, start: LoneStart = {}): { lone: LoneSwarm; ann: Neighbour; bob: Neighbour } {
  const lone = swarmOf(start);
  const bob = lone.meet('4', { isInterested: true });
  const ann = lone.meet('3', { has: 'all', unchokes: true });
  ann.says({ kind: 'digests', piece: pieceIndex(0), digests: DIGESTS });
  servesInOrder(ann, count);
  return { lone, ann, bob };
}

/** Answers waiting requests, the first block of the piece first. */
function servesInOrder(neighbour: Neighbour, count: number): void {
  neighbour.requests.sort((a, b) => a.offset - b.offset);
  neighbour.serves(count);
}

/** The last digests, or the last block, that wait to be checked turn out good or bad. */
function judgeDigests(lone: LoneSwarm, isGood: boolean): void {
  const { piece, generation, digests } = lone.ordered('check-digests').at(-1)!;
  lone.take({ kind: 'digests-checked', piece, generation, digests, isGood });
}

function judgeBlock(lone: LoneSwarm, isGood: boolean): void {
  const { piece, generation, offset } = lone.ordered('check-block').at(-1)!;
  lone.take({ kind: 'block-checked', piece, generation, offset, isGood });
}

const told = (neighbour: Neighbour): [PieceIndex, number][][] =>
  neighbour.got('partials').map(({ held }) => held.map(({ piece, blocks }) => [piece, blocks]));

test('[E2] the digests of a piece are asked for once, before its first block, of the neighbour that is asked for that', () => {
  const lone = swarmOf();
  lone.meet('4');
  const ann = lone.meet('3', { has: 'all', unchokes: true });
  const asked = ann.heard.filter(({ kind }) => kind === 'digests-request' || kind === 'request');
  expect(asked.map(({ kind }) => kind)).toEqual([
    'digests-request',
    ...Array.from({ length: BLOCKS }, () => 'request'),
  ]);
});

test('nothing is proved when no neighbour could fetch it from us', () => {
  const lone = swarmOf();
  const ann = lone.meet('3', { has: 'all', unchokes: true });
  const stock = lone.meet('4', { extended: STOCK });
  servesInOrder(ann, 2);
  expect([...ann.got('digests-request'), ...stock.got('partials'), ...lone.ordered('check-block')]).toEqual([]);
});

test('nothing is proved while more than 4 MiB a second come in, however long nothing came before; and later again', () => {
  const lone = swarmOf({ pieces: 200 });
  lone.meet('4');
  lone.advance(seconds(20));
  const ann = lone.meet('3', { has: 'all', unchokes: true });
  /** How often digests were asked for, once so much has come. */
  const askedAfter = (mebibytes: number): number => {
    while (lone.snapshot().transferred.downloaded < mebibytes * 1024 * 1024) ann.serves(1);
    return ann.got('digests-request').length;
  };
  const atFirst = askedAfter(3);
  expect(askedAfter(3.5)).toBeGreaterThan(atFirst);
  const whenFast = askedAfter(4.5);
  expect(askedAfter(6)).toBe(whenFast);
  lone.advance(seconds(2));
  expect(askedAfter(7)).toBeGreaterThan(whenFast);
});

test('nothing is proved while the machine is late for everything, and later again', () => {
  const lone = swarmOf({ pieces: 200 });
  lone.meet('4', { isInterested: true });
  const ann = lone.meet('3', { has: 'all', unchokes: true });
  /** Whether digests are asked for with the next pieces. */
  const asks = (): boolean => {
    const before = ann.got('digests-request').length;
    ann.serves(4 * BLOCKS);
    return ann.got('digests-request').length > before;
  };
  expect(asks()).toBe(true);
  lone.advance(seconds(4), 50);
  expect(asks()).toBe(false);
  lone.advance(seconds(10));
  expect(asks()).toBe(true);
});

test('a tab that waited for its first neighbour, or slept, is not late', () => {
  const lone = swarmOf({ pieces: 200 });
  lone.advance(seconds(60));
  lone.meet('4', { isInterested: true });
  const ann = lone.meet('3', { has: 'all', unchokes: true });
  lone.advance(seconds(1));
  lone.sleep(seconds(4));
  ann.serves(4 * BLOCKS);
  expect(ann.got('digests-request').length).toBeGreaterThan(2);
});

test('nothing is proved in a torrent without digests of blocks, nor where the mechanism is off', () => {
  for (const start of [{ hasBlockDigests: false }, { policies: { partials: 'off' } }] as const) {
    const lone = swarmOf(start);
    lone.meet('4');
    expect(lone.meet('3', { has: 'all', unchokes: true }).got('digests-request')).toEqual([]);
  }
});

test('neighbours are told of the first block of a piece together, and those that are served of the others', () => {
  const { lone, ann, bob } = passingOn(1);
  const cid = lone.meet('5');
  expect([told(bob), told(cid)]).toEqual([[], []]);
  lone.advance(TELL_MS);
  expect([told(bob), told(cid)]).toEqual([[[[0, 0b1]]], [[[0, 0b1]]]]);
  servesInOrder(ann, 2);
  lone.advance(TELL_MS);
  expect([told(bob).at(-1), told(cid).length]).toEqual([[[0, 0b111]], 1]);
});

test('[E7] of a piece that some neighbours hold already, only those that are served are told that it was begun', () => {
  const { lone, ann, bob } = passingOn(0);
  const cid = lone.meet('5');
  for (let holders = 1; holders < RARE_HOLDERS_MAX; holders += 1) lone.meet(`6${holders}`, { has: 'all' });
  servesInOrder(ann, 1);
  lone.advance(TELL_MS);
  expect([told(bob), told(cid)]).toEqual([[[[0, 0b1]]], []]);
});

test('who is served from now on is told what is here of every started piece', () => {
  const { lone } = passingOn(2);
  lone.advance(TELL_MS);
  const cid = lone.meet('5');
  expect(told(cid)).toEqual([]);
  cid.says({ kind: 'interested' });
  expect(told(cid)).toEqual([[[0, 0b11]]]);
});

test('who is served again is told only of what came since', () => {
  const lone = swarmOf({ pieces: 2 });
  const bob = lone.meet('4', { isInterested: true });
  const ann = lone.meet('3', { has: 'all', unchokes: true });
  const first = ann.requests[0].piece;
  ann.says({ kind: 'digests', piece: first, digests: DIGESTS });
  ann.serves(1);
  lone.advance(TELL_MS);
  bob.says({ kind: 'not-interested' });
  ann.requests.sort((a, b) => Number(a.piece === first) - Number(b.piece === first));
  const second = ann.requests[0].piece;
  expect(second).not.toBe(first);
  ann.says({ kind: 'digests', piece: second, digests: DIGESTS });
  ann.serves(1);
  lone.advance(TELL_MS);
  bob.says({ kind: 'interested' });
  expect(
    told(bob)
      .at(-1)
      ?.map(([piece]) => piece),
  ).toEqual([second]);
});

test('who has the whole piece, or does not speak the extension, is told nothing', () => {
  const { lone, ann } = passingOn(0);
  const stock = lone.meet('5', { isInterested: true, extended: STOCK });
  servesInOrder(ann, 2);
  lone.advance(seconds(1));
  expect([told(ann), told(stock)]).toEqual([[], []]);
});

test('blocks that came before their digests are proved when these are known', () => {
  const { lone, ann, bob } = passingOn(0, { isManual: true });
  servesInOrder(ann, 2);
  expect(lone.ordered('check-block')).toEqual([]);
  judgeDigests(lone, true);
  expect(lone.ordered('check-block').map(({ offset }) => offset)).toEqual([0, BLOCK_BYTES]);
  judgeBlock(lone, true);
  lone.advance(TELL_MS);
  expect(told(bob)).toEqual([[[0, 0b10]]]);
});

test('[E1] a proved block is served before its piece is whole; one that is not proved is refused', () => {
  const { bob } = passingOn(2);
  bob.asks(block(0, 1));
  bob.asks(block(0, 3));
  expect(bob.got('piece').map(({ offset }) => offset)).toEqual([BLOCK_BYTES]);
  expect(bob.got('reject').map((message) => message.block)).toEqual([block(0, 3)]);
});

test('[E3] who sends a block with the wrong digest is banned, and the block is asked of another', () => {
  const { lone, ann } = passingOn(0, { isManual: true });
  judgeDigests(lone, true);
  servesInOrder(ann, 1);
  judgeBlock(lone, false);
  expect(ann.isClosed).toBe(true);
  expect(lone.offer(ann.peer)).toBeNull();
  const cid = lone.meet('5', { has: 'all', unchokes: true });
  expect(cid.requests).toContainEqual(block(0, 0));
  expect(lone.ordered('drop-piece')).toEqual([]);
});

test('[E3] who sends digests that are not those of the info dictionary is banned', () => {
  const { lone, ann } = passingOn(0, { isManual: true });
  judgeDigests(lone, false);
  expect(ann.isClosed).toBe(true);
});

test('digests are taken only from whom they were asked of, and only so many as the piece has blocks', () => {
  const { lone, ann, bob } = passingOn(0, { isManual: true });
  bob.says({ kind: 'digests', piece: pieceIndex(0), digests: DIGESTS });
  expect(lone.ordered('check-digests').length).toBe(1);
  ann.says({ kind: 'digests', piece: pieceIndex(0), digests: DIGESTS.subarray(BLOCK_DIGEST_BYTES) });
  expect([ann.isClosed, bob.isClosed]).toEqual([true, false]);
});

test('[E2] who has no digests is not waited for: the next neighbour that is asked for a block is asked for them too', () => {
  const lone = swarmOf();
  lone.meet('4');
  const ann = lone.meet('3', { has: 'all', unchokes: true, extended: { requestQueueMax: 1 } });
  ann.says({ kind: 'digests', piece: pieceIndex(0), digests: new Uint8Array() });
  const cid = lone.meet('5', { has: 'all', unchokes: true });
  expect(cid.got('digests-request').length).toBe(1);
});

test('[E4] a piece of proved blocks counts only when its own digest is right', () => {
  const { lone, ann } = passingOn(0, { isManual: true });
  judgeDigests(lone, true);
  for (let served = 0; served < BLOCKS; served += 1) {
    servesInOrder(ann, 1);
    judgeBlock(lone, true);
  }
  expect(lone.snapshot().pieces.verified).toBe(0);
  const { piece, generation } = lone.ordered('check-piece').at(-1)!;
  lone.take({ kind: 'piece-checked', piece, generation, isGood: false });
  expect(lone.ordered('store-piece')).toEqual([]);
});

test('[E2] whoever asks for digests of a torrent that has none is told so', () => {
  const lone = swarmOf({ have: 'all', hasBlockDigests: false });
  const bob = lone.meet('4', { isInterested: true });
  bob.says({ kind: 'digests-request', piece: pieceIndex(0) });
  expect(bob.got('digests').map(({ digests }) => digests.byteLength)).toEqual([0]);
});

test('digests are given once a link, to whom we serve: what we learned, or those of a piece we have', () => {
  const { lone, bob } = passingOn(1);
  const cid = lone.meet('5');
  for (const neighbour of [bob, bob, cid]) neighbour.says({ kind: 'digests-request', piece: pieceIndex(0) });
  expect(bob.got('digests').map(({ digests }) => digests.byteLength)).toEqual([DIGESTS.byteLength, 0]);
  expect(cid.got('digests').map(({ digests }) => digests.byteLength)).toEqual([0]);

  const seed = swarmOf({ have: 'all' });
  const dan = seed.meet('6', { isInterested: true });
  dan.says({ kind: 'digests-request', piece: pieceIndex(0) });
  expect(seed.ordered('send-digests')).toEqual([{ kind: 'send-digests', link: dan.link, piece: 0 }]);
});

test('a neighbour is asked for the blocks that it told of, and for no others', () => {
  const lone = swarmOf();
  const bob = lone.meet('4', { unchokes: true });
  expect(bob.got('interested')).toEqual([]);
  bob.says({ kind: 'partials', held: [{ piece: pieceIndex(0), blocks: 0b101 }] });
  expect(bob.got('interested').length).toBe(1);
  expect(bob.requests.toSorted((a, b) => a.offset - b.offset)).toEqual([block(0, 0), block(0, 2)]);
});

test('interest in a neighbour ends when the piece of its blocks is here, or its blocks are gone', () => {
  const lone = swarmOf({ pieces: 2 });
  const bob = lone.meet('4');
  bob.says({ kind: 'partials', held: pieceList(0, 1).map((piece) => ({ piece, blocks: 0b1 })) });
  bob.says({ kind: 'partials', held: [{ piece: pieceIndex(1), blocks: 0 }] });
  expect(bob.got('not-interested')).toEqual([]);
  lone.meet('3', { has: pieceList(0), unchokes: true }).serves();
  expect(bob.got('not-interested').length).toBe(1);
});

test('when a started piece is thrown away its blocks are taken back, and what was asked of them is refused', () => {
  const { lone, ann, bob } = passingOn(BLOCKS - 1, { isManual: true });
  judgeDigests(lone, true);
  judgeBlock(lone, true);
  lone.advance(TELL_MS);
  const { length } = bob.got('piece');
  for (let asked = 0; asked < 4; asked += 1) bob.asks(block(0, 2));
  const sent = bob.got('piece').length - length;
  lone.take({ kind: 'wishes-set', wanted: [], first: [] });
  expect(told(bob).at(-1)).toEqual([[0, 0]]);
  expect(sent + bob.got('reject').length).toBe(4);
  expect(bob.got('reject').length).toBeGreaterThan(0);
  expect(ann.got('cancel').length).toBe(1);
});

test('a neighbour that tells of blocks that a piece has not loses its link, and nothing else happens', () => {
  const lone = swarmOf();
  const bob = lone.meet('4', { unchokes: true });
  bob.says({ kind: 'partials', held: [{ piece: pieceIndex(0), blocks: 2 ** BLOCKS }] });
  expect(bob.isClosed).toBe(true);
  expect(bob.requests).toEqual([]);
});

test('what a neighbour tells of blocks is not heard in a torrent without digests of blocks', () => {
  const lone = swarmOf({ hasBlockDigests: false });
  const bob = lone.meet('4', { unchokes: true });
  bob.says({ kind: 'partials', held: [{ piece: pieceIndex(0), blocks: 1 }] });
  expect([bob.isClosed, bob.got('interested').length]).toEqual([false, 0]);
});

test('a neighbour that tells of blocks of no piece loses its link; one that tells of thousands is not believed', () => {
  const lone = swarmOf({ pieces: 1000 });
  const bob = lone.meet('4');
  for (let first = 0; first < 1000; first += PARTIALS_MAX) {
    const pieces = Array.from({ length: Math.min(PARTIALS_MAX, 1000 - first) }, (_, index) =>
      pieceIndex(first + index),
    );
    bob.says({ kind: 'partials', held: pieces.map((piece) => ({ piece, blocks: 1 })) });
  }
  lone.swarm.inspect(({ sessions }) => expect(sessions.get(bob.link)?.partials.size).toBe(256));
  bob.says({ kind: 'partials', held: [{ piece: pieceIndex(1000), blocks: 1 }] });
  expect(bob.isClosed).toBe(true);
});

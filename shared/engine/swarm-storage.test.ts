/** Pieces on their way to disk, a disk that is full, and pieces that cannot be read any more. */
import { expect, test } from 'vitest';
import { seconds } from '../base/time.ts';
import { pieceIndex } from '../wire/ids.ts';
import { BLOCK_BYTES } from '../wire/limits.ts';
import { LoneSwarm, type LoneStart } from './lone-swarm.test-kit.ts';
import { STORE_AGAIN_MS } from './on-storage.ts';
import { firstPieces, pieceList, unreadable } from './torrent.test-kit.ts';

/** Thousands of blocks take a second here, and more on a busy machine. */
const SLOW = { timeout: 30_000 };

/** Every piece that waits to be checked is good. */
function checkAll(lone: LoneSwarm, from = 0): void {
  for (const { piece, generation } of lone.ordered('check-piece').slice(from)) {
    lone.take({ kind: 'piece-checked', piece, generation, isGood: true });
  }
}

/** The disk refuses all pieces that it was given since order `from`. */
function refuseAll(lone: LoneSwarm, from = 0): void {
  for (const { piece } of lone.ordered('store-piece').slice(from)) {
    lone.take({ kind: 'piece-not-stored', piece, reason: 'The disk is full.' });
  }
}

/** A swarm that fetched this many pieces, none of which is on disk. */
function fetched(start: LoneStart): LoneSwarm {
  const lone = new LoneSwarm({ ...start, isManual: true });
  const bob = lone.meet('9', { has: 'all', unchokes: true });
  for (let round = 0; round < 100 && bob.serves() > 0; round += 1) checkAll(lone);
  return lone;
}

test('[D1] a piece goes to disk only after its digest was right, and counts as stored when the disk has said so', () => {
  const lone = new LoneSwarm({ pieces: 1, isManual: true });
  lone.meet('3', { has: 'all', unchokes: true }).serves();
  expect(lone.ordered('store-piece')).toEqual([]);
  checkAll(lone);
  expect(lone.ordered('store-piece').length).toBe(1);
  expect(lone.snapshot().pieces).toMatchObject({ verified: 1, stored: 0 });
  lone.take({ kind: 'piece-stored', piece: pieceIndex(0) });
  expect(lone.snapshot()).toMatchObject({ pieces: { verified: 1, stored: 1 }, storageTrouble: null });
});

test('[D1] a piece that is dropped is not stored by a late answer', () => {
  const lone = new LoneSwarm({ have: 'all', pieces: 2 });
  lone.take(unreadable(pieceIndex(1)));
  lone.take({ kind: 'piece-stored', piece: pieceIndex(1) });
  expect(lone.snapshot().pieces).toMatchObject({ verified: 1, stored: 1 });
});

test('[D4] when the disk is full the person is told, and storing is tried again every five seconds', () => {
  const lone = fetched({ pieces: 2 });
  refuseAll(lone);
  expect(lone.snapshot()).toMatchObject({ storageTrouble: 'The disk is full.', pieces: { verified: 2, stored: 0 } });
  lone.advance(STORE_AGAIN_MS);
  expect(lone.ordered('store-piece').length).toBe(4);
  refuseAll(lone, 2);
  lone.advance(STORE_AGAIN_MS);
  for (const piece of firstPieces(2)) lone.take({ kind: 'piece-stored', piece });
  expect(lone.snapshot()).toMatchObject({ storageTrouble: null, pieces: { stored: 2 } });
  lone.advance(seconds(60));
  expect(lone.ordered('store-piece').length).toBe(6);
});

test('[D4] pieces that are not on disk are served from memory', () => {
  const lone = fetched({ pieces: 2 });
  refuseAll(lone);
  const cat = lone.meet('3', { isInterested: true });
  expect(cat.got('unchoke').length).toBe(1);
  cat.says({ kind: 'request', block: { piece: pieceIndex(1), offset: 0, length: BLOCK_BYTES } });
  expect(cat.got('piece').length).toBe(1);
});

test('[D4] no more pieces are fetched than memory may hold, and the download goes on by itself', SLOW, () => {
  const lone = fetched({ pieces: 9, pieceLength: 16 * 1024 * 1024 });
  expect(lone.snapshot().pieces.verified).toBe(4);
  refuseAll(lone);
  const bob = lone.snapshot().neighbours[0];
  expect([bob.isInteresting, bob.unchokesUs]).toEqual([true, true]);
  const before = lone.orders.length;
  lone.take({ kind: 'piece-stored', piece: lone.ordered('store-piece')[0].piece });
  const requests = lone.orders.slice(before).filter((order) => order.kind === 'send');
  expect(requests.length).toBeGreaterThan(0);
});

test('[D3] a piece that cannot be read is taken back, from those who know that message, and fetched again', () => {
  const lone = new LoneSwarm({ have: pieceList(0, 1), pieces: 3 });
  const knowing = lone.meet('3', { has: pieceList(1), unchokes: true });
  const stock = lone.meet('4', { extended: { hasDontHaveExtension: false } });
  expect(knowing.requests).toEqual([]);
  lone.take(unreadable(pieceIndex(1)));
  expect([knowing.got('dont-have').length, stock.got('dont-have').length]).toEqual([1, 0]);
  expect(lone.snapshot().pieces).toMatchObject({ verified: 1, stored: 1 });
  lone.advance(seconds(1));
  expect(knowing.serves()).toBe(4);
  expect(lone.snapshot().pieces).toMatchObject({ verified: 2, stored: 2 });
});

test('[D3] requests for a piece that cannot be read are rejected, others are not', () => {
  const lone = new LoneSwarm({ have: firstPieces(3) });
  const bob = lone.meet('3', { isInterested: true });
  for (let turn = 0; turn < 12; turn += 1) {
    for (const piece of pieceList(0, 1)) {
      bob.says({ kind: 'request', block: { piece, offset: (turn % 4) * BLOCK_BYTES, length: BLOCK_BYTES } });
    }
  }
  const sent = bob.got('piece').length;
  lone.take(unreadable(pieceIndex(1)));
  expect(new Set(bob.got('reject').map(({ block }) => block.piece))).toEqual(new Set([1]));
  bob.drains();
  expect(bob.got('piece').length).toBeGreaterThan(sent);
  bob.says({ kind: 'request', block: { piece: pieceIndex(1), offset: 0, length: BLOCK_BYTES } });
  expect(bob.got('reject').at(-1)?.block.piece).toBe(1);
});

test('[D3] a complete peer that lost a piece downloads again, with no more slots than a leecher has', () => {
  const lone = new LoneSwarm({ have: 'all' });
  const crowd = ['1', '2', '3', '4', '5', '6', '7'].map((digits) => lone.meet(digits, { isInterested: true }));
  lone.take(unreadable(pieceIndex(2)));
  expect(lone.snapshot().pieces.verified).toBe(3);
  const seed = lone.meet('9', { has: 'all', unchokes: true });
  expect(seed.requests.map(({ piece }) => piece)).toEqual([2, 2, 2, 2]);
  expect(crowd.filter(({ isClosed }) => isClosed)).toEqual([]);
});

test('what is known twice to be unreadable is so once', () => {
  const lone = new LoneSwarm({ have: 'all' });
  const bob = lone.meet('3');
  lone.take(unreadable(pieceIndex(2)));
  lone.take(unreadable(pieceIndex(2)));
  expect(bob.got('dont-have').length).toBe(1);
});

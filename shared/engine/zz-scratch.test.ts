/** scratch scratch scratch */
import { expect, test } from 'vitest';
import { pieceIndex } from '../wire/ids.ts';
import { BLOCK_BYTES } from '../wire/limits.ts';
import { LoneSwarm } from './lone-swarm.test-kit.ts';
import { pieceList, firstPieces } from './torrent.test-kit.ts';

test('basic', () => {
  const lone = new LoneSwarm();
  const bob = lone.meet('3', { has: 'all', unchokes: true });
  expect(bob.requests.length).toBe(8);
  bob.serves();
  expect(lone.snapshot().pieces).toMatchObject({ verified: 4, stored: 4 });
});
test('F1', () => {
  const lone = new LoneSwarm({ lacksMetainfo: true });
  const ann = lone.meet('2', { has: 'none' });
  const bob = lone.meet('3', { has: 'all', extended: { metadataBytes: 100 } });
  expect(bob.got('metadata-request').length).toBe(1);
  bob.says({ kind: 'metadata-data', part: 0, totalBytes: 100, data: lone.metainfo.infoBytes });
  expect(lone.snapshot().metainfo).not.toBe(null);
  expect(bob.isClosed).toBe(false);
  expect(ann.isClosed).toBe(false);
});
test('F2', () => {
  const lone = new LoneSwarm();
  const bob = lone.meet('3', { has: pieceList(1), unchokes: true });
  expect(bob.requests.length).toBe(4);
  bob.says({ kind: 'reject', block: { piece: pieceIndex(0), offset: 4 * BLOCK_BYTES, length: BLOCK_BYTES } });
});
test('F3', () => {
  const lone = new LoneSwarm({ lacksMetainfo: true });
  const bob = lone.meet('3', { extended: { metadataBytes: 100 } });
  const eve = lone.meet('4', { extended: { metadataBytes: 100 } });
  bob.says({ kind: 'metadata-reject', part: 0 });
  expect(bob.got('metadata-request').length).toBe(1);
  expect(eve.got('metadata-request').length).toBe(1);
});
test('F4', () => {
  const lone = new LoneSwarm();
  const bob = lone.meet('3', { has: pieceList(1), unchokes: true, extended: { requestQueueMax: 2 } });
  expect(bob.requests.length).toBe(2);
  bob.says({ kind: 'dont-have', piece: pieceIndex(1) });
  bob.says({ kind: 'have', piece: pieceIndex(2) });
  bob.serves(1);
  expect(bob.requests.map((r) => r.piece)).toEqual([1, 2]);
});
test('F7', () => {
  const lone = new LoneSwarm();
  lone.meet('3', { has: 'all', unchokes: true });
  lone.take({ kind: 'stopped' });
});
test('F8', () => {
  const lone = new LoneSwarm();
  lone.meet('3', { has: 'none' });
  const link = lone.offer('4'.padEnd(40, '0') as never)!;
  const eve = lone.open(lone.offer('5'.padEnd(40, '0') as never)!, '5'.padEnd(40, '0') as never);
  lone.sleep(60_000);
  lone.advance(1000);
  expect(eve.isClosed).toBe(false);
  expect(lone.ordered('close-link').map((o) => o.link)).not.toContain(link);
});
test('F9: a silent suspect', () => {
  const lone = new LoneSwarm({ pieces: 3, isManual: true, have: firstPieces(0) });
  const bob = lone.meet('3', { has: pieceList(0), unchokes: true, extended: { requestQueueMax: 2 } });
  const eve = lone.meet('4', { has: pieceList(0), unchokes: true, extended: { requestQueueMax: 2 } });
  const ann = lone.meet('5', { has: pieceList(0), extended: { requestQueueMax: 2 } });
  bob.serves(1);
  bob.serves(1);
  bob.serves(1);
  eve.serves(2);
  const [check] = lone.ordered('check-piece');
  lone.take({ kind: 'piece-checked', piece: check.piece, generation: check.generation, isGood: false });
  console.log(bob.requests, eve.requests);
  for (let k = 0; k < 50; k += 1) {
    for (const p of [bob, eve, ann]) p.says({ kind: 'keep-alive' });
    lone.advance(10_000);
    eve.serves();
  }
  console.log(bob.requests, eve.requests, ann.requests, lone.ordered('check-piece'));
});

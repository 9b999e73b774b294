/** Bad bytes: who answers for a piece that failed its digest, and how it is fetched all the same. */
import { expect, test } from 'vitest';
import { present } from '../base/assert.ts';
import { minutes, seconds } from '../base/time.ts';
import { pieceIndex } from '../wire/ids.ts';
import { LoneSwarm, type Neighbour } from './lone-swarm.test-kit.ts';
import { pieceList } from './torrent.test-kit.ts';

/** Half a piece in flight with each, so that two share it. */
const HALF = { requestQueueMax: 2 };

/** The last piece that waits to be checked turns out good or bad. */
function judge(lone: LoneSwarm, isGood: boolean): void {
  const { piece, generation } = lone.ordered('check-piece').at(-1) ?? { piece: pieceIndex(0), generation: 0 };
  lone.take({ kind: 'piece-checked', piece, generation, isGood });
}

/** Two neighbours, each of whom sent half of piece 0, which failed. */
function sharedFailure(pieces = 1): { lone: LoneSwarm; ann: Neighbour; bob: Neighbour } {
  const lone = new LoneSwarm({ pieces, isManual: true });
  const ann = lone.meet('3', { has: pieceList(0), unchokes: true, extended: HALF });
  const bob = lone.meet('4', { has: pieceList(0), unchokes: true, extended: HALF });
  expect([ann.serves(2), bob.serves(2)]).toEqual([2, 2]);
  judge(lone, false);
  return { lone, ann, bob };
}

test('[B1] a piece whose digest is wrong is thrown away and asked again of another neighbour', () => {
  const lone = new LoneSwarm({ pieces: 1, isManual: true });
  const liar = lone.meet('3', { has: 'all', unchokes: true });
  const bob = lone.meet('4', { has: 'all', unchokes: true });
  expect([liar.serves(), bob.requests.length]).toEqual([4, 0]);
  judge(lone, false);
  expect(lone.ordered('drop-piece')).toEqual([{ kind: 'drop-piece', piece: 0 }]);
  expect(lone.ordered('store-piece')).toEqual([]);
  expect(bob.requests.map(({ piece, offset }) => [piece, offset / 16384])).toEqual([
    [0, 0],
    [0, 1],
    [0, 2],
    [0, 3],
  ]);
  bob.serves();
  judge(lone, true);
  expect(lone.ordered('store-piece').length).toBe(1);
});

test('[B2] who alone sent a bad piece is banned: its link ends, and none is accepted or opened again', () => {
  const lone = new LoneSwarm({ pieces: 1, isManual: true });
  const liar = lone.meet('3', { has: 'all', unchokes: true });
  liar.serves();
  judge(lone, false);
  expect(liar.isClosed).toBe(true);
  expect(lone.offer(liar.peer)).toBeNull();
  expect(lone.name(liar.peer).filter(({ kind }) => kind === 'dial')).toEqual([]);
});

test('[B2] a second link to a banned peer that was in the making is given up', () => {
  const lone = new LoneSwarm({ pieces: 1, isManual: true });
  const liar = lone.meet('3', { has: 'all', unchokes: true });
  lone.advance(minutes(1));
  const second = lone.offer(liar.peer);
  liar.serves();
  judge(lone, false);
  expect(lone.ordered('close-link').map(({ link }) => link)).toEqual([liar.link, second]);
});

test('[B2] a liar that left before the verdict is banned as well', () => {
  const lone = new LoneSwarm({ pieces: 1, isManual: true });
  const liar = lone.meet('3', { has: 'all', unchokes: true });
  liar.serves();
  liar.vanishes();
  judge(lone, false);
  expect(lone.offer(liar.peer)).toBeNull();
});

test('[B3] where several sent a bad piece, nobody is banned, and one of them alone is asked again', () => {
  const { ann, bob } = sharedFailure();
  expect([ann.isClosed, bob.isClosed]).toEqual([false, false]);
  expect([ann.requests.length, bob.requests.length]).toEqual([2, 0]);
  expect(ann.serves()).toBe(4);
});

test('[B3] the guilty one is banned when it sends the next bad piece alone; the honest one never', () => {
  const { lone, ann: liar, bob } = sharedFailure();
  liar.serves();
  judge(lone, false);
  expect(liar.isClosed).toBe(true);
  expect(bob.serves()).toBe(4);
  judge(lone, true);
  expect(bob.isClosed).toBe(false);
  expect(lone.snapshot().pieces.verified).toBe(1);
});

test('[B3] blocks that others send into a piece that one must send alone are thrown away', () => {
  const { lone, ann, bob } = sharedFailure();
  const before = lone.ordered('keep-block').length;
  bob.sendsBlock({ piece: pieceIndex(0), offset: 0, length: 16384 });
  expect(lone.ordered('keep-block').length).toBe(before);
  expect(ann.serves()).toBe(4);
});

test('[B3] when the one that must send a piece alone leaves or chokes, the piece is begun anew by another', () => {
  const { lone, ann, bob } = sharedFailure();
  ann.serves(3);
  ann.chokes();
  expect(bob.requests.length).toBe(2);
  bob.serves(1);
  bob.vanishes();
  ann.says({ kind: 'unchoke' });
  expect(ann.serves()).toBe(4);
  judge(lone, true);
  expect(lone.snapshot().pieces.verified).toBe(1);
});

test('[W13] [B3] when the one that must send a piece alone lost it, another one begins it anew', () => {
  const { lone, ann, bob } = sharedFailure();
  ann.serves(1);
  ann.says({ kind: 'dont-have', piece: pieceIndex(0) });
  expect(bob.serves()).toBe(4);
  judge(lone, true);
  expect(lone.snapshot().pieces.verified).toBe(1);
});

test('[B1] a failed piece is not lost when all who took no part choke us', () => {
  const { lone, ann, bob } = sharedFailure();
  const stingy = lone.meet('5', { has: 'all' });
  lone.advance(seconds(5));
  expect(stingy.isClosed).toBe(false);
  expect(ann.requests.length + bob.requests.length).toBe(2);
});

test('[R5] who must send a piece alone and falls silent cannot hold a piece for ever', () => {
  const { lone, ann: silent, bob } = sharedFailure();
  expect(silent.requests.length).toBe(2);
  lone.advance(seconds(7));
  expect([silent.requests.length, bob.requests.length]).toEqual([0, 2]);
  bob.serves();
  judge(lone, true);
  expect(lone.snapshot().pieces.verified).toBe(1);
});

test('a late verdict on an attempt that was given up is ignored', () => {
  const { lone, ann } = sharedFailure();
  const [first] = lone.ordered('check-piece');
  lone.take({ kind: 'piece-checked', piece: first.piece, generation: first.generation, isGood: true });
  expect(lone.snapshot().pieces.verified).toBe(0);
  expect(ann.serves()).toBe(4);
});

test('[B4] a neighbour whose bytes are malformed is closed', () => {
  const lone = new LoneSwarm();
  const eve = lone.meet('3', { has: 'all', unchokes: true });
  lone.take({ kind: 'malformed-received', link: eve.link, reason: 'a length that no message has' });
  expect(eve.isClosed).toBe(true);
  expect(lone.snapshot().neighbours).toEqual([]);
});

test('[B5] when a piece that failed passes, those are banned whose blocks were others', () => {
  const lone = new LoneSwarm({ pieces: 1, isManual: true });
  const [ann, eve] = ['3', '4'].map((digits) => lone.meet(digits, { has: 'all', unchokes: true, extended: HALF }));
  expect([ann.serves(2), eve.serves(2)]).toEqual([2, 2]);
  const digest = (digests: readonly string[]): void => {
    const { piece, generation } = present(lone.ordered('check-piece').at(-1), 'a piece to check');
    lone.take({ kind: 'blocks-digested', piece, generation, digests });
  };
  digest(['a', 'b', 'x', 'y']);
  judge(lone, false);
  expect(ann.serves()).toBe(4);
  expect(lone.ordered('check-piece').map(({ comparesBlocks }) => comparesBlocks)).toEqual([false, true]);
  digest(['a', 'b', 'c', 'd']);
  judge(lone, true);
  expect([ann.isClosed, eve.isClosed]).toEqual([false, true]);
  expect(lone.offer(eve.peer)).toBeNull();
  expect(lone.snapshot().pieces.verified).toBe(1);
});

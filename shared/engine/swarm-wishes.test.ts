/** What the person wants: some pieces and not others, some before others, and changes of mind in the middle of everything. */
import { expect, test } from 'vitest';
import { seconds } from '../base/time.ts';
import { pieceIndex } from '../wire/ids.ts';
import { BLOCK_BYTES } from '../wire/limits.ts';
import { LoneSwarm, type Neighbour } from './lone-swarm.test-kit.ts';
import type { FirstRun } from './pieces/wishes.ts';
import { Mesh } from './mesh.test-kit.ts';
import { PIECE_LENGTH, pieceList } from './torrent.test-kit.ts';

/** Wants these pieces, and those of `first` before the others. */
function wish(lone: LoneSwarm, wanted: readonly number[], first: readonly FirstRun[] = []): void {
  lone.take({ kind: 'wishes-set', wanted: wanted.map((piece) => ({ first: piece, end: piece + 1 })), first });
}

/** The pieces that were asked of a neighbour, each once, in the order of the first request. */
const piecesAsked = (neighbour: Neighbour): number[] => [
  ...new Set(neighbour.got('request').map(({ block }) => Number(block.piece))),
];

const sorted = (numbers: readonly number[]): number[] => numbers.toSorted((a, b) => a - b);

test('[P7] only what is wanted is asked for, and then the neighbour is of no interest any more', () => {
  const lone = new LoneSwarm({ pieces: 8 });
  wish(lone, [2, 5]);
  const bob = lone.meet('3', { has: 'all', unchokes: true });
  bob.serves();
  expect(sorted(piecesAsked(bob))).toEqual([2, 5]);
  expect(bob.got('not-interested').length).toBe(1);
  expect(lone.snapshot()).toMatchObject({
    pieces: { verified: 2, count: 8 },
    wanted: { count: 2, verified: 2, stored: 2, bytes: 2 * PIECE_LENGTH, verifiedBytes: 2 * PIECE_LENGTH },
  });
});

test('[P7] a neighbour that has nothing of what is wanted is of no interest, until more is wanted', () => {
  const lone = new LoneSwarm();
  wish(lone, [0]);
  const bob = lone.meet('3', { has: pieceList(1, 2), unchokes: true });
  expect([bob.got('interested'), bob.requests]).toEqual([[], []]);
  wish(lone, [0, 2]);
  expect(bob.got('interested').length).toBe(1);
  expect(piecesAsked(bob)).toEqual([2]);
});

test('[P7] what is not wanted any more is cancelled and dropped, and asked for again when it is wanted again', () => {
  const lone = new LoneSwarm({ pieces: 2 });
  const bob = lone.meet('3', { has: 'all', unchokes: true });
  bob.serves(1);
  const [begun] = piecesAsked(bob);
  wish(lone, []);
  expect(bob.requests).toEqual([]);
  expect(lone.ordered('drop-piece').map(({ piece }) => Number(piece))).toContain(begun);
  expect(bob.got('not-interested').length).toBe(1);
  lone.advance(seconds(5));
  expect(bob.requests).toEqual([]);
  wish(lone, [0, 1]);
  bob.serves();
  expect(lone.snapshot().pieces.verified).toBe(2);
});

test('[P7] a piece that is being checked when it is unwanted is kept when it is good, and not fetched again when it is bad', () => {
  for (const isGood of [true, false]) {
    const lone = new LoneSwarm({ pieces: 1, isManual: true });
    const bob = lone.meet('3', { has: 'all', unchokes: true });
    bob.serves();
    const [{ piece, generation }] = lone.ordered('check-piece');
    wish(lone, []);
    lone.take({ kind: 'piece-checked', piece, generation, isGood });
    lone.advance(seconds(2));
    expect(lone.snapshot().pieces.verified).toBe(Number(isGood));
    expect(bob.requests).toEqual([]);
  }
});

test('[P7] what is here is announced and served, wanted or not', () => {
  const lone = new LoneSwarm({ have: pieceList(0, 1) });
  wish(lone, [3]);
  const bob = lone.meet('3', { isInterested: true });
  lone.advance(seconds(10));
  bob.asks({ piece: pieceIndex(1), offset: 0, length: BLOCK_BYTES });
  expect(bob.got('piece').length).toBe(1);
});

test('[P7] who has all it wants takes part as one that only gives, and does not tell the server that it is complete', () => {
  const lone = new LoneSwarm({ pieces: 3 });
  lone.take({ kind: 'started' });
  lone.take({ kind: 'signal-opened' });
  wish(lone, [1]);
  const bob = lone.meet('3', { has: 'all', unchokes: true });
  bob.serves();
  expect(lone.ordered('announce').map(({ event }) => event)).not.toContain('completed');
  wish(lone, [0, 1, 2]);
  bob.serves();
  expect(lone.ordered('announce').at(-1)).toMatchObject({ event: 'completed', left: 0 });
});

test('[P7] a wish before anything is known of the pieces is no wish', () => {
  const lone = new LoneSwarm({ lacksMetainfo: true });
  wish(lone, []);
  const bob = lone.meet('3', { has: 'all', unchokes: true, extended: { metadataBytes: 100 } });
  bob.says({ kind: 'metadata-data', part: 0, totalBytes: 100, data: lone.metainfo.infoBytes });
  bob.serves();
  expect(lone.snapshot().pieces).toMatchObject({ count: 4, verified: 4 });
});

test('[P8] where somebody watches, pieces are asked for in their turn, and the rest afterwards', () => {
  const lone = new LoneSwarm({ pieces: 12 });
  const all = Array.from({ length: 12 }, (_, piece) => piece);
  wish(lone, all, [{ first: 5, end: 9, isInTurn: true }]);
  const bob = lone.meet('3', { has: 'all', unchokes: true });
  bob.serves();
  expect(piecesAsked(bob).slice(0, 4)).toEqual([5, 6, 7, 8]);
  expect(sorted(piecesAsked(bob))).toEqual(all);
});

test('[P8] a jump of who watches is followed by the next request', () => {
  const lone = new LoneSwarm({ pieces: 40 });
  const all = Array.from({ length: 40 }, (_, piece) => piece);
  wish(lone, all, [{ first: 0, end: 20, isInTurn: true }]);
  const bob = lone.meet('3', { has: 'all', unchokes: true });
  bob.serves(9);
  wish(lone, all, [{ first: 30, end: 34, isInTurn: true }]);
  const before = piecesAsked(bob).length;
  bob.serves(16);
  expect(piecesAsked(bob).slice(before, before + 4)).toEqual([30, 31, 32, 33]);
});

test('[P8] runs that are wanted first come in their order', () => {
  const lone = new LoneSwarm({ pieces: 12 });
  const runs = [
    { first: 8, end: 10, isInTurn: false },
    { first: 2, end: 4, isInTurn: false },
  ];
  wish(
    lone,
    Array.from({ length: 12 }, (_, piece) => piece),
    runs,
  );
  const bob = lone.meet('3', { has: 'all', unchokes: true });
  bob.serves();
  const asked = piecesAsked(bob);
  expect([sorted(asked.slice(0, 2)), sorted(asked.slice(2, 4))]).toEqual([
    [8, 9],
    [2, 3],
  ]);
});

test('the bits of what is on disk are told as they are on the wire', () => {
  const lone = new LoneSwarm({ pieces: 10, have: pieceList(0, 9) });
  expect([...lone.swarm.storedBits()!]).toEqual([0x80, 0x40]);
  expect(new LoneSwarm({ lacksMetainfo: true }).swarm.storedBits()).toBeNull();
});

test('[P9] who wants some pieces only, or before others, says so: to those it knows, and to those who come', () => {
  const lone = new LoneSwarm({ pieces: 8 });
  const bob = lone.meet('3', { has: 'none' });
  const choices = (neighbour: Neighbour): boolean[] =>
    neighbour.got('extended-handshake').map(({ handshake }) => handshake.isChoosy);
  expect(choices(bob)).toEqual([false]);
  wish(lone, [0, 1, 2, 3, 4, 5, 6, 7], [{ first: 5, end: 6, isInTurn: true }]);
  wish(lone, [0, 1, 2, 3, 4, 5, 6, 7], [{ first: 6, end: 7, isInTurn: true }]);
  expect(choices(bob)).toEqual([false, true]);
  expect(choices(lone.meet('4', { has: 'none' }))).toEqual([true]);
});

test('[P9] beside others that fetch everything, what somebody watches comes first from a lone seed', () => {
  const mesh = new Mesh({ pieces: 60 });
  mesh.join({ have: 'all', uplink: 4 * PIECE_LENGTH });
  mesh.join({ uplink: PIECE_LENGTH });
  const watcher = mesh.join({ uplink: PIECE_LENGTH });
  mesh.advance(seconds(2));
  watcher.take({
    kind: 'wishes-set',
    wanted: [{ first: 0, end: 60 }],
    first: [{ first: 40, end: 44, isInTurn: true }],
  });
  mesh.advance(seconds(5));
  const bits = watcher.swarm.storedBits()!;
  expect(bits[5] >> 4).toBe(0b1111);
  expect(watcher.swarm.snapshot(mesh.now).pieces.verified).toBeLessThan(60);
});

/** Several swarms with each other: a file reaches everybody, whoever calls, lies, leaves or falls silent. */
import { expect, test } from 'vitest';
import { minutes, seconds } from '../base/time.ts';
import { pieceIndex } from '../wire/ids.ts';
import type { Joining, MeshPeer } from './mesh-peer.test-kit.ts';
import { Mesh } from './mesh.test-kit.ts';
import { PIECE_LENGTH, firstPieces, pieceList, unreadable } from './torrent.test-kit.ts';

/** Tens of thousands of steps take a second here, and more on a busy machine. */
const SLOW = { timeout: 30_000 };

/** Whether all of these have the whole file within `span`. */
function allComplete(mesh: Mesh, peers: readonly MeshPeer[], span = minutes(3)): boolean {
  return mesh.runUntil(() => peers.every((peer) => peer.isComplete), span);
}

function joinMany(mesh: Mesh, count: number, joining: Joining = {}): MeshPeer[] {
  return Array.from({ length: count }, () => mesh.join(joining));
}

const verified = (peer: MeshPeer): number => peer.snapshot().pieces.verified;

test('[M5] [W1] two peers: by the link alone the whole file comes over, and nothing twice', () => {
  const mesh = new Mesh({ pieces: 30, lastBytes: 5, infoBytes: 40_000 });
  const sharer = mesh.join({ have: 'all' });
  const newcomer = mesh.join();
  expect(allComplete(mesh, [newcomer])).toBe(true);
  const bytes = 29 * PIECE_LENGTH + 5;
  expect(newcomer.snapshot()).toMatchObject({ verifiedBytes: bytes, transferred: { downloaded: bytes, wasted: 0 } });
  mesh.advance(seconds(1));
  expect([sharer.sentBytes, newcomer.snapshot().pieces.stored]).toEqual([bytes, 30]);
  expect(newcomer.snapshot().neighbours[0]).toMatchObject({ isSeed: true, isInteresting: false });
});

test('an empty file is shared like any other', () => {
  const mesh = new Mesh({ pieces: 0 });
  mesh.join({ have: 'all' });
  const newcomer = mesh.join();
  expect(allComplete(mesh, [newcomer], seconds(10))).toBe(true);
});

test('eight newcomers get the file from one sharer and from each other', SLOW, () => {
  const mesh = new Mesh({ pieces: 40 });
  const sharer = mesh.join({ have: 'all' });
  const crowd = joinMany(mesh, 8);
  expect(allComplete(mesh, crowd)).toBe(true);
  expect(sharer.sentBytes).toBeLessThan(4 * 40 * PIECE_LENGTH);
  expect(crowd.filter((peer) => peer.sentBytes > 0).length).toBeGreaterThan(4);
});

test('equal seeds give equal runs, other seeds other runs', () => {
  const logOf = (seed: number): string => {
    const mesh = new Mesh({ pieces: 12, seed });
    mesh.join({ have: 'all' });
    allComplete(mesh, joinMany(mesh, 4));
    return mesh.log.join('\n');
  };
  expect(logOf(5)).toBe(logOf(5));
  expect(logOf(5)).not.toBe(logOf(6));
});

test('[N2] [W10] peers that call each other at once are left with one link', () => {
  const mesh = new Mesh({ pieces: 4 });
  const peers = joinMany(mesh, 6, { knowsMetainfo: true });
  mesh.advance(seconds(40));
  for (const peer of peers) {
    expect(new Set(peer.neighbours).size).toBe(5);
    expect(peer.neighbours.length).toBe(5);
    expect(peer.snapshot().dialling).toBe(0);
  }
  const calls = mesh.log.filter((line) => line.includes('offer-received')).length;
  expect(calls).toBe(6 * 5);
});

test('[N4] the sharer leaves when the others together have one copy, and all of them finish', () => {
  const mesh = new Mesh({ pieces: 24 });
  const sharer = mesh.join({ have: 'all', uplink: 200_000 });
  const crowd = joinMany(mesh, 5);
  const copies = (): number => new Set(crowd.flatMap((peer) => [...peer.fetched])).size;
  expect(mesh.runUntil(() => copies() === 24, minutes(5))).toBe(true);
  expect(crowd.every((peer) => peer.isComplete)).toBe(false);
  sharer.take({ kind: 'stopped' });
  expect(allComplete(mesh, crowd)).toBe(true);
});

test('[N4] a peer that crashes without a word is noticed, and what it was asked for comes from others', () => {
  const mesh = new Mesh({ pieces: 30 });
  const first = mesh.join({ have: 'all' });
  const newcomer = mesh.join();
  mesh.runUntil(() => verified(newcomer) >= 3, minutes(1));
  first.crash();
  mesh.join({ have: 'all' });
  expect(allComplete(mesh, [newcomer], minutes(2))).toBe(true);
  mesh.advance(minutes(3));
  expect(newcomer.neighbours.length).toBe(1);
});

test('[D2] a peer that comes back with a part fetches only the rest', () => {
  const mesh = new Mesh({ pieces: 20 });
  mesh.join({ have: 'all' });
  const returning = mesh.join({ have: firstPieces(15) });
  expect(allComplete(mesh, [returning])).toBe(true);
  expect(returning.snapshot().transferred.downloaded).toBe(5 * PIECE_LENGTH);
});

test('[B2] a neighbour that sends only bad pieces is banned, and the file comes from the honest one', () => {
  const mesh = new Mesh({ pieces: 12 });
  const liar = mesh.join({ have: 'all', lies: () => true });
  const honest = mesh.join({ have: 'all' });
  const newcomer = mesh.join();
  expect(allComplete(mesh, [newcomer])).toBe(true);
  expect(newcomer.neighbours).toEqual([honest.peerId]);
  expect(newcomer.neighbours).not.toContain(liar.peerId);
});

test.each([1, 2, 3, 4, 5])(
  '[B3] among four honest neighbours one liar is found and no honest one banned (seed %d)',
  (seed) => {
    const mesh = new Mesh({ pieces: 40, seed });
    const liar = mesh.join({ have: 'all', lies: ({ offset }) => offset === PIECE_LENGTH / 2, uplink: 300_000 });
    const honest = joinMany(mesh, 4, { have: 'all', uplink: 150_000 });
    const newcomer = mesh.join();
    expect(allComplete(mesh, [newcomer])).toBe(true);
    expect(newcomer.neighbours).toEqual(expect.arrayContaining(honest.map(({ peerId }) => peerId)));
    expect(newcomer.neighbours).not.toContain(liar.peerId);
  },
);

test('[R5] a neighbour that unchokes and never sends does not keep a piece from being finished', () => {
  const mesh = new Mesh({ pieces: 8 });
  mesh.join({ have: 'all', isSilent: true });
  mesh.join({ have: 'all' });
  const newcomer = mesh.join();
  expect(allComplete(mesh, [newcomer], minutes(2))).toBe(true);
});

test('[P5] the last blocks are asked of two, and what is no longer wanted is cancelled', () => {
  const mesh = new Mesh({ pieces: 3 });
  const slow = mesh.join({ have: 'all', uplink: 8_000 });
  const quick = mesh.join({ have: 'all', uplink: 200_000 });
  const newcomer = mesh.join();
  expect(allComplete(mesh, [newcomer], seconds(30))).toBe(true);
  mesh.advance(seconds(1));
  expect((slow.got.get('cancel') ?? 0) + (quick.got.get('cancel') ?? 0)).toBeGreaterThan(0);
});

test('[D3] a piece that the only seed lost is taken back and fetched again from those who got it', () => {
  const mesh = new Mesh({ pieces: 10 });
  const sharer = mesh.join({ have: 'all' });
  const other = mesh.join();
  expect(allComplete(mesh, [other])).toBe(true);
  mesh.advance(seconds(1));
  sharer.take(unreadable(pieceIndex(4)));
  expect(verified(sharer)).toBe(9);
  expect(allComplete(mesh, [sharer], minutes(1))).toBe(true);
});

test('[C1] with neighbours that each have another part, all parts are exchanged', () => {
  const mesh = new Mesh({ pieces: 12 });
  const peers = [
    mesh.join({ have: pieceList(0, 1, 2, 3) }),
    mesh.join({ have: pieceList(4, 5, 6, 7) }),
    mesh.join({ have: pieceList(8, 9, 10, 11) }),
  ];
  expect(allComplete(mesh, peers)).toBe(true);
});

/** A lone seed lets every piece leave once before any leaves twice, and hides nothing that would be missed. */
import { expect, test } from 'vitest';
import { seconds } from '../base/time.ts';
import { pieceIndex } from '../wire/ids.ts';
import { BLOCK_BYTES } from '../wire/limits.ts';
import { LoneSwarm, NOTHING_SPECIAL, type Neighbour } from './lone-swarm.test-kit.ts';
import { PIECE_LENGTH, unreadable } from './torrent.test-kit.ts';

const PIECES = 12;

/** The pieces that a neighbour was told about. */
const shown = (neighbour: Neighbour): number[] => neighbour.got('have').map(({ piece }) => piece);

/** A lone seed and some that have nothing. */
function loneSeed(leechers: number): { lone: LoneSwarm; crowd: Neighbour[] } {
  const lone = new LoneSwarm({ pieces: PIECES, have: 'all' });
  const crowd = Array.from({ length: leechers }, (_, index) => lone.meet(`a${index}`, { isInterested: true }));
  return { lone, crowd };
}

/** The neighbour fetches all that it was shown and lacks, and says so. */
function fetchShown(neighbour: Neighbour): void {
  const fetched = new Set<number>(neighbour.got('piece').map(({ piece }) => piece));
  for (const piece of shown(neighbour).filter((candidate) => !fetched.has(candidate))) {
    for (let offset = 0; offset < PIECE_LENGTH; offset += BLOCK_BYTES) {
      neighbour.asks({ piece: pieceIndex(piece), offset, length: BLOCK_BYTES });
    }
    while (neighbour.drains() > 0);
    neighbour.says({ kind: 'have', piece: pieceIndex(piece) });
  }
}

test('a lone seed seems to have nothing, and shows each neighbour pieces that it shows nobody else', () => {
  const { crowd } = loneSeed(4);
  expect(crowd.map((neighbour) => [neighbour.got('have-none').length, neighbour.got('have-all').length])).toEqual(
    crowd.map(() => [1, 0]),
  );
  const all = crowd.flatMap(shown);
  expect(all.length).toBeGreaterThanOrEqual(4);
  expect(new Set(all).size).toBe(all.length);
});

test('a neighbour that got its piece is shown another; each piece leaves once before any leaves twice', () => {
  const { lone, crowd } = loneSeed(3);
  const sent = (): number[] => crowd.flatMap((neighbour) => neighbour.got('piece').map(({ piece }) => piece));
  for (let turn = 0; turn < 100 && sent().length < 4 * PIECES; turn += 1) {
    fetchShown(crowd[turn % 3]);
    lone.advance(100);
  }
  expect([sent().length, new Set(sent()).size]).toEqual([4 * PIECES, PIECES]);
  lone.advance(seconds(1));
  for (const neighbour of crowd) expect(new Set(shown(neighbour)).size).toBe(PIECES);
});

test('[P9] a lone seed hides nothing from a neighbour that wants some pieces before others', () => {
  const { crowd } = loneSeed(3);
  expect(new Set(shown(crowd[0])).size).toBeLessThan(PIECES);
  crowd[0].says({ kind: 'extended-handshake', handshake: { ...NOTHING_SPECIAL, isChoosy: true } });
  expect(new Set(shown(crowd[0])).size).toBe(PIECES);
  expect(new Set(shown(crowd[1])).size).toBeLessThan(PIECES);
});

test('what a neighbour was shown and did not fetch is shown to others when it leaves', () => {
  const { lone, crowd } = loneSeed(4);
  const lost = shown(crowd[0]);
  crowd[0].vanishes();
  lone.advance(seconds(20));
  expect(crowd.slice(1).flatMap(shown)).toEqual(expect.arrayContaining(lost));
});

test('where there is another seed, nothing is hidden', () => {
  const { lone, crowd } = loneSeed(3);
  lone.meet('f', { has: 'all' });
  lone.advance(seconds(1));
  expect(crowd.map((neighbour) => new Set(shown(neighbour)).size)).toEqual([PIECES, PIECES, PIECES]);
});

test('a neighbour that is alone is shown everything soon', () => {
  const { lone, crowd } = loneSeed(1);
  lone.advance(seconds(3));
  expect(new Set(shown(crowd[0])).size).toBe(PIECES);
});

test('an idle seed hides nothing: who lies about its pieces keeps none from the others', () => {
  const { lone, crowd } = loneSeed(3);
  for (let piece = 0; piece < PIECES - 1; piece += 1) crowd[0].says({ kind: 'have', piece: pieceIndex(piece) });
  lone.advance(seconds(5));
  for (const honest of crowd.slice(1)) expect(new Set(shown(honest)).size).toBe(PIECES);
});

test('[D3] a piece that was lost is shown to nobody', () => {
  const { lone, crowd } = loneSeed(3);
  const hidden = Array.from({ length: PIECES }, (_, piece) => piece).find(
    (piece) => !crowd.flatMap(shown).includes(piece),
  );
  lone.take(unreadable(pieceIndex(hidden ?? 0)));
  lone.advance(seconds(10));
  expect(crowd.flatMap(shown)).not.toContain(hidden);
  expect(crowd.map((neighbour) => new Set(shown(neighbour)).size)).toEqual([PIECES - 1, PIECES - 1, PIECES - 1]);
});

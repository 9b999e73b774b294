/** Many pieces in few numbers and few cells. */
import { expect, test } from 'vitest';

import { PIECE_COMING, PIECE_HERE } from '../../shared/engine/piece-map.ts';
import { cellsOf, summarizePieces } from './piece-summary.ts';

/** `#` is here, `>` is coming, a digit is the number of copies. */
const map = (picture: string): Uint8Array =>
  Uint8Array.from(picture, (sign) => ({ '#': PIECE_HERE, '>': PIECE_COMING })[sign] ?? Number(sign));

test.each([
  ['##>0213', { count: 7, here: 2, coming: 1, nowhere: 1, rare: 1, common: 2 }],
  ['#>32', { count: 4, here: 1, coming: 1, nowhere: 0, rare: 0, common: 2 }],
  ['##', { count: 2, here: 2, coming: 0, nowhere: 0, rare: 0, common: 0 }],
  ['', { count: 0, here: 0, coming: 0, nowhere: 0, rare: 0, common: 0 }],
])('%s is %o', (picture, summary) => {
  expect(summarizePieces(map(picture))).toEqual(summary);
});

test('each piece has a cell of its own where there is room', () => {
  expect(cellsOf(map('#>012'), 10)).toEqual(['here', 'coming', 'nowhere', 'rare', 'common']);
});

test('where there is not, a cell shows the most pressing of its pieces', () => {
  expect(cellsOf(map('###>#2#1#0'), 5)).toEqual(['here', 'coming', 'common', 'rare', 'nowhere']);
  expect(cellsOf(new Uint8Array(40_000), 600).length).toBeLessThanOrEqual(600);
});

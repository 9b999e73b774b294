/** Blocks of pieces that a neighbour has begun, in pictures (see `picture.test-kit`): which, and when before a whole piece. */
import { expect, test } from 'vitest';
import { Blame } from './blame.ts';
import { peerCalled, picked, pickedEver } from './picture.test-kit.ts';

const ENOUGH = { verified: 4 };

test('[E5] of a neighbour that has no whole piece for us, the blocks that it told of are asked for, each as likely', () => {
  const picture = { pieces: '- -', has: '. .', blocks: 'x.x. -', begun: '1 0', ...ENOUGH };
  expect(pickedEver(picture)).toEqual(['block 0/0', 'block 0/2']);
});

test('[E5] blocks that are here or asked for are not asked for again', () => {
  expect(pickedEver({ pieces: 'ha..', has: '.', blocks: 'xxx.', begun: '1', ...ENOUGH })).toEqual(['block 0/2']);
  expect(picked({ pieces: 'ha..', has: '.', blocks: 'xx..', begun: '1', ...ENOUGH })).toBe('nothing');
});

test('[E5] of begun pieces, the one comes first that the fewest neighbours hold or have begun', () => {
  const picture = { pieces: '- - -', has: '. . .', copies: '0 1 0', blocks: 'x... .x.. ..x.', ...ENOUGH };
  expect(pickedEver({ ...picture, begun: '3 1 1' })).toEqual(['block 2/2']);
  expect(pickedEver({ ...picture, begun: '3 1 9' })).toEqual(['block 1/1']);
});

test('[E5] of equals, the one comes first that we have begun too', () => {
  const picture = { pieces: '- h...', has: '. .', copies: '0 0', begun: '2 2', blocks: 'x... .x..', ...ENOUGH };
  expect(pickedEver(picture)).toEqual(['block 1/1']);
});

test('[E6] a block goes before a whole piece that more neighbours hold', () => {
  const picture = { pieces: '- - h...', has: 'x . x', copies: '3 0 3', blocks: '- x... -', ...ENOUGH };
  expect(pickedEver({ ...picture, begun: '0 2 0' })).toEqual(['block 1/0']);
  expect(picked({ ...picture, begun: '0 3 0' })).toBe('continue 2');
});

test('[E6] neighbours that have begun a piece count for it too, before it is asked for whole', () => {
  const picture = { pieces: '- -', has: 'x .', copies: '1 0', blocks: '- x...', ...ENOUGH };
  expect(picked({ ...picture, begun: '2 2' })).toBe('block 1/0');
  expect(picked({ ...picture, begun: '1 2' })).toBe('start 0');
});

test('[E6] not where a person waits for a run of pieces, nor for a neighbour that snubs us', () => {
  const picture = { pieces: '- -', has: 'x .', copies: '5 0', blocks: '- x...', begun: '0 1', ...ENOUGH };
  expect(picked({ ...picture, first: [{ first: 0, end: 1, isInTurn: true }] })).toBe('start 0');
  expect(picked({ ...picture, isSnubbed: true })).toBe('start 0');
});

test('a piece that failed, or is one neighbour’s alone, is not asked for in blocks', () => {
  const blame = new Blame();
  blame.failed(0 as never, new Set([peerCalled('2')]));
  expect(picked({ pieces: '-', has: '.', blocks: 'x...', begun: '1', blame, ...ENOUGH })).toBe('nothing');
  expect(picked({ pieces: '3:h...', has: '.', blocks: '.x..', begun: '1', ...ENOUGH })).toBe('nothing');
});

test('no piece is begun for the sake of a block when memory is full', () => {
  expect(picked({ pieces: '-', has: '.', blocks: 'x...', begun: '1', mayStart: false, ...ENOUGH })).toBe('nothing');
});

test('switched to sequential or random, rarity does not count for blocks either', () => {
  const picture = {
    pieces: '- - -',
    has: '. . .',
    copies: '0 0 0',
    begun: '3 2 1',
    blocks: 'x... x... x...',
    ...ENOUGH,
  };
  expect(pickedEver({ ...picture, policies: { pieces: 'sequential' } })).toEqual(['block 0/0']);
  expect(pickedEver({ ...picture, policies: { pieces: 'random' } })).toEqual(['block 0/0', 'block 1/0', 'block 2/0']);
});

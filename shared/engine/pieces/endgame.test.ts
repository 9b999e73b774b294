/** The one block to ask for twice, by text pictures: see `picture.test-kit`. */
import { expect, test } from 'vitest';
import { PATIENCE_MAX_MS, PATIENCE_MIN_MS } from './endgame.ts';
import { duplicated } from './picture.test-kit.ts';

test('[P5] of the blocks that another neighbour was asked for, the last to come is asked for again', () => {
  expect(duplicated({ pieces: '* haaa' }, { '1/1': 4000, '1/2': 9000, '1/3': 5000 })).toBe('1/2');
});

test('[P5] a third time only when both that were asked are late', () => {
  expect(duplicated({ pieces: '* hAAa' }, { '1/1': 9000 })).toBe('1/1');
  expect(duplicated({ pieces: '* hAhh' }, { '1/1': PATIENCE_MIN_MS - 1 })).toBe('nothing');
});

test('[P5] only pieces that the idle neighbour holds are asked of it', () => {
  expect(duplicated({ pieces: 'aaaa haaa', has: '. x' }, { '0/1': 9000, '1/2': 4000 })).toBe('1/2');
});

test('[P5] a piece that nobody sends us keeps no idle neighbour from helping', () => {
  expect(duplicated({ pieces: '- .... ahhh', has: '. . x' })).toBe('2/0');
});

test('[P5] what will be here soon anyhow is not asked for twice', () => {
  expect(duplicated({ pieces: 'ahhh' }, { '0/0': PATIENCE_MIN_MS - 1 })).toBe('nothing');
  expect(duplicated({ pieces: 'ahhh' }, { '0/0': PATIENCE_MIN_MS })).toBe('0/0');
});

test('[P5] nor by a neighbour that would not be much sooner', () => {
  expect(duplicated({ pieces: 'ahhh' }, { '0/0': 5000 }, { answerMs: 3000 })).toBe('nothing');
  expect(duplicated({ pieces: 'ahhh' }, { '0/0': 5000 }, { answerMs: 2000 })).toBe('0/0');
});

test('[P5] while much is missing, late blocks are waited for longer, but not for ever', () => {
  expect(duplicated({ pieces: 'ahhh' }, { '0/0': 5000 }, { restMs: 60_000 })).toBe('nothing');
  expect(duplicated({ pieces: 'ahhh' }, { '0/0': 5000 }, { restMs: 40_000 })).toBe('0/0');
  expect(duplicated({ pieces: 'ahhh' }, { '0/0': PATIENCE_MAX_MS }, { restMs: Number.POSITIVE_INFINITY })).toBe('0/0');
});

test('[B3] nobody joins in a piece that another one must send alone', () => {
  expect(duplicated({ pieces: '3:aaaa' })).toBe('nothing');
});

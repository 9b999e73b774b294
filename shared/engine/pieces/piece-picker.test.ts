/** What the picker asks a neighbour for, in pictures (see `picture.test-kit`), and against a model that knows no shortcuts. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Blame } from './blame.ts';
import { peerCalled, picked, pickedEver, type Picture } from './picture.test-kit.ts';

const ENOUGH = { verified: 4 };

/** Blame for a piece that these peers sent together, and that failed. */
function failedBy(piece: number, ...digits: string[]): Blame {
  const blame = new Blame();
  blame.failed(piece as never, new Set(digits.map(peerCalled)));
  return blame;
}

test('[P2] the piece that the fewest neighbours hold comes first', () => {
  expect(pickedEver({ pieces: '- - -', copies: '3 1 2', ...ENOUGH })).toEqual(['start 1']);
});

test('[P2] equals are picked by chance', () => {
  expect(pickedEver({ pieces: '- - - -', copies: '2 1 1 1', ...ENOUGH })).toEqual(['start 1', 'start 2', 'start 3']);
});

test('[P2] where content comes fast, of equals the piece after the last one is picked', () => {
  expect(pickedEver({ pieces: '* * - - -', previous: 1, ...ENOUGH })).toEqual(['start 2']);
  expect(pickedEver({ pieces: '* * - - -', copies: '1 1 2 1 1', previous: 1, ...ENOUGH })).toEqual([
    'start 3',
    'start 4',
  ]);
  expect(pickedEver({ pieces: '* * - - -', has: 'x x . x x', previous: 1, ...ENOUGH })).toEqual(['start 3', 'start 4']);
});

test('[P2] after the last piece of an extent, and of the torrent, equals are picked by chance', () => {
  const pieces = `- ${'* '.repeat(15)}- -`;
  expect(pickedEver({ pieces, previous: 15, ...ENOUGH })).toEqual(['start 0', 'start 16', 'start 17']);
  expect(pickedEver({ pieces: '- - *', previous: 2, ...ENOUGH })).toEqual(['start 0', 'start 1']);
});

test.each([0, 3])('[P1] with %d pieces here, the next one is picked at random', (verified) => {
  expect(pickedEver({ pieces: '- - -', copies: '3 1 2', verified })).toEqual(['start 0', 'start 1', 'start 2']);
});

test('[P1] with four pieces here, rarity counts', () => {
  expect(pickedEver({ pieces: '* * * * - -', copies: '1 1 1 1 5 4' })).toEqual(['start 5']);
});

test('[P3] a started piece goes before a new one that is about as rare', () => {
  expect(picked({ pieces: 'h... -', copies: '4 1', ...ENOUGH })).toBe('continue 0');
});

test('[P3] a new piece that is clearly rarer goes before the started ones', () => {
  expect(picked({ pieces: 'h... h... - -', copies: '6 5 2 1', ...ENOUGH })).toBe('start 3');
});

test('[P3] of the started pieces, the rarest is finished first', () => {
  expect(picked({ pieces: 'hhh. h... hhh.', copies: '3 2 3', ...ENOUGH })).toBe('continue 1');
});

test('[P3] of started pieces that are as rare, the one with the fewest blocks to ask for is finished first', () => {
  expect(picked({ pieces: 'a... hha. h..a', ...ENOUGH })).toBe('continue 1');
});

test('[P1] while there are fewer than four pieces here, started ones are finished, however rare others are', () => {
  expect(picked({ pieces: 'h... -', copies: '9 1', verified: 3 })).toBe('continue 0');
});

test('[R5] who snubs us is asked for the commonest pieces: of the started ones, then of the others', () => {
  expect(picked({ pieces: 'h... h... -', copies: '2 5 9', isSnubbed: true, ...ENOUGH })).toBe('continue 1');
  expect(pickedEver({ pieces: '- - - -', copies: '1 5 5 2', isSnubbed: true, ...ENOUGH })).toEqual([
    'start 1',
    'start 2',
  ]);
  const policies = { antiSnubbing: 'forward' } as const;
  expect(picked({ pieces: 'h... h... -', copies: '3 5 9', isSnubbed: true, policies, ...ENOUGH })).toBe('continue 0');
  expect(picked({ pieces: '- - - -', copies: '1 5 5 2', isSnubbed: true, policies, ...ENOUGH })).toBe('start 0');
});

test('switched to random, rarity does not count', () => {
  const policies = { pieces: 'random' } as const;
  expect(pickedEver({ pieces: '- - -', copies: '3 1 2', ...ENOUGH, policies })).toEqual([
    'start 0',
    'start 1',
    'start 2',
  ]);
});

test('switched to sequential, the first piece that is missing comes first', () => {
  const policies = { pieces: 'sequential', randomFirst: 'off' } as const;
  expect(pickedEver({ pieces: '* - - -', copies: '1 3 1 2', policies })).toEqual(['start 1']);
  expect(picked({ pieces: '* - - -', has: 'x . x x', policies })).toBe('start 2');
});

test('without random first pieces, rarity counts from the start', () => {
  const policies = { randomFirst: 'off' } as const;
  expect(pickedEver({ pieces: '- - -', copies: '3 1 2', policies })).toEqual(['start 1']);
});

test('without finishing what is started, a new piece goes before a started one', () => {
  const policies = { finishStarted: 'off' } as const;
  expect(picked({ pieces: 'h... -', policies })).toBe('start 1');
  expect(picked({ pieces: 'h... *', policies })).toBe('continue 0');
});

const run = (first: number, end: number, isInTurn = false) => ({ first, end, isInTurn });

test('[P8] where somebody watches, the next piece comes first, however common it is, started or not', () => {
  const first = [run(1, 4, true)];
  expect(pickedEver({ pieces: '- - - -', copies: '1 9 1 1', first })).toEqual(['start 1']);
  expect(picked({ pieces: 'h... * h... -', first })).toBe('continue 2');
  expect(picked({ pieces: '- - h... -', first })).toBe('start 1');
  expect(picked({ pieces: '- hh.h - -', first })).toBe('continue 1');
});

test('[P8] of a run that is wanted first, started pieces are finished, then the rarest is begun', () => {
  const first = [run(2, 4)];
  expect(picked({ pieces: 'h... - h... -', copies: '1 1 5 1', first })).toBe('continue 2');
  expect(pickedEver({ pieces: 'h... - - -', copies: '1 1 3 2', first })).toEqual(['start 3']);
});

test('[P8] where nothing of the first runs can be asked of the neighbour, the rules for the rest hold', () => {
  const first = [run(0, 2, true), run(2, 3)];
  expect(picked({ pieces: '- - * - -', copies: '1 1 1 2 1', has: '. . x x x', ...ENOUGH, first })).toBe('start 4');
  expect(picked({ pieces: '- h... -', mayStart: false, first: [run(0, 1, true)] })).toBe('continue 1');
});

test('[P8] [B1] nobody who took part when a piece failed is asked for it while somebody waits', () => {
  const picture = { pieces: '- - - *', copies: '1 9 9 1', blame: failedBy(0, '1', '2'), first: [run(0, 2, true)] };
  expect(picked(picture)).toBe('start 1');
  expect(picked({ ...picture, blame: failedBy(0, '2', '3') })).toBe('start 0 alone');
});

test('[P4] only pieces that the neighbour holds are asked of it', () => {
  expect(pickedEver({ pieces: '- - - -', copies: '1 9 9 1', has: '. x x .', ...ENOUGH })).toEqual([
    'start 1',
    'start 2',
  ]);
  expect(picked({ pieces: 'h... -', has: '. x', ...ENOUGH })).toBe('start 1');
  expect(picked({ pieces: 'h... -', has: '. .' })).toBe('nothing');
});

test('[P4] a piece that the neighbour lost is not gone on with', () => {
  expect(picked({ pieces: 'a... -', has: '. x' })).toBe('start 1');
});

test('[P4] pieces that are here, or wholly asked for, are not asked for again', () => {
  expect(picked({ pieces: '* aaaa * hhaa' })).toBe('nothing');
});

test('[D4] when memory is full, started pieces are finished and none is begun', () => {
  expect(picked({ pieces: 'h... -', mayStart: false })).toBe('continue 0');
  expect(picked({ pieces: 'haaa -', mayStart: false })).toBe('nothing');
});

test('[B3] nobody joins in a piece that another one must send alone', () => {
  expect(picked({ pieces: '3:h... -' })).toBe('start 1');
});

test('[B3] a piece that failed is asked again of one neighbour alone', () => {
  expect(picked({ pieces: '-', blame: failedBy(0, '2', '3') })).toBe('start 0 alone');
});

test.each([0, 4])('[B1] who took part in a piece that failed is asked for others first', (verified) => {
  const picture = { pieces: '- - - *', copies: '1 9 8 1', verified, blame: failedBy(0, '1', '2') };
  expect(pickedEver(picture)).not.toContain('start 0 alone');
});

test('[B1] who took part in a piece that failed repeats it when it has no other', () => {
  expect(picked({ pieces: '- - *', has: 'x . x', copies: '5 1 1', blame: failedBy(0, '1', '2') })).toBe(
    'start 0 alone',
  );
});

/** One word of a picture. */
const word = fc.oneof(
  fc.constantFrom('-', '-', '*'),
  fc.string({ unit: fc.constantFrom('.', 'a', 'A', 'h'), minLength: 1, maxLength: 4 }),
  fc.string({ unit: fc.constantFrom('.', 'a', 'h'), minLength: 1, maxLength: 4 }).map((blocks) => `3:${blocks}`),
);

const picture: fc.Arbitrary<Picture> = fc
  .array(fc.tuple(word, fc.integer({ min: 1, max: 9 }), fc.constantFrom('x', 'x', '.')), {
    minLength: 1,
    maxLength: 12,
  })
  .chain((pieces) =>
    fc.record({
      pieces: fc.constant(pieces.map(([pieceWord]) => pieceWord).join(' ')),
      copies: fc.constant(pieces.map(([, count]) => count).join(' ')),
      has: fc.constant(pieces.map(([, , mark]) => mark).join(' ')),
      verified: fc.constantFrom(0, 4),
      mayStart: fc.boolean(),
      isSnubbed: fc.boolean(),
      seed: fc.nat(),
    }),
  );

/** All answers that the rules allow, found by reading every piece. Where the neighbour snubs us, the rarest is the commonest. */
function allowed({ pieces, copies = '', has = '', verified = 0, mayStart = true, isSnubbed }: Picture): string[] {
  const counts = copies.split(' ').map(Number);
  const marks = has.split(' ');
  const words = pieces
    .split(' ')
    .map((text, piece) => ({ text, piece, free: text.split('.').length - 1, copies: counts[piece] }));
  const held = words.filter(({ piece }) => marks[piece] === 'x');
  const open = held.filter(({ text, free }) => free > 0 && !text.includes(':'));
  const order = isSnubbed === true ? -1 : 1;
  const isFirst = (one: { copies: number }, other: { copies: number }): boolean =>
    order * (one.copies - other.copies) <= 0;
  const rarestOpen = open.filter((one) => open.every((other) => isFirst(one, other)));
  const fresh = mayStart ? held.filter(({ text }) => text === '-') : [];
  const rarestFresh = fresh.filter((one) => fresh.every((other) => isFirst(one, other)));
  const isFreshRarer =
    !isSnubbed && verified >= 4 && fresh.length > 0 && rarestFresh[0].copies + 3 < rarestOpen[0]?.copies;
  if (open.length > 0 && !isFreshRarer) {
    const fullest = rarestOpen.filter((one) => rarestOpen.every((other) => one.free <= other.free));
    return fullest.map(({ piece }) => `continue ${piece}`);
  }
  const best = verified < 4 ? fresh : rarestFresh;
  return best.length > 0 ? best.map(({ piece }) => `start ${piece}`) : ['nothing'];
}

test('[P1] [P2] [P3] [P4] [R5] the picker does what a model that reads everything allows', { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(picture, (scene) => {
      expect(allowed(scene)).toContain(picked(scene));
    }),
    { seed: 20, numRuns: 1000 },
  );
});

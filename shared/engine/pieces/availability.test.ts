/** The sorted stock of pieces answers as a model does that counts everything anew each time. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../../base/random.ts';
import { pieceIndex, type PieceIndex } from '../../wire/ids.ts';
import { Availability } from './availability.ts';
import { Bitfield } from './bitfield.ts';

const RANDOM = seededRandom(1);

/** Neighbours with their pieces, and what may not be started, beside the real thing. */
class Model {
  readonly real: Availability;
  readonly #size: number;
  readonly #excluded = new Set<number>();
  readonly neighbours: { readonly held: Bitfield; readonly isSeed: boolean }[] = [];

  constructor(size: number) {
    this.#size = size;
    this.real = new Availability(size);
  }

  come(held: Bitfield): void {
    this.neighbours.push({ held, isSeed: held.isFull });
    if (held.isFull) this.real.addSeed();
    else this.real.addAll(held);
  }

  leave(number: number): void {
    const neighbour = this.neighbours.splice(number % Math.max(1, this.neighbours.length), 1).at(0);
    if (neighbour === undefined) return;
    if (neighbour.isSeed) this.real.removeSeed();
    else this.real.removeAll(neighbour.held);
  }

  /** A neighbour that is no seed gets the piece, or loses it. */
  toggle(number: number, piece: PieceIndex): void {
    const { held, isSeed } = this.neighbours[number % this.neighbours.length] ?? { held: null, isSeed: true };
    if (held === null || isSeed) return;
    if (held.add(piece)) this.real.add(piece);
    else if (held.remove(piece)) this.real.remove(piece);
  }

  start(piece: PieceIndex): void {
    this.#excluded.add(piece);
    this.real.exclude(piece);
  }

  drop(piece: PieceIndex): void {
    this.#excluded.delete(piece);
    this.real.include(piece);
  }

  copies(piece: number): number {
    return this.neighbours.filter(({ held }) => held.has(pieceIndex(piece))).length;
  }

  /** The pieces of this neighbour that may be started. */
  startableOf(held: Bitfield): number[] {
    return [...held.pieces()].filter((piece) => !this.#excluded.has(piece));
  }

  /** What the real thing says, and what it should say, in the same form. */
  compare(): { readonly said: Account; readonly counted: Account } {
    const { real } = this;
    const all = Array.from({ length: this.#size }, (_, piece) => pieceIndex(piece));
    return {
      said: {
        copies: all.map((piece) => real.copies(piece)),
        excluded: all.filter((piece) => !real.isStartable(piece)),
        startable: real.startable,
        wholeCopies: real.wholeCopies(),
        picks: this.neighbours.map(({ held }) => this.#picksSaid(held)),
      },
      counted: {
        copies: all.map((piece) => this.copies(piece)),
        excluded: all.filter((piece) => this.#excluded.has(piece)),
        startable: this.#size - this.#excluded.size,
        wholeCopies: Math.min(...all.map((piece) => this.copies(piece))),
        picks: this.neighbours.map(({ held }) => this.#picksCounted(held)),
      },
    };
  }

  #picksSaid(held: Bitfield): Picks {
    const rarest = this.real.rarest(held, RANDOM);
    const any = this.real.random(held, RANDOM);
    const commonest = this.real.commonest(held, RANDOM);
    const startable = new Set(this.startableOf(held));
    return {
      startable: this.real.startableOf(held),
      leastCopies: rarest === null ? null : this.copies(rarest),
      mostCopies: commonest === null ? null : this.copies(commonest),
      areAllowed: [rarest, any, commonest].every((piece) =>
        piece === null ? startable.size === 0 : startable.has(piece),
      ),
    };
  }

  #picksCounted(held: Bitfield): Picks {
    const counts = this.startableOf(held).map((piece) => this.copies(piece));
    return {
      startable: counts.length,
      leastCopies: counts.length === 0 ? null : Math.min(...counts),
      mostCopies: counts.length === 0 ? null : Math.max(...counts),
      areAllowed: true,
    };
  }
}

/** All that can be asked of the stock. */
interface Account {
  readonly copies: readonly number[];
  readonly excluded: readonly number[];
  readonly startable: number;
  readonly wholeCopies: number;
  readonly picks: readonly Picks[];
}

/** What one neighbour may be asked for. */
interface Picks {
  readonly startable: number;
  /** Copies of the piece that is picked as the rarest. */
  readonly leastCopies: number | null;
  /** And of the commonest. */
  readonly mostCopies: number | null;
  readonly areAllowed: boolean;
}

/** `everyNth` 1 makes a seed, 0 a newcomer that has nothing. */
function heldBy(size: number, everyNth: number, from: number): Bitfield {
  const held = new Bitfield(size);
  if (everyNth === 0) return held;
  for (let piece = from; piece < size; piece += everyNth) held.add(pieceIndex(piece));
  return held;
}

const change = fc.record({
  kind: fc.constantFrom('come', 'come', 'leave', 'toggle', 'toggle', 'toggle', 'start', 'start', 'drop'),
  number: fc.nat(100),
  piece: fc.nat(10_000),
  everyNth: fc.constantFrom(0, 1, 2, 3, 50),
});

test.each([
  ['a few', 9, 300],
  ['a hundred', 100, 100],
  ['more than one scan reaches of', 700, 30],
])(
  '[P2] whatever comes, goes and is started among %s pieces, the rarest is the rarest, and the commonest the commonest',
  (_size, size, numRuns) => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 40 }), (changes) => {
        const model = new Model(size);
        for (const { kind, number, piece, everyNth } of changes) {
          const at = pieceIndex(piece % size);
          if (kind === 'come') model.come(heldBy(size, everyNth, everyNth === 1 ? 0 : piece % 3));
          else if (kind === 'leave') model.leave(number);
          else if (kind === 'toggle') model.toggle(number, at);
          else if (kind === 'start') model.start(at);
          else model.drop(at);
        }
        const { said, counted } = model.compare();
        expect(said).toEqual(counted);
      }),
      { seed: 4, numRuns },
    );
  },
);

/** Everything that comes of many draws, sorted. */
function drawn(draw: () => PieceIndex | null): (number | null)[] {
  return [...new Set(Array.from({ length: 300 }, draw))].toSorted((a, b) => Number(a) - Number(b));
}

test('[P2] every one of the rarest comes up in the end', () => {
  const stock = new Availability(8);
  const held = heldBy(8, 1, 0);
  for (const piece of [0, 3, 5]) stock.add(pieceIndex(piece));
  expect(drawn(() => stock.rarest(held, RANDOM))).toEqual([1, 2, 4, 6, 7]);
});

test('[P2] equals come up by chance also when the neighbour holds next to nothing of a large torrent', () => {
  const stock = new Availability(2000);
  const held = heldBy(2000, 500, 7);
  stock.addAll(heldBy(2000, 1, 0));
  stock.addAll(held);
  stock.add(pieceIndex(7));
  expect(drawn(() => stock.rarest(held, RANDOM))).toEqual([507, 1007, 1507]);
});

test('[P1] at random, every startable piece of the neighbour comes up, rare or not', () => {
  const stock = new Availability(6);
  const held = heldBy(6, 2, 0);
  stock.addAll(held);
  stock.add(pieceIndex(2));
  stock.exclude(pieceIndex(4));
  expect(drawn(() => stock.random(held, RANDOM))).toEqual([0, 2]);
});

test('[B1] a piece that is not wanted is passed over for the next rarest', () => {
  const stock = new Availability(4);
  const held = heldBy(4, 1, 0);
  stock.addSeed();
  for (const piece of [1, 2, 3, 3]) stock.add(pieceIndex(piece));
  expect(drawn(() => stock.rarest(held, RANDOM, Number.POSITIVE_INFINITY, (piece) => piece !== 0))).toEqual([1, 2]);
  expect(stock.rarest(held, RANDOM, Number.POSITIVE_INFINITY, () => false)).toBeNull();
});

test('a torrent without pieces has none to give', () => {
  const stock = new Availability(0);
  const held = new Bitfield(0);
  stock.addSeed();
  expect([stock.rarest(held, RANDOM), stock.random(held, RANDOM), stock.wholeCopies()]).toEqual([null, null, 1]);
});

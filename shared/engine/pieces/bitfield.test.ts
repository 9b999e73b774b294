/** A set of pieces is what a Set of numbers would be, in an eighth of a byte each. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pieceIndex } from '../../wire/ids.ts';
import { Bitfield } from './bitfield.ts';

/** A size, and what is put in and taken out, one after the other. */
const steps = fc
  .integer({ min: 1, max: 70 })
  .chain((size) => fc.record({ size: fc.constant(size), changes: fc.array(fc.tuple(fc.boolean(), fc.nat(size - 1))) }));

test('a bitfield does what a set does', () => {
  fc.assert(
    fc.property(steps, ({ size, changes }) => {
      const field = new Bitfield(size);
      const model = new Set<number>();
      for (const [isAdded, index] of changes) {
        const piece = pieceIndex(index);
        expect(isAdded ? field.add(piece) : field.remove(piece)).toBe(model.has(index) !== isAdded);
        if (isAdded) model.add(index);
        else model.delete(index);
        expect(field.has(piece)).toBe(isAdded);
      }
      expect([...field.pieces()]).toEqual([...model].toSorted((a, b) => a - b));
      expect([field.count, field.isFull]).toEqual([model.size, model.size === size]);
      expect([...(Bitfield.fromWire(field.toWire(), size)?.pieces() ?? [])]).toEqual([...field.pieces()]);
    }),
    { seed: 2, numRuns: 300 },
  );
});

test('[W7] the first piece is the highest bit of the first byte, and spare bits are 0', () => {
  const field = new Bitfield(10);
  for (const piece of [0, 7, 9]) field.add(pieceIndex(piece));
  expect([...field.toWire()]).toEqual([0b10000001, 0b01000000]);
});

test.each([
  ['a byte too few', [0xff]],
  ['a byte too many', [0xff, 0x00, 0x00]],
  ['a spare bit that is set', [0x00, 0b00100000]],
  ['no bytes', []],
])('[W7] a bitfield for ten pieces with %s is refused', (_fault, bytes) => {
  expect(Bitfield.fromWire(Uint8Array.from(bytes), 10)).toBeNull();
});

test('[W7] a bitfield without spare bits, and one without pieces, are read', () => {
  expect(Bitfield.fromWire(Uint8Array.of(0xff, 0xff), 16)?.isFull).toBe(true);
  expect(Bitfield.fromWire(new Uint8Array(), 0)?.isFull).toBe(true);
});

test('a bitfield keeps no hold on the bytes it was read from or written to', () => {
  const bytes = Uint8Array.of(0x80);
  const field = Bitfield.fromWire(bytes, 8) ?? new Bitfield(8);
  bytes[0] = 0;
  field.toWire()[0] = 0;
  expect(field.has(pieceIndex(0))).toBe(true);
});

test('a stretch of a set is what a filter finds, and so is what two sets share', () => {
  const numbers = fc.uniqueArray(fc.nat(39));
  fc.assert(
    fc.property(numbers, numbers, fc.nat(45), fc.nat(45), (some, others, first, end) => {
      const fields = [some, others].map((list) => {
        const field = new Bitfield(40);
        for (const number of list) field.add(pieceIndex(number));
        return field;
      });
      const sorted = some.toSorted((a, b) => a - b);
      expect([...fields[0].pieces(first, end)]).toEqual(sorted.filter((number) => number >= first && number < end));
      expect(fields[0].overlap(fields[1])).toBe(some.filter((number) => others.includes(number)).length);
    }),
    { seed: 7 },
  );
});

test('all pieces at once are all pieces', () => {
  const field = new Bitfield(11);
  field.add(pieceIndex(3));
  field.addAll();
  expect([field.count, field.isFull, [...field.toWire()]]).toEqual([11, true, [0xff, 0b11100000]]);
});

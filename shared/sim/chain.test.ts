/** A chain behaves as an array does. */
import { array, assert, boolean, property } from 'fast-check';
import { expect, test } from 'vitest';
import { Chain, type Linked } from './chain.ts';

interface Bead extends Linked<Bead> {
  readonly number: number;
}

test('what goes in comes out in the same order, whatever the turns', () => {
  assert(
    property(array(boolean(), { maxLength: 100 }), (turns) => {
      const chain = new Chain<Bead>();
      const model: number[] = [];
      turns.forEach((isPush, number) => {
        if (isPush) chain.push({ number, next: null });
        const taken = isPush ? null : chain.shift();
        if (isPush) model.push(number);
        expect(taken?.number).toBe(isPush ? undefined : model.shift());
        expect([chain.first?.number, chain.last?.number]).toEqual([model.at(0), model.at(-1)]);
      });
    }),
    { seed: 3 },
  );
});

test('a cleared chain is empty, and what was taken may go into another', () => {
  const [one, other] = [new Chain<Bead>(), new Chain<Bead>()];
  for (const number of [1, 2, 3]) one.push({ number, next: null });
  other.push(one.shift()!);
  one.clear();
  expect([one.first, one.last, one.shift()]).toEqual([null, null, null]);
  expect([other.first?.number, other.last?.number]).toEqual([1, 1]);
  expect(other.first?.next).toBeNull();
});

/** A queue behaves as an array does, at the price of a ring. */
import { array, assert, boolean, property } from 'fast-check';
import { expect, test } from 'vitest';
import { Fifo } from './fifo.ts';

test('values come out in the order they went in, whatever the turns', () => {
  assert(
    property(array(boolean(), { maxLength: 300 }), (turns) => {
      const fifo = new Fifo<number>();
      const model: number[] = [];
      turns.forEach((isPush, number) => {
        if (isPush) fifo.push(number);
        const taken = isPush ? undefined : fifo.shift();
        if (isPush) model.push(number);
        expect(taken).toBe(isPush ? undefined : model.shift());
        expect([fifo.length, fifo.first(), fifo.last()]).toEqual([model.length, model.at(0), model.at(-1)]);
      });
    }),
    { seed: 3 },
  );
});

test('a cleared queue is empty, and can be used again', () => {
  const fifo = new Fifo<string>();
  for (const letter of 'abcdefg') fifo.push(letter);
  fifo.clear();
  expect([fifo.length, fifo.first(), fifo.last(), fifo.shift()]).toEqual([0, undefined, undefined, undefined]);
  fifo.push('h');
  expect(fifo.shift()).toBe('h');
});

/** What leaves a socket in one write, and when. */
import { expect, test } from 'vitest';

import { type Letter, Outbox } from './outbox.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Somebody whose writes are kept, as text. */
class Writer {
  letter: Letter | null = null;
  readonly written: string[] = [];
  isLent = false;
  readonly lent: Buffer[] = [];

  release(bytes: Buffer): boolean {
    this.written.push(bytes.toString('latin1'));
    if (this.isLent) this.lent.push(bytes);
    return !this.isLent;
  }
}

test('what somebody says in a turn of the event loop leaves at its end, in one write and in its order', async () => {
  const outbox = new Outbox();
  const [a, b] = [new Writer(), new Writer()];
  for (const word of ['one ', 'two ', 'three \xf6']) {
    outbox.put(a, word);
    outbox.put(b, word.toUpperCase());
  }
  expect([a.written, b.written]).toEqual([[], []]);
  await turn();
  expect(a.written).toEqual(['one two three \xf6']);
  outbox.put(b, 'more');
  await turn();
  await turn();
  expect(a.written).toHaveLength(1);
  expect(b.written).toEqual(['ONE TWO THREE \xd6', 'more']);
});

test('who speaks while others write is heard in the next turn', async () => {
  const outbox = new Outbox();
  const [early, late] = [new Writer(), new Writer()];
  const release = (bytes: Buffer): boolean => {
    outbox.put(late, 'late');
    return early.release(bytes);
  };
  outbox.put({ letter: null, release }, 'early');
  await turn();
  expect(late.written).toEqual([]);
  await turn();
  expect([early.written, late.written]).toEqual([['early'], ['late']]);
});

test('what somebody writes at once is not written again at the end of the turn', async () => {
  const outbox = new Outbox();
  const [a, b] = [new Writer(), new Writer()];
  outbox.put(a, 'hello ');
  outbox.put(b, 'b');
  outbox.put(a, 'goodbye');
  outbox.post(a);
  outbox.post(a);
  expect(a.written).toEqual(['hello goodbye']);
  await turn();
  expect([a.written, b.written]).toEqual([['hello goodbye'], ['b']]);
});

test('bytes that a stream keeps are not written over, be they one frame or several', async () => {
  const outbox = new Outbox();
  const [slow, other] = [new Writer(), new Writer()];
  slow.isLent = true;
  for (const words of [['one'], ['two ', 'three']]) {
    for (const word of words) outbox.put(slow, word);
    outbox.put(other, 'other');
    await turn();
    outbox.put(other, 'noise '.repeat(10));
    outbox.put(other, 'noise '.repeat(10));
    await turn();
  }
  expect(slow.lent.map((bytes) => bytes.toString('latin1'))).toEqual(['one', 'two three']);
});

test('more than the memory of a turn leaves before its end, and nothing of it is lost', async () => {
  const outbox = new Outbox();
  const writers = Array.from({ length: 40 }, () => new Writer());
  const word = 'x'.repeat(500_000);
  for (const writer of writers) {
    outbox.put(writer, `${word}a`);
    outbox.put(writer, '', [word, '', Buffer.from('b')]);
  }
  expect(writers.filter(({ written }) => written.length > 0).length).toBeGreaterThan(0);
  await turn();
  for (const { written } of writers) expect(written.join('')).toBe(`${word}a${word}b`);
});

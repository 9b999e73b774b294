/** What leaves a socket in one write, and when. */
import { PassThrough, Writable } from 'node:stream';

import { expect, test } from 'vitest';

import { Outbox } from './outbox.ts';

/** A stream that notes how many pieces came in each write. */
function counting(): { readonly stream: Writable; readonly writes: number[] } {
  const writes: number[] = [];
  const stream = new Writable({
    writev: (chunks, done) => (writes.push(chunks.length), done()),
    write: (_, __, done) => (writes.push(1), done()),
  });
  return { stream, writes };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('what is said in one turn of the event loop leaves together, and at its end', async () => {
  const outbox = new Outbox();
  const { stream, writes } = counting();
  for (const text of ['a', 'b', 'c']) {
    outbox.hold(stream);
    stream.write(text);
  }
  expect(writes).toEqual([]);
  await turn();
  expect(writes).toEqual([3]);
  outbox.hold(stream);
  stream.write('d');
  await turn();
  expect(writes).toEqual([3, 1]);
});

test('a stream that ends or dies while it is held takes nobody with it', async () => {
  const outbox = new Outbox();
  const [dying, ending] = [new PassThrough(), counting()];
  outbox.hold(dying);
  outbox.hold(ending.stream);
  ending.stream.write('last words');
  ending.stream.end();
  dying.destroy();
  await turn();
  expect(ending.writes).toEqual([1]);
});

/** What leaves a socket in one write, and when. */
import { expect, test } from 'vitest';

import { Outbox } from './outbox.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('who said something in a turn of the event loop writes it at its end, once', async () => {
  const outbox = new Outbox();
  const released: string[] = [];
  const speaker = (name: string) => ({ release: () => released.push(name) });
  const [a, b] = [speaker('a'), speaker('b')];
  outbox.hold(a);
  outbox.hold(b);
  expect(released).toEqual([]);
  await turn();
  expect(released).toEqual(['a', 'b']);
  outbox.hold(b);
  await turn();
  expect(released).toEqual(['a', 'b', 'b']);
});

test('who speaks while others write is heard in the next turn', async () => {
  const outbox = new Outbox();
  const released: string[] = [];
  const late = { release: () => released.push('late') };
  outbox.hold({
    release: () => {
      released.push('early');
      outbox.hold(late);
    },
  });
  await turn();
  await turn();
  expect(released).toEqual(['early', 'late']);
});

/** Who waits for a piece goes on when it comes, or when the waiting is called off. */
import { expect, test } from 'vitest';

import { pieceIndex } from '../../shared/wire/ids.ts';
import { Arrivals } from './arrivals.ts';

test('all who wait for a piece go on when it comes, and nobody else', async () => {
  const arrivals = new Arrivals();
  const { signal } = new AbortController();
  const went: string[] = [];
  const waiting = [1, 1, 2].map((piece, index) =>
    arrivals.next(pieceIndex(piece), signal).then(() => went.push(`${piece}/${index}`)),
  );
  arrivals.came(pieceIndex(1));
  await Promise.all(waiting.slice(0, 2));
  expect(went).toEqual(['1/0', '1/1']);
  arrivals.came(pieceIndex(2));
  await waiting[2];
});

test('waiting that is called off ends with the reason, before or after it begins', async () => {
  const arrivals = new Arrivals();
  const ending = new AbortController();
  const waiting = arrivals.next(pieceIndex(1), ending.signal);
  ending.abort();
  await expect(waiting).rejects.toBe(ending.signal.reason);
  await expect(arrivals.next(pieceIndex(1), ending.signal)).rejects.toBe(ending.signal.reason);
});

/** No message costs more in a huge torrent. What is measured here is real time, so the limit is wide: in proportion it would be 164. */
import { expect, test } from 'vitest';
import { messageCosts } from './message-costs.ts';

test('a have, a request and a block cost no more with 163,840 pieces than with 1,000', () => {
  const [few, many] = [1000, 163_840].map((pieces) => messageCosts(pieces, () => performance.now()));
  expect(many.have / few.have).toBeLessThan(8);
  expect(many.request / few.request).toBeLessThan(8);
  expect(many.piece / few.piece).toBeLessThan(8);
});

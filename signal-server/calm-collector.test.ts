/** When memory is given back. */
import { expect, test } from 'vitest';

import { CalmCollector, fullCollection } from './calm-collector.ts';

/** A collector whose server is what the numbers say. */
function collector() {
  const server = { changes: 0, messages: 0, collections: 0 };
  const calm = new CalmCollector({
    readChanges: () => server.changes,
    readMessages: () => server.messages,
    collect: () => (server.collections += 1),
  });
  return { server, calm };
}

test('a crowd that came is collected after once it is calm, and once', () => {
  const { server, calm } = collector();
  Object.assign(server, { changes: 20_000, messages: 20_000 });
  calm.look();
  expect(server.collections).toBe(0);
  server.messages += 100;
  calm.look();
  calm.look();
  expect(server.collections).toBe(1);
  server.changes += 20_000;
  calm.look();
  expect(server.collections).toBe(2);
});

test('a few that come and go cause no pause until they are a crowd', () => {
  const { server, calm } = collector();
  for (let look = 0; look < 3; look += 1) {
    server.changes += 400;
    calm.look();
    expect(server.collections).toBe(look === 2 ? 1 : 0);
  }
});

test('what nobody holds is gone after a collection', () => {
  const collect = fullCollection();
  const gone = new WeakRef(Array.from({ length: 100_000 }, (_, index) => ({ index })));
  return new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
    collect();
    expect(gone.deref()).toBeUndefined();
  });
});

/** A small share of what `npm run fuzz:server` does: broken frames against a server over real sockets, and against the rules. */
import { afterEach, expect, test } from 'vitest';

import { start, stopAll } from '../server.test-kit.ts';
import { attack } from './attack.ts';
import { CAST } from './frames.ts';
import { fuzzFraming } from './framing.ts';
import { HonestPair } from './honest-pair.ts';
import { fuzzRules } from './rules.ts';

afterEach(stopAll);

test(
  '[S7] [T12] broken frames on many sockets cost a server no fault, no memory of them, and an honest pair nothing',
  { timeout: 60_000 },
  async () => {
    const server = await start();
    const url = `ws://127.0.0.1:${server.port}/signal`;
    const pair = await HonestPair.open(url, CAST.infoHashes[0], [CAST.peerIds[0], CAST.peerIds[1]]);
    const onProgress = async (): Promise<void> => {
      await pair.announce();
      await pair.meet();
    };
    await attack({ port: server.port, cast: CAST, frames: 10_000, sockets: 8, seed: 1, onProgress });
    await onProgress();
    expect(pair.meetings).toBeGreaterThan(1);
    expect(server.faults).toEqual([]);
    expect(server.signal.sockets).toBe(2);
    expect(await server.world.directory.size()).toEqual({ swarms: 1, peers: 2 });
    pair.close();
  },
);

test('[S7] [T3] broken frames against the rules alone leave nothing behind', async () => {
  expect(await fuzzRules({ frames: 20_000, seed: 7, cast: CAST })).toMatch(/nothing is left/);
});

test('broken streams of WebSocket frames are read as `ws` reads them, to the code they are closed with', () => {
  expect(fuzzFraming({ streams: 5000, seed: 3 })).toMatch(/as ws reads them/);
});

/** The directory in memory is a directory, and agrees with the simplest one that could be. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { seededRandom } from '../shared/base/random.ts';
import { directoryContract } from './directory.contract.ts';
import { MemoryDirectory } from './memory-directory.ts';
import { peer, socket, swarm } from './test-tracker.ts';

describe('the memory directory is a directory', () => {
  directoryContract(async (random) => new MemoryDirectory(random));
});

test('after any changes, samples of everybody and counts agree with a plain list', async () => {
  const step = fc.record({
    letter: fc.constantFrom(...'abcdefgh'.split('')),
    action: fc.constantFrom('enter', 'complete', 'leave'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const directory = new MemoryDirectory(seededRandom(7));
      const model = new Map<string, boolean>();
      for (const { letter, action } of steps) {
        const isComplete = action === 'complete';
        const record = { peerId: peer(letter), socket: socket(letter), isComplete, trackerId: letter };
        const entry = { peer: record, hasFinished: false, claimedTrackerId: null, takeFrom: null, peersMax: 8 };
        if (action === 'leave') await directory.leave(swarm('film'), peer(letter), socket(letter));
        else await directory.enter({ infoHash: swarm('film'), ...entry }, 0);
        if (action === 'leave') model.delete(letter);
        else model.set(letter, isComplete);
      }
      const sampled = async (isForSeed: boolean): Promise<string[]> => {
        const request = { infoHash: swarm('film'), count: 100, except: peer('nobody'), isForSeed };
        return (await directory.sample(request)).map((member) => member.trackerId).toSorted();
      };
      const leechers = [...model].filter(([, isComplete]) => !isComplete).map(([letter]) => letter);
      expect(await sampled(false)).toEqual([...model.keys()].toSorted());
      expect(await sampled(true)).toEqual(leechers.toSorted());
      expect(await directory.counts(swarm('film'))).toMatchObject({
        complete: model.size - leechers.length,
        incomplete: leechers.length,
      });
    }),
    { seed: 20, numRuns: 300 },
  );
});

/** What a tab does for people who look elsewhere. */
import { expect, test } from 'vitest';

import { Attendant } from './attendant.ts';
import type { Library } from './library.ts';
import type { Session } from './session.ts';
import { NO_MEMORY, type SwarmView, viewSwarm } from './swarm-view.ts';
import { INFO_HASH, neighbourWith, readingWith, snapshotWith, withPieces } from './test-snapshot.ts';

const VIEW = viewSwarm(readingWith({}), NO_MEMORY).view;

/** What the attendant does while the one session shows these views, one after the other. */
function attend(views: readonly Partial<SwarmView>[]): { awake: boolean; guarded: boolean; told: string[] } {
  let view: SwarmView = VIEW;
  const done = { awake: false, guarded: false, told: [] as string[] };
  const session = { infoHash: INFO_HASH, view: () => view } as Session;
  const library: Pick<Library, 'sessions' | 'preparation'> = { sessions: [session], preparation: null };
  const attendant = new Attendant(library, {
    keepAwake: (isBusy) => (done.awake = isBusy),
    guardClosing: (isNeeded) => (done.guarded = isNeeded),
    tellComplete: (name) => done.told.push(name),
  });
  for (const changes of views) {
    view = { ...VIEW, name: 'a.bin', ...changes };
    attendant.look();
  }
  return done;
}

const DOWNLOADING: Partial<SwarmView> = { situation: { kind: 'downloading' }, downloadRate: 1000 };
const COMPLETE: Partial<SwarmView> = { situation: { kind: 'complete' }, percent: 100 };
const SHARING: Partial<SwarmView> = { situation: { kind: 'sharing' }, percent: 100, role: 'sharer' };
const { people } = viewSwarm(
  readingWith({ snapshot: snapshotWith({ ...withPieces(10), neighbours: [neighbourWith({ pieces: 3 })] }) }),
  NO_MEMORY,
).view;

test('it stays awake while something comes or goes, and not longer', () => {
  expect(attend([DOWNLOADING]).awake).toBe(true);
  expect(attend([{ ...SHARING, uploadRate: 1 }]).awake).toBe(true);
  expect(attend([DOWNLOADING, COMPLETE]).awake).toBe(false);
});

test('it asks before it closes only while somebody lacks what nobody else has', () => {
  expect(attend([{ ...SHARING, people }]).guarded).toBe(true);
  expect(attend([{ ...SHARING, people, copiesElsewhere: 1 }]).guarded).toBe(false);
  expect(attend([{ ...SHARING, people: [] }]).guarded).toBe(false);
  expect(attend([{ ...DOWNLOADING, people }]).guarded).toBe(false);
});

test('it tells once that a download is complete, and nothing of what was complete before', () => {
  expect(attend([DOWNLOADING, COMPLETE, COMPLETE]).told).toEqual(['a.bin']);
  expect(attend([{ situation: { kind: 'opening' } }, COMPLETE]).told).toEqual([]);
  expect(attend([DOWNLOADING, { situation: { kind: 'stopped', isWhole: false } }]).told).toEqual([]);
});

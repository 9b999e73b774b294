/** The numbers on a swarm's screen: never too early, never wild. */
import { expect, test } from 'vitest';

import { seconds } from '../../shared/base/time.ts';
import type { Snapshot } from '../../shared/engine/snapshot.ts';
import { type PeerId, parsePeerId } from '../../shared/wire/ids.ts';
import type { Reading } from './reading.ts';
import { NO_MEMORY, type SwarmView, viewSwarm } from './swarm-view.ts';
import { neighbourWith, readingWith, snapshotWith, withPieces } from './test-snapshot.ts';

const server = neighbourWith({ isInteresting: true, unchokesUs: true });

/** The views of one session that is read again and again. */
function viewAll(readings: readonly Partial<Reading>[]): SwarmView[] {
  let memory = NO_MEMORY;
  return readings.map((reading) => {
    const next = viewSwarm(readingWith(reading), memory);
    memory = next.memory;
    return next.view;
  });
}

const viewOne = (reading: Partial<Reading>): SwarmView => viewAll([reading])[0];

/** So many of a thousand bytes are stored. */
const storing = (storedBytes: number): Snapshot => {
  const { wanted } = snapshotWith(withPieces(9));
  return snapshotWith({ ...withPieces(9), wanted: { ...wanted, storedBytes } });
};

test.each([
  ['nothing is known', snapshotWith({}), 0],
  ['a third is stored', storing(333.39), 33.3],
  ['all is verified, but not all is stored', snapshotWith(withPieces(10, 9)), 90],
  ['rounding would say 100', storing(999.99), 99.9],
  ['all is stored', snapshotWith(withPieces(10)), 100],
])('when %s, the percent is that of what is stored', (_, snapshot, percent) => {
  expect(viewOne({ snapshot }).percent).toBe(percent);
});

test('the file can be saved once all of it is stored, and not by the one who has it anyway', () => {
  const whole = snapshotWith(withPieces(10));
  expect(viewOne({ snapshot: snapshotWith(withPieces(9)) }).canSave).toBe(false);
  expect(viewOne({ snapshot: whole }).canSave).toBe(true);
  expect(viewOne({ snapshot: whole, canSave: false }).canSave).toBe(false);
});

test('advice grows stronger after 20 s alone, and starts anew when somebody has been here', () => {
  const alone = snapshotWith({});
  const together = snapshotWith({ neighbours: [server] });
  const views = viewAll([
    { now: 0, snapshot: alone },
    { now: seconds(19), snapshot: alone },
    { now: seconds(20), snapshot: alone },
    { now: seconds(21), snapshot: together },
    { now: seconds(22), snapshot: alone },
  ]);
  expect(views.map(({ situation }) => ('isLong' in situation ? situation.isLong : null))).toEqual([
    false,
    false,
    true,
    null,
    false,
  ]);
});

test('trouble with the server stands beside a transfer, and is the situation itself without one', () => {
  const signal = { state: 'waiting', trouble: 'lost', retryAt: 3000 } as const;
  const gone = { kind: 'server-gone', retryIn: 3000 };
  const during = viewOne({ snapshot: snapshotWith({ ...withPieces(1), signal, neighbours: [server] }) });
  expect([during.situation.kind, during.serverTrouble]).toEqual(['downloading', gone]);
  const alone = viewOne({ snapshot: snapshotWith({ ...withPieces(1), signal }) });
  expect([alone.situation, alone.serverTrouble]).toEqual([gone, null]);
});

test('the time left follows a jumping rate calmly', () => {
  // Without a memory, the time left of 900 bytes would jump by up to 750 ms from one reading to the next.
  const views = viewAll(
    [200, 240, 190, 220, 180, 200, 230, 195].map((download, index) => ({
      now: index * 250,
      snapshot: snapshotWith({ ...withPieces(1), neighbours: [server], rates: { download, upload: 0 } }),
    })),
  );
  const left = views.map(({ timeLeft }) => timeLeft ?? Number.NaN);
  const jumps = left.slice(1).map((value, index) => Math.abs(value + 250 - left[index]));
  expect(Math.max(...jumps)).toBeLessThan(100);
});

test('a rate that has changed for good is believed at once', () => {
  const at = (now: number, download: number): Partial<Reading> => ({
    now,
    snapshot: snapshotWith({ ...withPieces(0), neighbours: [server], rates: { download, upload: 0 } }),
  });
  expect(viewAll([at(0, 100), at(250, 1000)])[1].timeLeft).toBe(seconds(1));
});

test.each([
  ['nothing comes', { ...withPieces(1), neighbours: [server] }],
  ['nobody is there', { ...withPieces(1), rates: { download: 500, upload: 0 } }],
  ['all is here', { ...withPieces(10), neighbours: [server], rates: { download: 500, upload: 0 } }],
])('when %s, no time left is claimed', (_, changes) => {
  expect(viewOne({ snapshot: snapshotWith(changes) }).timeLeft).toBeNull();
});

test('after leaving, nobody is connected and nothing flows', () => {
  const snapshot = snapshotWith({ ...withPieces(5), neighbours: [server], rates: { download: 9, upload: 9 } });
  const view = viewOne({ phase: { kind: 'stopped' }, snapshot });
  expect([view.people, view.downloadRate, view.uploadRate, view.percent]).toEqual([[], 0, 0, 50]);
});

test('a neighbour is at 100 percent only when it has every piece', () => {
  const neighbours = [neighbourWith({ pieces: 10, isSeed: true }), neighbourWith({ pieces: 9 }), neighbourWith({})];
  const view = viewOne({ snapshot: snapshotWith({ ...withPieces(1), neighbours }) });
  expect(view.people.map(({ percent }) => percent)).toEqual([100, 90, 0]);
});

test('a web server that has the file is no person, and what is the matter with it is told', () => {
  const person = neighbourWith({ peerId: parsePeerId('a'.repeat(40)) as PeerId });
  const asked = neighbourWith({ peerId: parsePeerId('b'.repeat(40)) as PeerId, downloadRate: 500 });
  const silent = parsePeerId('c'.repeat(40)) as PeerId;
  const { view } = viewSwarm(
    readingWith({
      snapshot: snapshotWith({ neighbours: [asked, person] }),
      webSeeds: [
        { peer: asked.peerId, host: 'one.test', trouble: null },
        { peer: silent, host: 'two.test', trouble: 'web-seed-closed' },
      ],
    }),
    NO_MEMORY,
  );
  expect(view.people.map(({ id }) => id)).toEqual([person.peerId]);
  expect(view.webServers).toEqual([
    { host: 'one.test', isConnected: true, downloadRate: 500, trouble: null },
    { host: 'two.test', isConnected: false, downloadRate: 0, trouble: 'web-seed-closed' },
  ]);
});

test('until the file is known, it has the name that its link gives it', () => {
  const expectedName = 'b.bin';
  expect(viewSwarm(readingWith({ expectedName }), NO_MEMORY).view.name).toBe('b.bin');
  const snapshot = snapshotWith(withPieces(1));
  expect(viewSwarm(readingWith({ expectedName, snapshot }), NO_MEMORY).view.name).toBe('a.bin');
});

test('while the server counts a seed that nobody shows to be, a neighbour may have more than it shows', () => {
  const mayHaveMore = (verified: number, complete: number): boolean[] =>
    viewOne({
      snapshot: snapshotWith({
        ...withPieces(verified),
        swarm: { complete, incomplete: 1 },
        neighbours: [neighbourWith({ pieces: 1 }), neighbourWith({ pieces: 10, isSeed: true })],
      }),
    }).people.map((person) => person.mayHaveMore);
  expect(mayHaveMore(1, 2)).toEqual([true, false]);
  expect(mayHaveMore(1, 1)).toEqual([false, false]);
  expect(mayHaveMore(10, 2)).toEqual([false, false]);
});

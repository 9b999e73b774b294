/** What every directory must do, in memory or shared by many nodes. */
import { expect, test } from 'vitest';

import { type Random, seededRandom } from '../shared/base/random.ts';
import type { Directory, Entry, PeerRecord } from './directory.ts';
import { peer, socket, swarm } from './test-tracker.ts';

/** Runs the cases. `make` gives an empty directory. */
export function directoryContract(make: (random: Random) => Promise<Directory>): void {
  const film = swarm('film');

  const record = (letter: string, changes: Partial<PeerRecord> = {}): PeerRecord => ({
    peerId: peer(letter),
    socket: socket(`socket of ${letter}`),
    isComplete: letter === letter.toUpperCase(),
    trackerId: `secret of ${letter}`,
    ...changes,
  });
  const entry = (letter: string, changes: Partial<Entry> = {}): Entry => ({
    infoHash: film,
    peer: record(letter),
    hasFinished: false,
    claimedTrackerId: null,
    takeFrom: null,
    peersMax: 100,
    ...changes,
  });
  /** A directory whose swarm holds one peer for each letter; capitals are seeds. */
  const withPeers = async (letters: string, seed = 1): Promise<Directory> => {
    const directory = await make(seededRandom(seed));
    for (const letter of letters) await directory.enter(entry(letter), 0);
    return directory;
  };

  test('[T2] counts seeds and leechers exactly, through changes of mind', async () => {
    const directory = await withPeers('abcD');
    expect(await directory.counts(film)).toEqual({ complete: 1, incomplete: 3, downloaded: 0 });
    await directory.enter(entry('a', { peer: record('a', { isComplete: true }) }), 1);
    expect(await directory.counts(film)).toMatchObject({ complete: 2, incomplete: 2 });
    await directory.enter(entry('D', { peer: record('D', { isComplete: false }) }), 2);
    expect(await directory.counts(film)).toMatchObject({ complete: 1, incomplete: 3 });
    await directory.leave(film, peer('a'), socket('socket of a'));
    expect(await directory.counts(film)).toMatchObject({ complete: 0, incomplete: 3 });
  });

  test('counts a download when a peer finishes, and not again', async () => {
    const directory = await withPeers('ab');
    const finished = entry('a', { peer: record('a', { isComplete: true }), hasFinished: true });
    await directory.enter(finished, 1);
    await directory.enter(finished, 2);
    expect(await directory.counts(film)).toEqual({ complete: 1, incomplete: 1, downloaded: 1 });
  });

  test('finds what it was told, and nothing else', async () => {
    const directory = await withPeers('a');
    expect(await directory.find(film, peer('a'))).toMatchObject(record('a'));
    expect(await directory.find(film, peer('b'))).toBeNull();
    expect(await directory.find(swarm('song'), peer('a'))).toBeNull();
  });

  test('[T3] forgets a swarm with its last peer', async () => {
    const directory = await withPeers('aB');
    expect(await directory.size()).toEqual({ swarms: 1, peers: 2 });
    await directory.leave(film, peer('a'), socket('socket of a'));
    await directory.leave(film, peer('B'), socket('socket of B'));
    expect(await directory.size()).toEqual({ swarms: 0, peers: 0 });
    expect(await directory.counts(film)).toEqual({ complete: 0, incomplete: 0, downloaded: 0 });
  });

  test('[T9] a peer stays with its socket against a stranger, wrong secret or none', async () => {
    const directory = await withPeers('a');
    const thief = record('a', { socket: socket('thief'), trackerId: 'secret of the thief' });
    for (const claimedTrackerId of [null, 'a guess', 'secret of the thief']) {
      expect(await directory.enter(entry('a', { peer: thief, claimedTrackerId }), 1)).toEqual({
        kind: 'held',
        by: 'socket of a',
      });
    }
    await directory.leave(film, peer('a'), socket('thief'));
    expect(await directory.find(film, peer('a'))).toMatchObject({ socket: 'socket of a' });
  });

  test('[T9] a peer moves by its secret and keeps it; the old socket cannot remove it', async () => {
    const directory = await withPeers('a');
    const moved = record('a', { socket: socket('new'), trackerId: 'another secret' });
    const result = await directory.enter(entry('a', { peer: moved, claimedTrackerId: 'secret of a' }), 1);
    expect(result).toMatchObject({ kind: 'entered', trackerId: 'secret of a', takenFrom: 'socket of a' });
    await directory.leave(film, peer('a'), socket('socket of a'));
    expect(await directory.find(film, peer('a'))).toMatchObject({ socket: 'new' });
  });

  test('[T9] a peer is taken from a named socket without its secret, and gets another one', async () => {
    const directory = await withPeers('a');
    const taken = { peer: record('a', { socket: socket('new'), trackerId: 'another secret' }) };
    const late = await directory.enter(entry('a', { ...taken, takeFrom: socket('an older one') }), 1);
    expect(late).toMatchObject({ kind: 'held' });
    const result = await directory.enter(entry('a', { ...taken, takeFrom: socket('socket of a') }), 1);
    expect(result).toMatchObject({ kind: 'entered', trackerId: 'another secret', takenFrom: 'socket of a' });
  });

  test('[T12] a full swarm takes no newcomers, and goes on with those it has', async () => {
    const directory = await withPeers('aB');
    expect(await directory.enter(entry('c', { peersMax: 2 }), 1)).toEqual({ kind: 'full' });
    expect(await directory.find(film, peer('c'))).toBeNull();
    expect(await directory.enter(entry('a', { peersMax: 2 }), 1)).toMatchObject({ kind: 'entered' });
    await directory.leave(film, peer('B'), socket('socket of B'));
    expect(await directory.enter(entry('c', { peersMax: 2 }), 1)).toMatchObject({ kind: 'entered' });
  });

  test('[T4] expires the peers that were silent for too long, and only those', async () => {
    const directory = await withPeers('abC');
    await directory.enter(entry('a'), 100);
    await directory.expire(50);
    expect(await directory.counts(film)).toMatchObject({ complete: 0, incomplete: 1 });
    expect(await directory.find(film, peer('a'))).not.toBeNull();
    await directory.expire(101);
    expect(await directory.size()).toEqual({ swarms: 0, peers: 0 });
  });

  test('[T5] a sample has no repeats, never the asker, and no seed for a seed', async () => {
    const directory = await withPeers('abcdeFGH');
    const draw = async (letter: string, isForSeed: boolean, count: number): Promise<string[]> => {
      const sample = await directory.sample({ infoHash: film, count, except: peer(letter), isForSeed });
      return sample.map(({ socket: at }) => at.slice(-1)).toSorted();
    };
    expect(await draw('a', false, 50)).toEqual(['F', 'G', 'H', 'b', 'c', 'd', 'e']);
    expect(await draw('F', true, 50)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await draw('a', true, 50)).toEqual(['b', 'c', 'd', 'e']);
    expect(await draw('F', false, 0)).toEqual([]);
    for (let round = 0; round < 100; round += 1) {
      const drawn = await draw('c', false, 3);
      expect(new Set(drawn).size).toBe(3);
      expect(drawn).not.toContain('c');
    }
  });

  test('[T5] every peer and every pair is as likely as any other', async () => {
    const letters = 'abcdefghijklmnopqrstuvwxyz'.slice(0, 12);
    const directory = await withPeers(letters, 42);
    await directory.leave(film, peer('d'), socket('socket of d'));
    await directory.enter(entry('d'), 1);
    const singles = new Map<string, number>();
    const pairs = new Map<string, number>();
    const count = (table: Map<string, number>, key: string): unknown => table.set(key, (table.get(key) ?? 0) + 1);
    const rounds = 4000;
    for (let round = 0; round < rounds; round += 1) {
      const sample = await directory.sample({ infoHash: film, count: 4, except: peer('a'), isForSeed: false });
      const drawn = sample.map(({ socket: at }) => at.slice(-1)).toSorted();
      drawn.forEach((one, index) => drawn.slice(index + 1).forEach((other) => count(pairs, one + other)));
      drawn.forEach((one) => count(singles, one));
    }
    // The quantiles of 0.999 for 10 and 54 degrees of freedom; draws without replacement spread less, not more.
    expect(chiSquare(singles, { cells: 11, expected: (rounds * 4) / 11 })).toBeLessThan(29.6);
    expect(chiSquare(pairs, { cells: 55, expected: (rounds * 6) / 55 })).toBeLessThan(91.9);
  });
}

/** How far the counts of `cells` equally likely outcomes are from what is expected of each. */
function chiSquare(
  table: ReadonlyMap<string, number>,
  { cells, expected }: { cells: number; expected: number },
): number {
  expect(table.size).toBe(cells);
  let sum = 0;
  for (const observed of table.values()) sum += (observed - expected) ** 2 / expected;
  return sum;
}

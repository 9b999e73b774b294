/** The signal server comes, names neighbours, refuses, goes and comes back; the links to neighbours stay. */
import { expect, test } from 'vitest';
import { minutes, seconds } from '../base/time.ts';
import { LONELY_INTERVAL_MS } from './announcer.ts';
import { LoneSwarm, type LoneStart } from './lone-swarm.test-kit.ts';
import { PIECE_LENGTH, peerNamed, pieceList, unreadable } from './torrent.test-kit.ts';

/** A swarm whose server is there. */
function announcedSwarm(start: LoneStart = {}): LoneSwarm {
  const lone = new LoneSwarm(start);
  lone.take({ kind: 'started' });
  lone.take({ kind: 'signal-opened' });
  return lone;
}

/** The server's answer, with these counts. */
function answer(lone: LoneSwarm, complete: number, incomplete: number): void {
  lone.take({ kind: 'announced', interval: minutes(2), complete, incomplete, neighbours: [] });
}

test('[S3] the first announce says what is missing, and how many neighbours are wanted', () => {
  const lone = announcedSwarm({ have: pieceList(0) });
  expect(lone.orders.map(({ kind }) => kind)).toEqual(['connect-signal', 'announce']);
  expect(lone.ordered('announce')[0]).toMatchObject({
    event: 'started',
    uploaded: 0,
    downloaded: 0,
    left: 3 * PIECE_LENGTH,
    neighboursWanted: 50,
  });
});

test('[S3] who does not know the length yet says that nothing is known about what is left', () => {
  const lone = announcedSwarm({ lacksMetainfo: true });
  expect(lone.ordered('announce')[0].left).toBeNull();
});

test('[S3] completion is announced once, even if a piece is lost and fetched again', () => {
  const lone = announcedSwarm();
  const bob = lone.meet('3', { has: 'all', unchokes: true });
  bob.serves();
  lone.take(unreadable(pieceList(2)[0]));
  expect([lone.snapshot().pieces.verified, bob.serves(), lone.snapshot().pieces.verified]).toEqual([3, 4, 4]);
  expect(lone.ordered('announce').map(({ event, left }) => [event, left])).toEqual([
    ['started', 4 * PIECE_LENGTH],
    ['completed', 0],
  ]);
});

test('[S3] who begins complete does not announce completion', () => {
  const lone = announcedSwarm({ have: 'all' });
  expect(lone.ordered('announce').map(({ event, left }) => [event, left])).toEqual([['started', 0]]);
});

test('[T4] keep-alive announces go out in the interval that the server names', () => {
  const lone = announcedSwarm({ have: 'all' });
  for (let turn = 1; turn <= 3; turn += 1) {
    answer(lone, 1, 0);
    lone.advance(minutes(2) - 1);
    expect(lone.ordered('announce').length).toBe(turn);
    lone.advance(1);
    expect(lone.ordered('announce').at(-1)?.event).toBe('update');
  }
});

test('[N1] a leecher with fewer neighbours than the swarm could give it asks for more after 15 s', () => {
  const lone = announcedSwarm();
  answer(lone, 1, 10);
  lone.advance(LONELY_INTERVAL_MS);
  expect(lone.ordered('announce').length).toBe(2);
  lone.meet('3');
  answer(lone, 1, 1);
  lone.advance(LONELY_INTERVAL_MS);
  expect(lone.ordered('announce').length).toBe(2);
});

test('[N6] when the server is gone, it is called again after 1, 2, 4 … 30 s, and links stay', () => {
  const lone = announcedSwarm();
  const bob = lone.meet('3');
  const gaps: number[] = [];
  for (let failure = 0; failure < 8; failure += 1) {
    const from = lone.now;
    lone.take({ kind: 'signal-closed', reason: 'The server is gone.', retryIn: null });
    expect(lone.snapshot().signal).toMatchObject({ state: 'waiting', trouble: 'The server is gone.' });
    const due = lone.snapshot().signal.retryAt ?? 0;
    lone.advance(due - lone.now);
    expect(lone.snapshot().signal.state).toBe('connecting');
    bob.says({ kind: 'keep-alive' });
    gaps.push((lone.now - from) / 1000);
  }
  gaps.forEach((gap, failure) => expect(Math.abs(gap / Math.min(30, 2 ** failure) - 1)).toBeLessThanOrEqual(0.5));
  expect(lone.snapshot().neighbours.length).toBe(1);
});

test('[N6] after the server came back, the swarm is announced anew', () => {
  const lone = announcedSwarm();
  lone.take({ kind: 'signal-closed', reason: 'gone', retryIn: null });
  lone.advance(seconds(2));
  lone.take({ kind: 'signal-opened' });
  expect(lone.ordered('announce').map(({ event }) => event)).toEqual(['started', 'started']);
  expect(lone.snapshot().signal).toMatchObject({ state: 'open', trouble: null, retryAt: null });
});

test('[S7] a refusal is shown to the person, and the announce is repeated', () => {
  const lone = announcedSwarm();
  lone.take({ kind: 'announce-refused', reason: 'Too many swarms.' });
  expect(lone.snapshot().signal).toMatchObject({ state: 'open', trouble: 'Too many swarms.' });
  lone.advance(LONELY_INTERVAL_MS);
  expect(lone.ordered('announce').length).toBe(2);
});

test('nothing is announced while the server is not there', () => {
  const lone = new LoneSwarm();
  lone.take({ kind: 'started' });
  lone.meet('3', { has: 'all', unchokes: true }).serves();
  expect(lone.snapshot().pieces.verified).toBe(4);
  expect(lone.ordered('announce')).toEqual([]);
});

test('[T1] the counts of the server are shown, and whom it names is called', () => {
  const lone = announcedSwarm();
  lone.take({ kind: 'announced', interval: 0, complete: 2, incomplete: 7, neighbours: [peerNamed('4')] });
  expect(lone.snapshot()).toMatchObject({ swarm: { complete: 2, incomplete: 7 }, dialling: 1 });
});

/** Several trackers are one link: who is told what, and when it counts as open or lost. */
import { expect, test } from 'vitest';

import { FakeSignal } from '../../shared/driver/world.test-kit.ts';
import type { SignalFact } from '../../shared/driver/ports.ts';
import type { InfoHash, PeerId } from '../../shared/wire/ids.ts';
import type { ClientMessage, OfferId } from '../../shared/wire/signal-message.ts';
import { createTrackerGroup } from './tracker-group.ts';

const IDS = { infoHash: 'aa'.repeat(20) as InfoHash, peerId: 'bb'.repeat(20) as PeerId };
const BOB = 'cc'.repeat(20) as PeerId;
const ANNOUNCE = { kind: 'announce', ...IDS, event: 'update', uploaded: 0, downloaded: 0, left: 1 } as const;
const OPEN: SignalFact = { kind: 'signal-opened' };
const LOST: SignalFact = { kind: 'signal-closed', reason: 'Gone.', retryIn: null };

const announce = (event: 'update' | 'stopped' = 'update'): ClientMessage => ({
  ...ANNOUNCE,
  event,
  offersWanted: 0,
  offers: [],
  neighboursWanted: 5,
  trackerId: null,
});

function group() {
  const facts: SignalFact[] = [];
  const said: ((fact: SignalFact) => void)[] = [];
  const signals = [new FakeSignal(), new FakeSignal()];
  const link = createTrackerGroup(
    signals.map((signal) => (report) => {
      said.push(report);
      return signal;
    }),
    (fact) => facts.push(fact),
  );
  link.connect();
  const [first, second] = said;
  return { link, facts, first, second, signals };
}

const events = (signal: FakeSignal): string[] =>
  signal.sent.map((message) => (message.kind === 'announce' ? message.event : message.kind));

test('it opens with the first tracker, and those that open later are told what the others know', () => {
  const { link, facts, first, second, signals } = group();
  first(OPEN);
  link.send(announce());
  second(OPEN);
  expect(facts).toEqual([OPEN]);
  expect(signals.map(events)).toEqual([['update'], ['started']]);
});

test('it is lost with the last tracker; one that was lost alone is called at the next announce', () => {
  const { link, facts, first, second, signals } = group();
  first(OPEN);
  second(LOST);
  expect(facts).toEqual([OPEN]);
  link.send(announce());
  second(OPEN);
  expect(events(signals[1])).toEqual(['started']);
  first(LOST);
  second(LOST);
  expect(facts).toEqual([OPEN, LOST]);
});

test('[S6] each tracker hears its own secret', () => {
  const { link, facts, first, second, signals } = group();
  first(OPEN);
  second(OPEN);
  const answer = {
    kind: 'announced',
    infoHash: IDS.infoHash,
    intervalSeconds: 60,
    complete: 0,
    incomplete: 1,
  } as const;
  first({ kind: 'signal-message', message: { ...answer, neighbours: [], trackerId: 'one' } });
  second({ kind: 'signal-message', message: { ...answer, neighbours: null, trackerId: 'two' } });
  link.send(announce());
  expect(signals.map(({ sent }) => sent.at(-1))).toMatchObject([{ trackerId: 'one' }, { trackerId: 'two' }]);
  expect(facts.at(-1)).toMatchObject({ message: { neighbours: null, trackerId: null } });
});

test('[S4] a session description goes through the tracker that spoke of its receiver, and nowhere else', () => {
  const { link, first, second, signals } = group();
  first(OPEN);
  second(OPEN);
  const offerId = 'dd'.repeat(20) as OfferId;
  second({ kind: 'signal-message', message: { kind: 'offer', ...IDS, peerId: BOB, offerId, sdp: 'v=0' } });
  link.send({ kind: 'answer', ...IDS, toPeerId: BOB, offerId, sdp: 'v=0' });
  link.send({ kind: 'answer', ...IDS, toPeerId: IDS.peerId, offerId, sdp: 'v=0' });
  expect(signals.map(events)).toEqual([[], ['answer']]);
});

test('leaving calls no tracker that is lost', () => {
  const { link, first, second, signals } = group();
  first(OPEN);
  second(LOST);
  const calls = signals[1].connects;
  link.send(announce('stopped'));
  expect([signals[1].connects, events(signals[0])]).toEqual([calls, ['stopped']]);
});

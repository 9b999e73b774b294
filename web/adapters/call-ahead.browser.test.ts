/** Calls that are begun ahead, with real connections: who takes them, and what becomes of those that nobody takes. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { minutes } from '../../shared/base/time.ts';
import type { TransportFact } from '../../shared/driver/ports.ts';
import { peerTransportContract } from '../../shared/driver/peer-transport.contract.ts';
import type { LinkId } from '../../shared/engine/swarm-io.ts';
import { callAhead, takeCall } from './call-ahead.ts';
import { ConnectionBudget, LIVE_MAX } from './connection-budget.ts';
import { endPeer } from './peer-connection.ts';
import { type SimplePeerTransport, createSimplePeerTransport } from './simple-peer-transport.ts';

const [ONE, OTHER] = [1 as LinkId, 2 as LinkId];

const transports: SimplePeerTransport[] = [];
/** All that were made in the test. */
let made: RTCPeerConnection[] = [];

/** Of a tab that has made none for an hour, again and again. */
function newBudget(): ConnectionBudget {
  let hours = 0;
  return new ConnectionBudget(() => minutes((hours += 1) * 60));
}

function open(budget = newBudget(), report: (fact: TransportFact) => void = () => undefined): SimplePeerTransport {
  const transport = createSimplePeerTransport({ report, budget, iceServers: () => [] });
  transports.push(transport);
  return transport;
}

/** How many may be made just now. */
function placesIn(budget: ConnectionBudget): number {
  let places = 0;
  while (budget.take()) places += 1;
  for (let place = 0; place < places; place += 1) budget.release();
  return places;
}

const until = async (condition: () => boolean): Promise<void> => {
  await vi.waitUntil(condition, { timeout: 20_000, interval: 5 });
};

beforeEach(() => {
  made = [];
  class Noted extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      made.push(this);
    }
  }
  vi.stubGlobal('RTCPeerConnection', Noted);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  const left = takeCall();
  if (left !== null) endPeer(left.peer);
  for (const transport of transports.splice(0)) transport.closeAll();
});

peerTransportContract('simple-peer with a call begun ahead', () => ({
  pair: (reportOne, reportOther) => {
    const budget = newBudget();
    callAhead(budget, []);
    return [open(budget, reportOne), open(budget, reportOther)];
  },
  block: (length) => Uint8Array.from({ length }, (_, index) => index & 0xff),
  until,
}));

test('the first who dials takes the call, described or not; the next one makes a call of its own', async () => {
  const budget = newBudget();
  callAhead(budget, []);
  callAhead(budget, []);
  expect(made).toHaveLength(1);
  await until(() => made[0].iceGatheringState !== 'new');
  const transport = open(budget);
  expect(await transport.dial(ONE, null)).toContain('a=candidate:');
  expect(made).toHaveLength(1);
  expect(await transport.dial(OTHER, null)).toContain('a=candidate:');
  expect(made).toHaveLength(2);
  transport.closeAll();
  await until(() => made.every(({ signalingState }) => signalingState === 'closed'));
});

test('a call that was described long before it is taken gives its description at once', async () => {
  const budget = newBudget();
  callAhead(budget, []);
  await until(() => made[0].iceGatheringState === 'complete');
  const onOffer = vi.fn<() => void>();
  void open(budget).dial(ONE, null).then(onOffer);
  await Promise.resolve();
  await Promise.resolve();
  expect(onOffer).toHaveBeenCalled();
});

test('who answers makes a connection of its own', async () => {
  const transport = open();
  const offer = await transport.dial(ONE, null);
  callAhead(newBudget(), []);
  expect(await transport.accept(OTHER, offer, 'b'.repeat(40) as never)).toContain('a=candidate:');
  expect(made).toHaveLength(3);
});

test('a call that nobody takes in ten seconds is ended, and its place is free', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const budget = newBudget();
  callAhead(budget, []);
  expect(placesIn(budget)).toBe(LIVE_MAX - 1);
  await vi.advanceTimersByTimeAsync(9999);
  expect(made[0].signalingState).not.toBe('closed');
  await vi.advanceTimersByTimeAsync(1);
  expect(made[0].signalingState).toBe('closed');
  expect([takeCall(), placesIn(budget)]).toEqual([null, LIVE_MAX]);
});

test('a call has one place in the budget, also when it becomes a link', async () => {
  const budget = newBudget();
  callAhead(budget, []);
  const transport = open(budget);
  await transport.dial(ONE, null);
  expect(placesIn(budget)).toBe(LIVE_MAX - 1);
  transport.close(ONE);
  expect(placesIn(budget)).toBe(LIVE_MAX);
});

test('where a tab has as many connections as it may, none is begun ahead', () => {
  const budget = newBudget();
  for (let live = 0; live < LIVE_MAX; live += 1) budget.take();
  callAhead(budget, []);
  expect([made, takeCall()]).toEqual([[], null]);
});

test('a call that the browser would not make is not used', async () => {
  const refused = vi.fn<() => void>(() => {
    throw new Error('no more');
  });
  vi.stubGlobal('RTCPeerConnection', refused);
  callAhead(newBudget(), []);
  expect(refused).toHaveBeenCalled();
  vi.unstubAllGlobals();
  expect(await open().dial(ONE, null)).toContain('a=candidate:');
});

/** The life of a session in a world without browser: opening, waiting for better times, leaving, coming back. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { seededRandom } from '../../shared/base/random.ts';
import { seconds } from '../../shared/base/time.ts';
import type { SignalFact } from '../../shared/driver/ports.ts';
import type { ClientMessage } from '../../shared/wire/signal-message.ts';
import { type OpenSource, Session, type Source } from './session.ts';
import { testClock } from './test-clock.ts';
import { INFO_HASH, METAINFO } from './test-snapshot.ts';
import type { World } from './world.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = (): never => {
  throw new Error('This test does not get here.');
};

interface Stage {
  readonly world: World;
  /** What was sent to the signal server, by name of its event or kind. */
  readonly sent: string[];
  readonly closedTransports: () => number;
}

/** A world with a signal server that is open at once, and nobody else in it. */
function stage(changes: Partial<World> = {}): Stage {
  const sent: string[] = [];
  let closed = 0;
  const link = (report: (fact: SignalFact) => void): ReturnType<World['newSignal']> => ({
    connect: () => void Promise.resolve().then(() => report({ kind: 'signal-opened' })),
    send: (message) => sent.push(nameOf(message)),
    close: () => undefined,
  });
  const world: World = {
    now: () => Date.now(),
    newClock: testClock,
    newRandom: () => seededRandom(1),
    prepareToConnect: () => Promise.resolve(),
    canConnect: () => true,
    newTransport: () => ({
      dial: never,
      accept: never,
      complete: never,
      send: never,
      close: never,
      describe: () => undefined,
      webSeeds: () => [],
      closeAll: () => (closed += 1),
    }),
    newSignal: link,
    readTorrent: () => Promise.reject(new Error('not here')),
    trackerUrl: 'ws://share.test/signal',
    hasher: {
      pieceMatches: never,
      digest: never,
      blockDigest: never,
      blockDigestsMatch: never,
      metadataMatches: never,
    },
    shape: { join: never, slice: never },
    describe: never,
    openStores: never,
    onNews: () => undefined,
    recallLimits: never,
    rememberLimits: never,
    roomBytes: () => Promise.resolve(null),
    openDisk: never,
    fileStore: never,
    copiedFileStore: never,
    saveFile: never,
    saveFolder: null,
    zip: never,
    openView: null,
    ...changes,
  };
  return { world, sent, closedTransports: () => closed };
}

const nameOf = (message: ClientMessage): string =>
  message.kind === 'announce' ? `announce ${message.event}` : message.kind;

/** A source with nothing in it, and how often it was opened and closed. */
function emptySource(changes: Partial<OpenSource> = {}): { source: Source; opens: () => number; closes: () => number } {
  let opens = 0;
  let closes = 0;
  const opened: OpenSource = {
    role: 'receiver',
    store: { put: never, get: never, remove: never },
    metainfo: null,
    have: [],
    onMetainfo: never,
    localCopy: () => ({ kind: 'none' }),
    part: null,
    choice: null,
    onChoice: never,
    close: () => Promise.resolve(void (closes += 1)),
    ...changes,
  };
  return {
    source: { calls: true, open: () => Promise.resolve((opens += 1)).then(() => opened) },
    opens: () => opens,
    closes: () => closes,
  };
}

const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const kindOf = (session: Session): string => session.view().situation.kind;

test('it opens its store, joins the swarm, and says goodbye when the person stops', async () => {
  const { world, sent, closedTransports } = stage();
  const { source, closes } = emptySource();
  const session = new Session(world, INFO_HASH, source);
  session.start();
  expect(kindOf(session)).toBe('opening');
  await settle();
  expect(kindOf(session)).toBe('connecting-to-server');
  await session.stop();
  expect(kindOf(session)).toBe('stopped');
  expect(sent).toEqual(['announce started', 'announce stopped']);
  expect([closes(), closedTransports()]).toEqual([1, 1]);
});

test('it can be started again after a stop', async () => {
  const { world } = stage();
  const { source, opens } = emptySource();
  const session = new Session(world, INFO_HASH, source);
  session.start();
  await settle();
  await session.stop();
  session.start();
  await settle();
  expect([opens(), kindOf(session)]).toEqual([2, 'connecting-to-server']);
});

test('a store that opens after the person has stopped is let go of, and nothing is joined', async () => {
  const { world, sent } = stage();
  const { source, opens, closes } = emptySource();
  const session = new Session(world, INFO_HASH, {
    ...source,
    open: () => new Promise((resolve) => setTimeout(() => resolve(source.open()), seconds(1))),
  });
  session.start();
  await settle();
  await session.stop();
  await vi.advanceTimersByTimeAsync(seconds(1));
  expect([opens(), closes(), sent.length, kindOf(session)]).toEqual([1, 1, 0, 'stopped']);
});

test('what does not fit waits, with the figures, until there is room, or the person wants what fits', async () => {
  let free = 400;
  const { world } = stage({ roomBytes: () => Promise.resolve(free) });
  const begin = async (): Promise<Session> => {
    const { source } = emptySource({ metainfo: METAINFO });
    const session = new Session(world, INFO_HASH, source);
    session.start();
    await settle();
    return session;
  };
  const session = await begin();
  expect(session.view().situation).toEqual({ kind: 'no-room', needed: 1000, free: 400 });
  expect(session.view()).toMatchObject({ percent: 0, length: 1000, canSave: false });
  free = 1000;
  await vi.advanceTimersByTimeAsync(seconds(1));
  expect(kindOf(session)).toBe('connecting-to-server');

  free = 400;
  const insisted = await begin();
  insisted.overfill();
  await settle();
  expect(kindOf(insisted)).toBe('connecting-to-server');
});

test('where nothing can be stored it says why, and goes on by itself once something can', async () => {
  const { world } = stage();
  const { source } = emptySource();
  let isRefused = true;
  const refused = Promise.reject(new Error('Private window.'));
  refused.catch(() => undefined);
  const session = new Session(world, INFO_HASH, { ...source, open: () => (isRefused ? refused : source.open()) });
  session.start();
  await settle();
  expect(session.view().situation).toEqual({ kind: 'no-storage', reason: 'Private window.' });
  isRefused = false;
  await vi.advanceTimersByTimeAsync(seconds(5));
  expect(kindOf(session)).toBe('connecting-to-server');
});

test.each([true, false])('only where others are called at once, a first call is begun ahead: %s', async (calls) => {
  const prepareToConnect = vi.fn<World['prepareToConnect']>().mockResolvedValue();
  const { source } = emptySource();
  const session = new Session(stage({ prepareToConnect }).world, INFO_HASH, { ...source, calls });
  session.start();
  await settle();
  expect(prepareToConnect.mock.calls.map(([, plan]) => plan)).toEqual([{ calls }]);
});

test('a start that is tried again and again begins a call ahead only once', async () => {
  const prepareToConnect = vi.fn<World['prepareToConnect']>().mockRejectedValue(new Error('offline'));
  const { source } = emptySource();
  new Session(stage({ prepareToConnect }).world, INFO_HASH, source).start();
  await vi.advanceTimersByTimeAsync(seconds(10));
  expect(prepareToConnect.mock.calls.map(([, { calls }]) => calls)).toEqual([true, false, false]);
});

test('where the rest of the page cannot be fetched the server is gone, and it goes on once it is back', async () => {
  let attempts = 0;
  const prepareToConnect = async (): Promise<void> => {
    attempts += 1;
    if (attempts === 1) throw new Error('offline');
  };
  const { source, opens, closes } = emptySource();
  const session = new Session(stage({ prepareToConnect }).world, INFO_HASH, source);
  session.start();
  await settle();
  expect([kindOf(session), opens(), closes()]).toEqual(['server-gone', 1, 1]);
  await vi.advanceTimersByTimeAsync(seconds(5));
  expect([kindOf(session), opens(), closes()]).toEqual(['connecting-to-server', 2, 1]);
});

test.each([
  ['of a file that is known is told to be shown', METAINFO, 1],
  ['of a link alone is not', null, 0],
])('the beginning %s at once', async (_, metainfo, times) => {
  const onNews = vi.fn<() => void>();
  const { source } = emptySource({ metainfo });
  const session = new Session(stage({ onNews }).world, INFO_HASH, source);
  session.start();
  expect(onNews).not.toHaveBeenCalled();
  await settle();
  expect(onNews).toHaveBeenCalledTimes(times);
});

test('a start that was overtaken and cannot let go of its store leaves the next one alone', async () => {
  const { source } = emptySource({ close: () => Promise.reject(new Error('stuck')) });
  const session = new Session(stage().world, INFO_HASH, source);
  session.start();
  await session.stop();
  session.start();
  await settle();
  expect(kindOf(session)).toBe('connecting-to-server');
});

test('without WebRTC it says so, and opens nothing', async () => {
  const { world } = stage({ canConnect: () => false });
  const { source, opens } = emptySource();
  const session = new Session(world, INFO_HASH, source);
  session.start();
  await settle();
  expect([kindOf(session), opens()]).toEqual(['no-webrtc', 0]);
});

test('a page that goes away says goodbye and keeps its store; when it comes back it opens it anew', async () => {
  const { world, sent } = stage();
  const { source, opens, closes } = emptySource();
  const session = new Session(world, INFO_HASH, source);
  session.start();
  await settle();
  session.suspend();
  expect([sent.at(-1), closes()]).toEqual(['announce stopped', 0]);
  await session.resume();
  await settle();
  expect([opens(), closes(), sent.at(-1)]).toEqual([2, 1, 'announce started']);
});

test('a page that comes back leaves a stopped session stopped', async () => {
  const { world } = stage();
  const session = new Session(world, INFO_HASH, emptySource().source);
  session.start();
  await settle();
  await session.stop();
  session.suspend();
  await session.resume();
  expect(kindOf(session)).toBe('stopped');
});

test('after a bug it says so, ends its connections, and stays as it is', async () => {
  const bug = (): never => {
    throw new Error('Invariant broken');
  };
  const { world, closedTransports } = stage({
    newSignal: () => ({ connect: bug, send: never, close: () => undefined }),
  });
  const session = new Session(world, INFO_HASH, emptySource().source);
  session.start();
  await settle();
  expect(session.view().situation).toEqual({ kind: 'crashed', reason: 'Invariant broken' });
  await vi.advanceTimersByTimeAsync(seconds(60));
  expect([kindOf(session), closedTransports()]).toEqual(['crashed', 1]);
});

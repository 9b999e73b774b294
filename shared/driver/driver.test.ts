/** The loop: facts in, orders out, an alarm set; and what happens when the engine, the disk or a digest is not as hoped. */
import { expect, test } from 'vitest';
import { seededRandom } from '../base/random.ts';
import { NEVER, seconds } from '../base/time.ts';
import type { Effect, Input, LinkId } from '../engine/swarm-io.ts';
import { Swarm } from '../engine/swarm.ts';
import { INFO_HASH, peerNamed, SELF, torrentOf } from '../engine/torrent.test-kit.ts';
import { pieceIndex } from '../wire/ids.ts';
import { BLOCK_BYTES } from '../wire/limits.ts';
import { encodeMetainfo } from '../wire/metainfo.ts';
import type { OfferId, ServerMessage } from '../wire/signal-message.ts';
import { Driver, type SwarmMachine } from './driver.ts';
import {
  FakeClock,
  FakeHasher,
  FakeSignal,
  FakeStore,
  FakeTransport,
  settle,
  SHAPE,
  type Content,
} from './world.test-kit.ts';

const LINK = 2 as LinkId;
const PIECE = pieceIndex(1);
const OFFER = 'ee'.repeat(20) as OfferId;
const BLOCK = { piece: PIECE, offset: BLOCK_BYTES, length: BLOCK_BYTES };

/** A swarm that gives the orders a test has put ready, one list for each fact, and remembers the facts. */
class ScriptedSwarm implements SwarmMachine {
  readonly facts: Input[] = [];
  readonly orders: (readonly Effect[])[] = [];
  wakeAt = NEVER;
  error: Error | null = null;
  readonly #real = new Swarm({
    infoHash: INFO_HASH,
    peerId: SELF,
    random: seededRandom(1),
    now: 0,
    metainfo: torrentOf(),
    have: [],
    stored: [],
  });

  readonly handle = (input: Input): readonly Effect[] => {
    this.facts.push(input);
    if (this.error !== null) throw this.error;
    return this.orders.shift() ?? [];
  };

  readonly nextWakeAt = (): number => this.wakeAt;

  readonly storedBits = (): Uint8Array | null => this.#real.storedBits();

  readonly snapshot: SwarmMachine['snapshot'] = (now) => this.#real.snapshot(now);
}

/** A driver that has started, among fakes. The facts begin after `started`. */
function running() {
  const swarm = new ScriptedSwarm();
  const clock = new FakeClock();
  const transport = new FakeTransport();
  const signal = new FakeSignal();
  const store = new FakeStore();
  const hasher = new FakeHasher();
  const crashes: unknown[] = [];
  const found: string[] = [];
  const stored: number[] = [];
  const driver = new Driver<Content>({
    swarm,
    clock,
    store,
    hasher,
    shape: SHAPE,
    transport: (report) => Object.assign(transport, { report }),
    signal: (report) => Object.assign(signal, { report }),
    onMetainfo: (metainfo) => found.push(metainfo.name),
    onPieceStored: (piece) => stored.push(piece),
    onCrash: (error) => crashes.push(error),
  });
  driver.start();
  /** Lets the swarm answer the next fact with these orders, and gives it one. */
  const order = (...orders: Effect[]): void => {
    swarm.orders.push(orders);
    transport.report({ kind: 'link-opened', link: LINK });
  };
  /** The facts the swarm got after `started` and those of `order`. */
  const facts = (): Input[] => swarm.facts.filter(({ kind }) => kind !== 'started' && kind !== 'link-opened');
  return { swarm, clock, transport, signal, store, hasher, driver, crashes, found, stored, order, facts };
}

/** A driver whose memory holds the two blocks of a piece that is being checked. */
function checking(isBad = false) {
  const scene = running();
  scene.order(
    { kind: 'keep-block', piece: PIECE, offset: 0, data: { byteLength: BLOCK_BYTES } },
    { kind: 'keep-block', piece: PIECE, offset: BLOCK_BYTES, data: { byteLength: BLOCK_BYTES, isBad } as Content },
    { kind: 'check-piece', piece: PIECE, generation: 4, comparesBlocks: false },
  );
  return scene;
}

test('facts reach the swarm with the time of the clock, and the alarm follows what the swarm wants', () => {
  const { swarm, clock, facts } = running();
  swarm.wakeAt = seconds(9);
  swarm.orders.push([]);
  clock.ring();
  expect([facts(), clock.alarmAt]).toEqual([[{ kind: 'woke' }], seconds(9)]);
});

test('orders about links and the server are passed on as they are, in their order', () => {
  const { transport, signal, order } = running();
  order(
    { kind: 'connect-signal' },
    { kind: 'send', link: LINK, message: { kind: 'unchoke' } },
    { kind: 'dial', link: 5 as LinkId, peer: peerNamed('a') },
    { kind: 'close-link', link: LINK },
  );
  expect([signal.connects, transport.sent]).toEqual([1, [{ link: LINK, message: { kind: 'unchoke' } }]]);
  expect(transport.told).toEqual(['dial 5', `close ${LINK}`]);
});

test('[D1] a piece whose digest is right is reported with its attempt, and stored when that is ordered', async () => {
  const { store, stored, order, facts } = checking();
  await settle();
  expect(facts()).toEqual([{ kind: 'piece-checked', piece: PIECE, generation: 4, isGood: true }]);
  order({ kind: 'store-piece', piece: PIECE });
  await settle();
  expect(facts().at(-1)).toEqual({ kind: 'piece-stored', piece: PIECE });
  expect(stored).toEqual([PIECE]);
  expect(store.chunks.get(PIECE)?.byteLength).toBe(2 * BLOCK_BYTES);
});

/** The digests that a fact reports. */
const digestsOf = (fact: Input): readonly string[] => (fact.kind === 'blocks-digested' ? fact.digests : []);

test('[B1] a piece whose digest is wrong is reported as such, after the digests of its blocks', async () => {
  const { facts } = checking(true);
  await settle();
  expect(facts()).toEqual([
    { kind: 'blocks-digested', piece: PIECE, generation: 4, digests: facts().flatMap(digestsOf) },
    { kind: 'piece-checked', piece: PIECE, generation: 4, isGood: false },
  ]);
  expect(facts().flatMap(digestsOf)).toContain('bad');
});

test('[D4] a full disk is a fact with a reason for the person', async () => {
  const { store, stored, order, facts } = checking();
  await settle();
  store.isFull = true;
  order({ kind: 'store-piece', piece: PIECE });
  await settle();
  expect(facts().at(-1)).toEqual({ kind: 'piece-not-stored', piece: PIECE, reason: 'The disk is full.' });
  expect(stored).toEqual([]);
});

test('a block is sent from memory at once, and from disk when it was read', async () => {
  const { transport, store, order } = running();
  store.chunks.set(PIECE, { byteLength: 4 * BLOCK_BYTES });
  order({ kind: 'send-block', link: LINK, block: BLOCK });
  expect(transport.sent).toEqual([]);
  await settle();
  const message = { kind: 'piece', piece: PIECE, offset: BLOCK_BYTES, data: { byteLength: BLOCK_BYTES } };
  expect(transport.sent).toEqual([{ link: LINK, message }]);
  order({ kind: 'send-block', link: LINK, block: BLOCK });
  expect([transport.sent.length, store.reads]).toEqual([2, 1]);
});

test('a piece that was made ready is read once, and its blocks are sent at once', async () => {
  const { transport, store, order } = running();
  store.chunks.set(PIECE, { byteLength: 4 * BLOCK_BYTES });
  order({ kind: 'prepare-piece', piece: PIECE });
  await settle();
  order({ kind: 'prepare-piece', piece: PIECE }, { kind: 'send-block', link: LINK, block: BLOCK });
  expect([transport.sent.length, store.reads]).toEqual([1, 1]);
});

test('[D3] a block that cannot be read is a fact, each time', async () => {
  const { transport, order, facts } = running();
  order({ kind: 'send-block', link: LINK, block: BLOCK }, { kind: 'send-block', link: LINK, block: BLOCK });
  await settle();
  expect(transport.sent).toEqual([]);
  const fact = { kind: 'block-unreadable', link: LINK, block: BLOCK };
  expect(facts().filter(({ kind }) => kind === fact.kind)).toEqual([fact, fact]);
});

test('[M5] an info dictionary is a fact only when its digest is right and it is one that we can share', async () => {
  const { hasher, found, order, facts } = running();
  const right = encodeMetainfo({ name: 'a.txt', length: 5, pieceLength: 16_384, pieceDigests: new Uint8Array(20) });
  order({ kind: 'check-metadata', infoBytes: right.infoBytes });
  await settle();
  expect([facts().at(-1), found]).toEqual([
    { kind: 'metadata-checked', verdict: { kind: 'right', metainfo: right } },
    ['a.txt'],
  ]);
  order({ kind: 'check-metadata', infoBytes: Uint8Array.of(1, 2, 3) });
  await settle();
  hasher.metadata = false;
  order({ kind: 'check-metadata', infoBytes: right.infoBytes });
  await settle();
  expect(facts().slice(-2)).toEqual([
    { kind: 'metadata-checked', verdict: { kind: 'unusable', reason: expect.stringMatching(/\.$/) } },
    { kind: 'metadata-checked', verdict: { kind: 'wrong' } },
  ]);
  expect(found).toEqual(['a.txt']);
});

test.each<[string, ServerMessage, Input]>([
  [
    'an answer to our announce, with the interval in milliseconds',
    {
      kind: 'announced',
      infoHash: INFO_HASH,
      intervalSeconds: 90,
      complete: 1,
      incomplete: 2,
      neighbours: null,
      trackerId: null,
    },
    { kind: 'announced', interval: seconds(90), complete: 1, incomplete: 2, neighbours: null },
  ],
  [
    'a refusal',
    { kind: 'refused', action: 'announce', infoHash: null, reason: 'Full.', offerId: null },
    { kind: 'announce-refused', reason: 'Full.' },
  ],
  [
    'an offer, without its session description',
    { kind: 'offer', infoHash: INFO_HASH, peerId: peerNamed('a'), offerId: OFFER, sdp: 'their offer' },
    { kind: 'offer-received', peer: peerNamed('a'), offerId: OFFER },
  ],
])('[S2] what the server says becomes a fact: %s', (_case, message, fact) => {
  const { signal, facts } = running();
  signal.report({ kind: 'signal-message', message });
  expect(facts()).toEqual([fact]);
});

test('[S4] the session description of an offer waits for the decision of the swarm', () => {
  const { swarm, transport, signal } = running();
  swarm.orders.push([{ kind: 'accept-offer', link: LINK, peer: peerNamed('a'), offerId: OFFER }]);
  const message = {
    kind: 'offer',
    infoHash: INFO_HASH,
    peerId: peerNamed('a'),
    offerId: OFFER,
    sdp: 'their offer',
  } as const;
  signal.report({ kind: 'signal-message', message });
  expect(transport.told).toEqual([`accept ${LINK} their offer`]);
});

test('[S7] a directed offer that is refused ends its call', async () => {
  const { transport, signal, order, facts } = running();
  order({ kind: 'dial', link: LINK, peer: peerNamed('a') });
  transport.waiting.get(LINK)?.resolve('our offer');
  await settle();
  const offerId = signal.sent.flatMap((sent) => (sent.kind === 'offer' ? [sent.offerId] : []))[0];
  const refusal = { kind: 'refused', action: 'announce', infoHash: INFO_HASH, reason: 'Gone.', offerId } as const;
  signal.report({ kind: 'signal-message', message: refusal });
  expect(facts()).toEqual([{ kind: 'link-closed', link: LINK, reason: 'Gone.' }]);
});

test('[S6] the secret of the server is echoed in the next announce', () => {
  const { signal, order } = running();
  const announced = { kind: 'announced', infoHash: INFO_HASH, intervalSeconds: 1, complete: 0, incomplete: 1 } as const;
  signal.report({ kind: 'signal-message', message: { ...announced, neighbours: null, trackerId: 'secret' } });
  signal.report({ kind: 'signal-message', message: { ...announced, neighbours: null, trackerId: null } });
  order({ kind: 'announce', event: 'update', uploaded: 0, downloaded: 0, left: 0, neighboursWanted: 0 });
  expect(signal.sent).toMatchObject([{ trackerId: 'secret' }]);
});

test('a bug in the swarm stops everything, and is reported once', () => {
  const { swarm, clock, transport, signal, crashes, facts } = running();
  swarm.error = new Error('Invariant broken');
  transport.report({ kind: 'blocks-sent', link: LINK, bytes: 1 });
  transport.report({ kind: 'blocks-sent', link: LINK, bytes: 2 });
  signal.report({ kind: 'signal-closed', reason: 'gone', retryIn: null });
  expect([crashes, facts().length]).toEqual([[swarm.error], 1]);
  expect([signal.isClosed, clock.alarmAt]).toEqual([true, NEVER]);
});

test('a bug on the way of a piece through memory is reported, once, like any other', async () => {
  const { crashes, order } = running();
  const nothingKept: Effect = { kind: 'check-piece', piece: PIECE, generation: 1, comparesBlocks: false };
  order(nothingKept, nothingKept);
  await settle();
  expect(crashes.map(String)).toEqual(['Error: Invariant broken: the blocks of a whole piece is missing']);
});

test('[N4] after the end the server is told and left, and nothing happens any more', () => {
  const { swarm, clock, transport, signal, driver, facts } = running();
  swarm.orders.push([
    { kind: 'announce', event: 'stopped', uploaded: 0, downloaded: 0, left: null, neighboursWanted: 0 },
    { kind: 'close-link', link: LINK },
  ]);
  driver.stop();
  expect(signal.sent).toMatchObject([{ kind: 'announce', event: 'stopped' }]);
  expect([transport.told, signal.isClosed, clock.alarmAt]).toEqual([[`close ${LINK}`], true, NEVER]);
  transport.report({ kind: 'blocks-sent', link: LINK, bytes: 1 });
  clock.ring();
  expect(facts()).toEqual([{ kind: 'stopped' }]);
});

test('[R10] caps are told to the engine, and what waited for them is sent when the alarm rings', () => {
  const { swarm, clock, driver, facts } = running();
  swarm.orders.push([]);
  driver.limit({ upload: 1000, download: null });
  expect(facts()).toEqual([{ kind: 'limits-set', upload: 1000, download: null }]);
  clock.ring();
  expect(facts().at(-1)).toEqual({ kind: 'woke' });
});

/** Session descriptions find their way: offers out, answers back, and nothing to or from the wrong peer. */
import { expect, test } from 'vitest';
import { INFO_HASH, peerNamed, SELF } from '../engine/torrent.test-kit.ts';
import type { LinkId } from '../engine/swarm-io.ts';
import type { OfferId } from '../wire/signal-message.ts';
import { Introductions } from './introductions.ts';
import { FakeSignal, FakeTransport, settle } from './world.test-kit.ts';

const [ANN, BOB] = [peerNamed('a'), peerNamed('b')];
const LINK = 7 as LinkId;
const THEIRS = 'ee'.repeat(20) as OfferId;

function introductions() {
  const transport = new FakeTransport();
  const signal = new FakeSignal();
  const failures: string[] = [];
  const desk = new Introductions({
    infoHash: INFO_HASH,
    peerId: SELF,
    transport,
    signal,
    onFailure: (link, reason) => failures.push(`${link} ${reason}`),
  });
  return { transport, signal, failures, desk };
}

/** An offer to Ann that is on its way, with the id it got. */
async function offered() {
  const scene = introductions();
  scene.desk.dial(LINK, ANN);
  scene.transport.waiting.get(LINK)?.resolve('our offer');
  await settle();
  const [sent] = scene.signal.sent;
  const offerId = sent !== undefined && 'offerId' in sent ? sent.offerId : THEIRS;
  return { ...scene, offerId };
}

test('[S5] an offer goes to the peer that is called, under an id of twenty bytes', async () => {
  const { signal, offerId } = await offered();
  expect(signal.sent).toEqual([
    { kind: 'offer', infoHash: INFO_HASH, peerId: SELF, toPeerId: ANN, offerId, sdp: 'our offer' },
  ]);
  expect(offerId).toMatch(/^[0-9a-f]{40}$/);
});

test('no two offers have the same id', async () => {
  const { transport, signal, desk } = introductions();
  for (let link = 1; link <= 300; link += 1) {
    desk.dial(link as LinkId, ANN);
    transport.waiting.get(link as LinkId)?.resolve('sdp');
  }
  await settle();
  expect(new Set(signal.sent.map((message) => 'offerId' in message && message.offerId)).size).toBe(300);
});

test('[S4] the answer of the peer that was called completes the link, once', async () => {
  const { transport, desk, offerId } = await offered();
  desk.answered(offerId, ANN, 'their answer');
  desk.answered(offerId, ANN, 'their answer');
  expect(transport.told).toEqual([`dial ${LINK}`, `complete ${LINK} their answer`]);
});

test('[S4] an answer from another peer, or to an offer that was never made, is ignored', async () => {
  const { transport, desk, offerId } = await offered();
  desk.answered(offerId, BOB, 'a lie');
  desk.answered(THEIRS, ANN, 'a lie');
  expect(transport.told).toEqual([`dial ${LINK}`]);
  desk.answered(offerId, ANN, 'their answer');
  expect(transport.told.length).toBe(2);
});

test('[S7] an offer that the server cannot deliver ends the call', async () => {
  const { transport, failures, desk, offerId } = await offered();
  desk.refused(offerId, 'That peer is not here.');
  desk.refused(offerId, 'That peer is not here.');
  desk.refused(THEIRS, 'not ours');
  expect(failures).toEqual([`${LINK} That peer is not here.`]);
  expect(transport.told).toEqual([`dial ${LINK}`, `close ${LINK}`]);
});

test('[N3] where no offer can be made at all, the call has failed, with the reason', async () => {
  const { transport, signal, failures, desk } = introductions();
  desk.dial(LINK, ANN);
  transport.waiting.get(LINK)?.reject(new Error('WebRTC is switched off.'));
  await settle();
  expect([signal.sent, failures]).toEqual([[], [`${LINK} WebRTC is switched off.`]]);
});

test('an offer that is ready only after its link was given up is not sent, and its answer is ignored', async () => {
  const { transport, signal, desk } = introductions();
  desk.dial(LINK, ANN);
  desk.forget(LINK);
  transport.waiting.get(LINK)?.resolve('too late');
  await settle();
  expect(signal.sent).toEqual([]);
  const late = await offered();
  late.desk.forget(LINK);
  late.desk.answered(late.offerId, ANN, 'too late');
  expect(late.transport.told).toEqual([`dial ${LINK}`]);
});

test('[S4] an offer of another peer is answered to that peer, under the same id', async () => {
  const { transport, signal, desk } = introductions();
  desk.keepOffer(THEIRS, 'their offer');
  desk.accept(LINK, BOB, THEIRS);
  transport.waiting.get(LINK)?.resolve('our answer');
  await settle();
  expect(transport.told).toEqual([`accept ${LINK} their offer`]);
  expect(signal.sent).toEqual([
    { kind: 'answer', infoHash: INFO_HASH, peerId: SELF, toPeerId: BOB, offerId: THEIRS, sdp: 'our answer' },
  ]);
});

test('[S10] an offer for which no connection can be made is declined at once, and ends the link with the reason', async () => {
  const { transport, signal, failures, desk } = introductions();
  desk.keepOffer(THEIRS, 'nonsense');
  desk.accept(LINK, BOB, THEIRS);
  transport.waiting.get(LINK)?.reject('no session description');
  await settle();
  expect([signal.sent, failures, transport.told.at(-1)]).toEqual([
    [{ kind: 'decline', infoHash: INFO_HASH, peerId: SELF, toPeerId: BOB, offerId: THEIRS }],
    [`${LINK} no session description`],
    `close ${LINK}`,
  ]);
});

test.each(['resolve', 'reject'] as const)(
  'an answer that is ready only after its link was given up says nothing any more (%s)',
  async (end) => {
    const { transport, signal, desk } = introductions();
    desk.keepOffer(THEIRS, 'their offer');
    desk.accept(LINK, BOB, THEIRS);
    desk.forget(LINK);
    transport.waiting.get(LINK)?.[end]('too late');
    await settle();
    expect(signal.sent).toEqual([]);
  },
);

test('an offer that was ignored leaves nothing behind', () => {
  const { transport, desk } = introductions();
  desk.keepOffer(THEIRS, 'their offer');
  desk.ignore(THEIRS);
  desk.accept(LINK, BOB, THEIRS);
  expect(transport.told).toEqual([`accept ${LINK} `]);
});

test('[S10] an offer that there is no room for is declined to its maker, under its id', () => {
  const { signal, desk } = introductions();
  desk.keepOffer(THEIRS, 'their offer');
  desk.decline(BOB, THEIRS);
  expect(signal.sent).toEqual([{ kind: 'decline', infoHash: INFO_HASH, peerId: SELF, toPeerId: BOB, offerId: THEIRS }]);
});

test('[S3] [S6] an announce carries our counts, asks for named neighbours, and echoes the secret of the server', () => {
  const { signal, desk } = introductions();
  const order = {
    kind: 'announce',
    event: 'started',
    uploaded: 1,
    downloaded: 2,
    left: null,
    neighboursWanted: 50,
  } as const;
  desk.announce(order);
  desk.trackerId = 'secret';
  desk.announce({ ...order, event: 'update' });
  const told = { ...order, infoHash: INFO_HASH, peerId: SELF, offersWanted: 0, offers: [] };
  expect(signal.sent).toEqual([
    { ...told, trackerId: null },
    { ...told, event: 'update', trackerId: 'secret' },
  ]);
});

const UPDATE = {
  kind: 'announce',
  event: 'update',
  uploaded: 0,
  downloaded: 0,
  left: 1,
  neighboursWanted: 50,
} as const;

/** A desk whose server names nobody, after an announce. */
async function announcedToAnybody() {
  const scene = introductions();
  scene.desk.offersToAnybody = true;
  scene.desk.announce(UPDATE);
  for (const [link, { resolve }] of scene.transport.waiting) resolve(`offer ${link}`);
  await settle();
  const offers = scene.signal.sent.flatMap((message) => (message.kind === 'announce' ? message.offers : []));
  return { ...scene, offers };
}

test('[S12] where the server names nobody, an announce brings five offers to anybody', async () => {
  const { signal, offers } = await announcedToAnybody();
  expect(offers.map(({ sdp }) => sdp)).toEqual(['offer -1', 'offer -2', 'offer -3', 'offer -4', 'offer -5']);
  expect(signal.sent).toMatchObject([{ kind: 'announce', offersWanted: 5 }]);
});

test('[S12] offers that nobody answered are brought again, and only those that are gone are made anew', async () => {
  const { transport, signal, desk, offers } = await announcedToAnybody();
  desk.forget(-2 as LinkId);
  desk.answered(offers[2].offerId, ANN, 'answer');
  desk.announce(UPDATE);
  transport.waiting.get(-6 as LinkId)?.resolve('offer -6');
  transport.waiting.get(-7 as LinkId)?.resolve('offer -7');
  await settle();
  const again = signal.sent.at(-1);
  expect(again?.kind === 'announce' && again.offers.map(({ sdp }) => sdp)).toEqual([
    'offer -1',
    'offer -4',
    'offer -5',
    'offer -6',
    'offer -7',
  ]);
});

test('[S12] the first answer to an offer to anybody is kept until the engine wants it', async () => {
  const { transport, desk, offers } = await announcedToAnybody();
  expect(desk.answered(offers[0].offerId, ANN, 'answer')).toBe(-1);
  expect(desk.answered(offers[0].offerId, BOB, 'late')).toBeNull();
  expect(transport.told.filter((what) => what.startsWith('complete'))).toEqual([]);
  desk.complete(-1 as LinkId);
  expect(transport.told.at(-1)).toBe('complete -1 answer');
});

test('[S12] an announce that wants nobody brings no offers', () => {
  const { signal, desk } = introductions();
  desk.offersToAnybody = true;
  desk.announce({ ...UPDATE, event: 'stopped', neighboursWanted: 0 });
  expect(signal.sent).toMatchObject([{ event: 'stopped', offers: [] }]);
});

test('[S12] where no offer can be made, the announce goes out without', async () => {
  const { transport, signal, desk } = introductions();
  desk.offersToAnybody = true;
  desk.announce(UPDATE);
  for (const { reject } of transport.waiting.values()) reject(new Error('No WebRTC.'));
  await settle();
  expect(signal.sent).toMatchObject([{ event: 'update', offers: [] }]);
});

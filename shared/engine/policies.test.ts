/** Each mechanism switched off: what the swarm then does not do. */
import { expect, test } from 'vitest';
import { minutes, seconds } from '../base/time.ts';
import { pieceIndex } from '../wire/ids.ts';
import { BLOCK_BYTES } from '../wire/limits.ts';
import { LoneSwarm, type Neighbour } from './lone-swarm.test-kit.ts';
import { callsToMake } from './peers/dialer.ts';
import { SHIPPED } from './policies.ts';
import { firstPieces, peerNamed, pieceList } from './torrent.test-kit.ts';

/** So many neighbours that are interested. */
const gather = (lone: LoneSwarm, count: number): Neighbour[] =>
  Array.from({ length: count }, (_, index) => lone.meet(`${10 + index}`, { isInterested: true }));

test('without the endgame, a neighbour is left idle rather than asked for what another one was', () => {
  const asked = (['on', 'off'] as const).map((endgame) => {
    const lone = new LoneSwarm({ pieces: 1, policies: { endgame } });
    lone.meet('3', { has: 'all', unchokes: true });
    const idle = lone.meet('4', { has: 'all', unchokes: true });
    lone.advance(seconds(11));
    return idle.requests.length;
  });
  expect(asked).toEqual([1, 0]);
});

test('in an endgame without cancels, the slower neighbour sends its block all the same', () => {
  const cancels = (['on', 'uncancelled'] as const).map((endgame) => {
    const lone = new LoneSwarm({ pieces: 1, policies: { endgame } });
    const slow = lone.meet('3', { has: 'all', unchokes: true });
    const fast = lone.meet('4', { has: 'all', unchokes: true });
    lone.advance(seconds(11));
    const [block] = fast.requests;
    fast.sendsBlock(block);
    slow.sendsBlock(block);
    expect(lone.snapshot().transferred.wasted).toBe(block.length);
    return slow.got('cancel').length;
  });
  expect(cancels).toEqual([1, 0]);
});

test('without anti-snubbing, a silent neighbour keeps its requests for ever', () => {
  const lone = new LoneSwarm({ pieces: 1, policies: { antiSnubbing: 'off' } });
  const snub = lone.meet('3', { has: 'all', unchokes: true });
  lone.advance(minutes(1));
  expect(snub.requests.length).toBe(4);
  expect(snub.got('cancel')).toEqual([]);
});

test('without credit limits, who only takes goes on taking', () => {
  const shares = (['on', 'off'] as const).map((credit) => {
    const lone = new LoneSwarm({ pieces: 60, have: firstPieces(30), policies: { credit } });
    lone.meet('3', { isInterested: true });
    const rider = lone.meet('4', { isInterested: true, has: [pieceIndex(40)] });
    for (let piece = 0; piece < 30; piece += 1) {
      rider.asks({ piece: pieceIndex(piece), offset: 0, length: BLOCK_BYTES });
      rider.drains();
    }
    return rider.got('piece').length;
  });
  expect(shares).toEqual([8, 30]);
});

test('without blame, a piece that failed is fetched again, of the liar too', () => {
  const lone = new LoneSwarm({ pieces: 1, isManual: true, policies: { blame: 'off' } });
  const liar = lone.meet('3', { has: 'all', unchokes: true });
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    liar.serves(4);
    const { generation } = lone.ordered('check-piece').at(-1)!;
    lone.take({ kind: 'piece-checked', piece: pieceIndex(0), generation, isGood: false });
    expect([liar.isClosed, liar.requests.length]).toEqual([false, 4]);
  }
});

test.each(['in-turn', 'fastest-first'] as const)('seeding %s, a lone seed shows everybody everything', (seeding) => {
  const seed = new LoneSwarm({ pieces: 10, have: 'all', policies: { seeding } });
  const [ann, bob] = [seed.meet('3'), seed.meet('4')];
  expect([ann, bob].map((neighbour) => neighbour.got('have-all').length)).toEqual([1, 1]);
});

test('a complete peer that serves the fastest first goes on with who takes most', () => {
  const seed = new LoneSwarm({ pieces: 100, have: 'all', policies: { seeding: 'fastest-first' } });
  const crowd = gather(seed, 8);
  const isServed = (index: number): boolean => seed.snapshot().neighbours[index].isUnchoked;
  const fast = crowd.findIndex((_, index) => isServed(index));
  for (let second = 0; second < 60; second += 1) {
    if (isServed(fast)) crowd[fast].asks({ piece: pieceIndex(second), offset: 0, length: 16_384 });
    crowd[fast].drains();
    seed.advance(seconds(1));
  }
  expect(crowd[fast].got('choke')).toEqual([]);
  expect(crowd[fast].got('piece').length).toBe(60);
});

test('choking nobody, a leecher serves all that are interested', () => {
  const lone = new LoneSwarm({ pieces: 2, have: pieceList(0), policies: { choking: 'everybody' } });
  const crowd = gather(lone, 12);
  expect(crowd.every((neighbour) => neighbour.got('unchoke').length === 1)).toBe(true);
});

test('with few neighbours, a peer seeks few links, and takes twice as many', () => {
  const lone = new LoneSwarm({ policies: { neighbours: 'few' } });
  const taken = Array.from({ length: 30 }, (_, index) => lone.offer(peerNamed(`${10 + index}`)));
  const most = taken.filter((link) => link !== null).length;
  expect([most, callsToMake(0, { ...SHIPPED, neighbours: 'few' })]).toEqual([10, 5]);
});

test('without declining, an offer for which there is no room stays without an answer', () => {
  const refusals = (['on', 'off'] as const).map((declining) => {
    const lone = new LoneSwarm({ policies: { neighbours: 'few', declining } });
    for (let index = 0; index < 11; index += 1) lone.offer(peerNamed(`${10 + index}`));
    return [lone.ordered('decline-offer').length, lone.ordered('ignore-offer').length];
  });
  expect(refusals).toEqual([
    [1, 0],
    [0, 1],
  ]);
});

test('without upkeep, useless links keep others out', () => {
  const closed = (['on', 'off'] as const).map((upkeep) => {
    const lone = new LoneSwarm({ have: 'all', policies: { neighbours: 'few', upkeep } });
    const complete = Array.from({ length: 10 }, (_, index) => lone.meet(`${10 + index}`, { has: 'all' }));
    lone.offer(peerNamed('99'));
    return complete.filter(({ isClosed }) => isClosed).length;
  });
  expect(closed).toEqual([1, 0]);
});

test('when each keeps its own of two links, an offer by whom we are calling is ignored by the higher id too', () => {
  const ignored = (['lower-id', 'own'] as const).map((doubleLinks) => {
    const lone = new LoneSwarm({ policies: { doubleLinks } });
    const lower = peerNamed('0');
    lone.name(lower);
    lone.offer(lower);
    return lone.ordered('ignore-offer').length;
  });
  expect(ignored).toEqual([0, 1]);
});

test('without the digests of blocks, what two sent into a bad piece is not compared with what passes', () => {
  const compared = (['on', 'alone'] as const).map((blame) => {
    const lone = new LoneSwarm({ pieces: 1, isManual: true, policies: { blame } });
    const half = { has: 'all', unchokes: true, extended: { requestQueueMax: 2 } } as const;
    const both = [lone.meet('3', half), lone.meet('4', half)];
    for (const neighbour of both) neighbour.serves(2);
    const [{ piece, generation }] = lone.ordered('check-piece');
    lone.take({ kind: 'blocks-digested', piece, generation, digests: ['a', 'b', 'c', 'd'] });
    lone.take({ kind: 'piece-checked', piece, generation, isGood: false });
    for (const neighbour of both) neighbour.serves(4);
    return lone.ordered('check-piece').at(-1)?.comparesBlocks;
  });
  expect(compared).toEqual([true, false]);
});

test('without a cap on open pieces, more are begun than memory should hold', () => {
  const open = (['capped', 'any'] as const).map((openPieces) => {
    const policies = { finishStarted: 'off', openPieces } as const;
    const lone = new LoneSwarm({ pieces: 12, pieceLength: 16 * 1024 * 1024, policies });
    const neighbour = lone.meet('3', { has: 'all', unchokes: true });
    neighbour.serves(8);
    return new Set(neighbour.got('request').map(({ block }) => block.piece)).size;
  });
  expect(open[0]).toBe(4);
  expect(open[1]).toBeGreaterThan(4);
});

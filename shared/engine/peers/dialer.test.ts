/** Whom to call, which of two links stays, and how long to wait after a failure. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seconds } from '../../base/time.ts';
import { peerIdFromBytes, type PeerId } from '../../wire/ids.ts';
import type { LinkId } from '../swarm-io.ts';
import { SHIPPED } from '../policies.ts';
import { callsToMake, DIAL_TIMEOUT_MS, Dialer, keepsLink, LINKS_MAX } from './dialer.ts';

const [ANN, BOB] = ['a'.repeat(40), 'b'.repeat(40)] as PeerId[];

const attempt = (link: number, peer: PeerId, startedAt = 0) => ({
  link: link as LinkId,
  peer,
  isOurs: true,
  startedAt,
});

const peerId = fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => peerIdFromBytes(bytes));

test('[N2] of two links between two peers both keep the same one, the one that the lower id dialled', () => {
  fc.assert(
    fc.property(peerId, peerId, (one, other) => {
      fc.pre(one !== other);
      const [low, high] = [one, other].toSorted();
      expect([keepsLink(true, low, high, SHIPPED), keepsLink(false, high, low, SHIPPED)]).toEqual([true, true]);
      expect([keepsLink(false, low, high, SHIPPED), keepsLink(true, high, low, SHIPPED)]).toEqual([false, false]);
    }),
    { seed: 8 },
  );
});

test('[N3] after each failure the wait doubles, from 5 s to five minutes', () => {
  const dialer = new Dialer();
  const waits = [5, 10, 20, 40, 80, 160, 300, 300].map((wait) => {
    dialer.failed(ANN, 0);
    return [dialer.mayCall(ANN, seconds(wait) - 1), dialer.mayCall(ANN, seconds(wait))];
  });
  expect(waits).toEqual(waits.map(() => [false, true]));
  expect(dialer.mayCall(BOB, 0)).toBe(true);
});

test('[N3] a link that opens ends the waiting', () => {
  const dialer = new Dialer();
  dialer.failed(ANN, 0);
  dialer.succeeded(ANN);
  expect(dialer.mayCall(ANN, 0)).toBe(true);
});

test('[N3] the failures of a thousand peers are remembered, the latest ones', () => {
  const dialer = new Dialer();
  const names = Array.from({ length: 1001 }, (_, index) => index.toString(16).padStart(40, '0') as PeerId);
  for (const name of names) dialer.failed(name, 0);
  expect(names.filter((name) => dialer.mayCall(name, 1))).toEqual([names[0]]);
});

test('[N3] an attempt ends once, and is overdue after half a minute', () => {
  const dialer = new Dialer();
  dialer.begin(attempt(1, ANN, seconds(100)));
  dialer.begin(attempt(2, BOB, seconds(110)));
  expect(dialer.attemptAt(BOB)?.link).toBe(2);
  expect(dialer.overdue(seconds(100) + DIAL_TIMEOUT_MS).map(({ link }) => link)).toEqual([1]);
  expect([dialer.end(1 as LinkId)?.peer, dialer.end(1 as LinkId)]).toEqual([ANN, null]);
  expect([dialer.attempts, dialer.attemptAt(ANN)]).toEqual([1, null]);
});

test('[N5] after sleep, attempts have their half minute again', () => {
  const dialer = new Dialer();
  dialer.begin(attempt(1, ANN));
  dialer.restart(seconds(3600));
  expect(dialer.overdue(seconds(3600) + DIAL_TIMEOUT_MS - 1)).toEqual([]);
  expect(dialer.overdue(seconds(3600) + DIAL_TIMEOUT_MS).length).toBe(1);
});

test('[N1] calls are made until there are links enough, in the making included; room is left for those who call us', () => {
  const enough = callsToMake(0, SHIPPED);
  expect(enough).toBeGreaterThanOrEqual(20);
  expect(enough).toBeLessThan(LINKS_MAX);
  expect([10, enough, LINKS_MAX].map((links) => callsToMake(links, SHIPPED))).toEqual([enough - 10, 0, 0]);
});

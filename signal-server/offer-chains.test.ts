/** Lists of offers in flat memory, beside plain lists: whatever is done, both hold the same. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Millis } from '../shared/base/time.ts';
import type { OfferId } from '../shared/wire/signal-message.ts';
import { type ChainedOffer, OfferChains, emptyChain } from './offer-chains.ts';
import { offer, peer } from './test-tracker.ts';

const PEERS = [peer('a'), peer('b'), peer('c')];
const IDS = [offer('1'), offer('2'), offer('3')];

/** What the lists are asked to do, in a list of its own each. */
const steps = fc.array(
  fc.record({
    list: fc.nat(2),
    kind: fc.constantFrom('push', 'push', 'push', 'take', 'dropEnded', 'dropOldestOf'),
    offerId: fc.constantFrom(...IDS),
    offerer: fc.constantFrom(...PEERS),
  }),
  { minLength: 40, maxLength: 80 },
);

class PlainList {
  offers: ChainedOffer[] = [];

  take(offerId: OfferId, offerer: ChainedOffer['offerer']): Millis | null {
    const isMeant = (one: ChainedOffer): boolean => one.offerId === offerId && one.offerer === offerer;
    const endsAt = this.offers.findLast(isMeant)?.endsAt ?? null;
    this.offers = this.offers.filter((one) => !isMeant(one));
    return endsAt;
  }

  dropEnded(now: Millis): void {
    this.offers = this.offers.filter(({ endsAt }) => endsAt > now);
  }

  dropOldestOf(offerer: ChainedOffer['offerer']): void {
    const index = this.offers.findIndex((one) => one.offerer === offerer);
    if (index >= 0) this.offers.splice(index, 1);
  }
}

test('lists that share their memory hold what lists of their own would', () => {
  let taken = 0;
  fc.assert(
    fc.property(steps, (story) => {
      const chains = new OfferChains();
      const [ours, plain] = [[0, 1, 2].map(emptyChain), [0, 1, 2].map(() => new PlainList())];
      for (const [now, { list, kind, offerId, offerer }] of story.entries()) {
        const [chain, model] = [ours[list], plain[list]];
        if (kind === 'push') {
          const made = { offerId, offerer, endsAt: now + 30 };
          chains.push(chain, made);
          model.offers.push(made);
        } else if (kind === 'take') {
          const endsAt = chains.take(chain, offerId, offerer);
          expect(endsAt).toBe(model.take(offerId, offerer));
          taken += Number(endsAt !== null);
        } else if (kind === 'dropEnded') {
          chains.dropEnded(chain, now);
          model.dropEnded(now);
        } else {
          chains.dropOldestOf(chain, offerer);
          model.dropOldestOf(offerer);
        }
        for (const [index, one] of ours.entries()) {
          expect(chains.offerers(one)).toEqual(plain[index].offers.map((left) => left.offerer));
          expect(one.length).toBe(plain[index].offers.length);
        }
      }
    }),
    { seed: 20_261_126, numRuns: 100 },
  );
  expect(taken).toBeGreaterThan(100);
});

test('thousands of offers are kept, and each is found once', () => {
  const chains = new OfferChains();
  const chain = emptyChain();
  const ids = Array.from({ length: 5000 }, (_, index) => offer(String(index)));
  for (const [index, offerId] of ids.entries()) chains.push(chain, { offerId, offerer: PEERS[0], endsAt: index });
  for (const [index, offerId] of ids.entries()) expect(chains.take(chain, offerId, PEERS[0])).toBe(index);
  expect(chain.length).toBe(0);
  expect(chains.take(chain, ids[0], PEERS[0])).toBe(null);
});

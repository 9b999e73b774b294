/** The info dictionary in parts: whom to ask for which, what counts, and what does not. */
import { expect, test } from 'vitest';
import { seconds } from '../base/time.ts';
import { METADATA_BYTES_MAX, METADATA_PIECE_BYTES } from '../wire/limits.ts';
import { METADATA_PATIENCE_MS, MetadataExchange } from './metadata-exchange.ts';
import type { LinkId } from './swarm-io.ts';

const [ANN, BOB, CAT, DAN] = [1, 2, 3, 4] as LinkId[];

/** A part full of its own number. */
const part = (number: number, bytes = METADATA_PIECE_BYTES): Uint8Array => new Uint8Array(bytes).fill(number + 1);

test('[M4] a dictionary of two parts and a bit is asked for as three parts, and joined in order', () => {
  const exchange = new MetadataExchange();
  const totalBytes = 2 * METADATA_PIECE_BYTES + 5;
  expect(exchange.begin(ANN, totalBytes, 0)).toEqual([0, 1, 2]);
  expect(exchange.receive(ANN, 2, part(2, 5), 0)?.whole).toBeNull();
  expect(exchange.receive(ANN, 0, part(0), 0)?.whole).toBeNull();
  expect(exchange.progress()).toEqual({ bytes: 2 * METADATA_PIECE_BYTES, totalBytes });
  const whole = exchange.receive(ANN, 1, part(1), 0)?.whole;
  expect(whole).toEqual(Uint8Array.from([...part(0), ...part(1), ...part(2, 5)]));
  expect(exchange.checking).toBe(ANN);
});

test('[M4] of a long dictionary, 16 parts are asked for at once, and one more for each that comes', () => {
  const exchange = new MetadataExchange();
  const first = exchange.begin(ANN, 40 * METADATA_PIECE_BYTES, 0);
  expect(first).toEqual(Array.from({ length: 16 }, (_, index) => index));
  expect(exchange.receive(ANN, 3, part(3), 0)?.ask).toEqual([16]);
  expect(exchange.receive(ANN, 0, part(0), 0)?.ask).toEqual([17]);
});

test.each([
  ['too short', 0, METADATA_PIECE_BYTES - 1],
  ['too long', 0, METADATA_PIECE_BYTES + 1],
  ['as long as a whole one, though it is the last', 1, METADATA_PIECE_BYTES],
  ['empty', 1, 0],
  ['not asked for', 2, 5],
  ['before the first', -1, METADATA_PIECE_BYTES],
])('[M4] a part that is %s is thrown away', (_fault, number, bytes) => {
  const exchange = new MetadataExchange();
  exchange.begin(ANN, METADATA_PIECE_BYTES + 5, 0);
  expect(exchange.receive(ANN, number, part(0, bytes), 0)).toBeNull();
  expect(exchange.progress().bytes).toBe(0);
});

test('[M4] a part that comes twice, or from somebody who was not asked, is thrown away', () => {
  const exchange = new MetadataExchange();
  exchange.begin(ANN, 2 * METADATA_PIECE_BYTES, 0);
  expect(exchange.receive(ANN, 0, part(0), 0)).not.toBeNull();
  expect(exchange.receive(ANN, 0, part(0), 0)).toBeNull();
  expect(exchange.receive(BOB, 1, part(1), 0)).toBeNull();
});

test.each([0, -5, METADATA_BYTES_MAX + 1])('[M5] a neighbour that tells a length of %d is not asked', (totalBytes) => {
  const exchange = new MetadataExchange();
  expect(exchange.begin(ANN, totalBytes, 0)).toEqual([]);
  expect(exchange.progress()).toEqual({ bytes: 0, totalBytes: 0 });
});

test('[M5] a second neighbour is asked once the first was silent for three seconds', () => {
  const exchange = new MetadataExchange();
  expect(exchange.wantsAttempt(0)).toBe(true);
  exchange.begin(ANN, 2 * METADATA_PIECE_BYTES, 0);
  expect(exchange.wantsAttempt(METADATA_PATIENCE_MS - 1)).toBe(false);
  expect(exchange.wantsAttempt(METADATA_PATIENCE_MS)).toBe(true);
  exchange.receive(ANN, 0, part(0), seconds(2));
  expect(exchange.wantsAttempt(METADATA_PATIENCE_MS)).toBe(false);
});

test('[M5] nobody is asked while a dictionary is being checked', () => {
  const exchange = new MetadataExchange();
  exchange.begin(ANN, 5, 0);
  exchange.receive(ANN, 0, part(0, 5), 0);
  expect(exchange.wantsAttempt(seconds(60))).toBe(false);
});

test('[M5] of two whole dictionaries at once, the second waits for the verdict on the first, and is then asked again', () => {
  const exchange = new MetadataExchange();
  exchange.begin(ANN, 5, 0);
  exchange.begin(BOB, 5, 0);
  expect(exchange.receive(ANN, 0, part(0, 5), 0)?.whole).not.toBeNull();
  expect(exchange.receive(BOB, 0, part(0, 5), 0)).toEqual({ ask: [], whole: null });
  expect(exchange.checking).toBe(ANN);
  exchange.checking = null;
  expect(exchange.choose([BOB])).toBe(BOB);
});

test('[M5] neighbours that never answer do not keep the others from being asked', () => {
  const exchange = new MetadataExchange();
  const asked = [0, 1, 2, 3, 4, 5].map((turn) => {
    const link = exchange.choose([ANN, BOB, CAT, DAN]);
    if (link !== null) exchange.begin(link, 5, turn * METADATA_PATIENCE_MS);
    return link;
  });
  expect(asked).toEqual([ANN, BOB, CAT, DAN, ANN, BOB]);
});

test('[M5] who refused is asked again only after everybody else, and who left is forgotten', () => {
  const exchange = new MetadataExchange();
  exchange.begin(ANN, 5, 0);
  exchange.refused(ANN);
  expect(exchange.choose([ANN, BOB])).toBe(BOB);
  expect(exchange.choose([ANN])).toBe(ANN);
  exchange.begin(BOB, 5, 0);
  exchange.end(BOB);
  expect(exchange.receive(BOB, 0, part(0, 5), 0)).toBeNull();
  expect(exchange.choose([])).toBeNull();
});

/** Proves that messages about partial pieces have the bytes that PROTOCOL.md gives, and that no other sizes pass. */
import { expect, test } from 'vitest';

import { bytesFromHex, hexFromBytes } from '../base/bytes.ts';
import { pieceIndex } from './ids.ts';
import { PARTIAL_BLOCKS_MAX, PARTIALS_MAX } from './limits.ts';
import { isMalformed } from './malformed.ts';
import { type PartialMessage, decodePartialMessage, encodePartialMessage } from './partial-codec.ts';

const VECTORS: readonly (readonly [title: string, PartialMessage, hex: string])[] = [
  [
    'blocks of two pieces, one of them with all 32',
    {
      kind: 'partials',
      held: [
        { piece: pieceIndex(258), blocks: 0b101 },
        { piece: pieceIndex(0xfffffffe), blocks: 0xffffffff },
      ],
    },
    '000000010200000005fffffffeffffffff',
  ],
  [
    'nothing of a piece any more',
    { kind: 'partials', held: [{ piece: pieceIndex(1), blocks: 0 }] },
    '000000000100000000',
  ],
  ['a request for digests', { kind: 'digests-request', piece: pieceIndex(258) }, '0100000102'],
  [
    'the digests of two blocks',
    { kind: 'digests', piece: pieceIndex(258), digests: bytesFromHex('0102030405060708ff02030405060708') },
    '02000001020102030405060708ff02030405060708',
  ],
  [
    'digests that are not at hand',
    { kind: 'digests', piece: pieceIndex(258), digests: new Uint8Array(0) },
    '0200000102',
  ],
];

test.each(VECTORS)('[W14] %s has these bytes, both ways', (_, message, hex) => {
  expect(hexFromBytes(encodePartialMessage(message))).toBe(hex);
  expect(decodePartialMessage(bytesFromHex(hex))).toEqual(message);
});

test('[W14] as many pieces and digests as the bounds allow are read, and not one more', () => {
  const partials = (count: number): unknown => decodePartialMessage(payloadOf(0, 8 * count));
  const digests = (count: number): unknown => decodePartialMessage(payloadOf(2, 4 + 8 * count));
  expect(partials(PARTIALS_MAX)).toHaveProperty('held.length', PARTIALS_MAX);
  expect(digests(PARTIAL_BLOCKS_MAX)).toHaveProperty('digests.byteLength', 8 * PARTIAL_BLOCKS_MAX);
  expect([partials(PARTIALS_MAX + 1), digests(PARTIAL_BLOCKS_MAX + 1)].map(isMalformed)).toEqual([true, true]);
});

test.each([
  ['of no piece', 0, 0],
  ['of half a piece', 0, 4],
  ['of a piece and a byte', 0, 9],
  ['that asks for nothing', 1, 0],
  ['that asks for less than a piece', 1, 3],
  ['that asks for a piece and a byte', 1, 5],
  ['with digests of nothing', 2, 0],
  ['with digests of less than a piece', 2, 3],
  ['with half a digest', 2, 8],
  ['with a digest and a byte', 2, 13],
])('[W14] a message %s is malformed', (_, type, bodyBytes) => {
  expect(decodePartialMessage(payloadOf(type, bodyBytes))).toMatchObject({ kind: 'malformed' });
});

test('[W14] a message without a type is malformed, and one of an unknown type is skipped, whatever it holds', () => {
  expect(decodePartialMessage(new Uint8Array(0))).toMatchObject({ kind: 'malformed' });
  for (const type of [3, 255]) expect(decodePartialMessage(payloadOf(type, 7))).toBeNull();
});

test('[W14] digests outlive the packet that they came in', () => {
  const packet = payloadOf(2, 12).fill(7, 5);
  const message = decodePartialMessage(packet);
  packet.fill(0);
  expect(message).toMatchObject({ digests: new Uint8Array(8).fill(7) });
});

function payloadOf(type: number, bodyBytes: number): Uint8Array {
  const payload = new Uint8Array(1 + bodyBytes);
  payload[0] = type;
  return payload;
}

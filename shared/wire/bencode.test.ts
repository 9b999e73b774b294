/** Proves that bencoding is read strictly, written canonically, and that no bytes make the reader throw or hang. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { type Bencoded, type Encodable, asDictionary, decodeBencode, encodeBencode, integerAt } from './bencode.ts';
import { BENCODE_VALUES_MAX } from './limits.ts';
import { isMalformed } from './malformed.ts';

const SEED = 20_260_102;

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

/** The decoded value in JSON's terms, byte strings as text; null when malformed. */
function decoded(text: string): unknown {
  const result = decodeBencode(bytes(text));
  return isMalformed(result) ? null : plain(result.value);
}

function plain(value: Bencoded): unknown {
  if (typeof value === 'number') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
  const dictionary = asDictionary(value);
  if (dictionary) return { dictionary: [...dictionary].map(([key, item]) => [key, plain(item)]) };
  return Array.from(value as readonly Bencoded[], plain);
}

test.each([
  ['i3e', 3],
  ['i-3e', -3],
  ['i0e', 0],
  ['4:spam', 'spam'],
  ['0:', ''],
  ['l4:spam4:eggse', ['spam', 'eggs']],
  ['le', []],
  [
    'd3:cow3:moo4:spam4:eggse',
    {
      dictionary: [
        ['cow', 'moo'],
        ['spam', 'eggs'],
      ],
    },
  ],
  ['d4:spaml1:a1:bee', { dictionary: [['spam', ['a', 'b']]] }],
  ['d9:__proto__i1ee', { dictionary: [['__proto__', 1]] }],
])('[M2] reads %s', (text, value) => {
  expect(decoded(text)).toEqual(value);
});

test.each([
  ['nothing', ''],
  ['a negative length', 'l-3:'],
  ['a length beyond the end', '4:abc'],
  ['a length beyond all bounds', '99999999999999999999999:a'],
  ['a length with a leading zero', '03:abc'],
  ['no length', ':abc'],
  ['an integer with a leading zero', 'i03e'],
  ['a negative zero', 'i-0e'],
  ['an empty integer', 'ie'],
  ['a fraction', 'i1.5e'],
  ['an integer without end', 'i12'],
  ['an integer of 21 digits', `i${'1'.repeat(21)}e`],
  ['a list without end', 'l1:a'],
  ['a key without value', 'd1:ae'],
  ['a key that is no string', 'di1ei2ee'],
  ['a key twice', 'd1:ai1e1:ai2ee'],
  ['a stray end', 'e'],
])('[M2] refuses %s', (_, text) => {
  expect(decoded(text)).toBeNull();
});

test('[M2] nesting and the number of values are bounded', () => {
  expect(decoded('l'.repeat(60) + 'e'.repeat(60))).not.toBeNull();
  expect(decoded('l'.repeat(100_000) + 'e'.repeat(100_000))).toBeNull();
  expect(decoded(`l${'0:'.repeat(BENCODE_VALUES_MAX)}e`)).toBeNull();
});

test('[M4] the end of the first value is told, for what stands behind it', () => {
  expect(decodeBencode(bytes('d8:msg_typei1eeDATA'))).toMatchObject({ end: 'd8:msg_typei1ee'.length });
});

test('an integer that JavaScript cannot hold exactly is read as none', () => {
  const result = decodeBencode(bytes('d1:ai9007199254740993e1:bi7ee'));
  const dictionary = isMalformed(result) ? null : asDictionary(result.value);
  expect(dictionary && [integerAt(dictionary, 'a'), integerAt(dictionary, 'b')]).toEqual([null, 7]);
});

test('[M1] keys are written in order, texts as UTF-8', () => {
  const text = Buffer.from(encodeBencode({ name: 'ä', length: 5, 'name.utf-8': 'b', list: [1, 'x'] })).toString();
  expect(text).toBe('d6:lengthi5e4:listli1e1:xe4:name2:ä10:name.utf-81:be');
});

test('[M1] every value survives the wire, and its end is found before any other bytes', () => {
  fc.assert(
    fc.property(encodables(), fc.uint8Array(), (value, rest) => {
      const encoded = encodeBencode(value);
      const result = decodeBencode(Uint8Array.from([...encoded, ...rest]));
      expect(result).toMatchObject({ end: encoded.byteLength });
      expect(isMalformed(result) ? null : encodeBencode(encodable(result.value))).toEqual(encoded);
    }),
    { seed: SEED },
  );
});

test('[W5] no bytes make the reader throw, and what it reads lies within them', () => {
  const letters = fc
    .array(fc.constantFrom(...'dlie:-0123456789a'.split('')), { maxLength: 60 })
    .map((list) => bytes(list.join('')));
  fc.assert(
    fc.property(fc.oneof(letters, fc.uint8Array()), (input) => {
      const result = decodeBencode(input);
      expect(isMalformed(result) ? 0 : result.end).toBeLessThanOrEqual(input.byteLength);
    }),
    { seed: SEED, numRuns: 2000 },
  );
});

function encodables(): fc.Arbitrary<Encodable> {
  return fc.letrec<{ value: Encodable }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.maxSafeInteger().map((integer) => integer + 0),
      fc.uint8Array(),
      fc.array(tie('value')),
      fc.dictionary(fc.stringMatching(/^[a-z _-]{0,12}$/), tie('value')),
    ),
  })).value;
}

function encodable(value: Bencoded): Encodable {
  if (typeof value === 'number' || value instanceof Uint8Array) return value;
  const dictionary = asDictionary(value);
  if (dictionary) return Object.fromEntries([...dictionary].map(([key, item]) => [key, encodable(item)]));
  return Array.from(value as readonly Bencoded[], encodable);
}

/** Proves that the 20-byte names are parsed, spelled and made as BEP 3 and BEP 20 have them. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { seededRandom } from '../base/random.ts';
import { idBytes, newPeerId, parseInfoHash, parsePeerId, peerIdFromBytes } from './ids.ts';

const SEED = 20_260_109;
const HEX = '0123456789abcdef0123456789abcdef01234567';

test('an id is 40 hexadecimal digits of either case, and nothing else', () => {
  expect([parseInfoHash(HEX), parsePeerId(HEX.toUpperCase())]).toEqual([HEX, HEX]);
  for (const text of ['', HEX.slice(1), `${HEX}0`, `${HEX}\n`, ` ${HEX.slice(1)}`, `g${HEX.slice(1)}`]) {
    expect(parseInfoHash(text)).toBeNull();
  }
});

test('ids compare as their bytes do', () => {
  const ids = fc.uint8Array({ minLength: 20, maxLength: 20 });
  fc.assert(
    fc.property(ids, ids, (a, b) => {
      const [idA, idB] = [peerIdFromBytes(a), peerIdFromBytes(b)];
      expect(Math.sign(Buffer.compare(a, b))).toBe(Number(idA > idB) - Number(idA < idB));
      expect(idBytes(idA)).toEqual(a);
    }),
    { seed: SEED },
  );
});

test('[W1] a new peer id names client and version, then twelve characters by chance', () => {
  const random = seededRandom(1);
  const texts = [newPeerId(random), newPeerId(random)].map((id) => Buffer.from(idBytes(id)).toString());
  expect(texts[0]).toMatch(/^-TS0100-[0-9A-Za-z]{12}$/);
  expect(texts[0]).not.toBe(texts[1]);
});

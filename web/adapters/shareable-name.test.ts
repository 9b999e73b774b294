/** Any name a file can have becomes one that a metainfo can hold. */
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { shareableName } from './shareable-name.ts';

test.each(['report.pdf', 'Übung 3 – Lösung.txt', 'ملف.zip', '写真.jpg', '🎼.mid', '.profile'])(
  '%s stays as it is',
  (name) => {
    expect(shareableName(name)).toBe(name);
  },
);

test('folders and control characters are taken out', () => {
  expect(shareableName('a/b\\c\u0000d\ne')).toBe('a_b_c_d_e');
});

test.each(['', '.', '..'])('%j, which names no file, becomes one', (name) => {
  expect(shareableName(name)).toBe('file');
});

test('a long name loses its middle, never its ending nor half a character', () => {
  const short = shareableName(`${'写'.repeat(200)}.tar`);
  expect(short).toMatch(/^写+\.tar$/u);
  expect(new TextEncoder().encode(short).byteLength).toBe(253);
});

test('every name fits, and is unchanged when it is asked for again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
      const fitting = shareableName(name);
      expect(new TextEncoder().encode(fitting).byteLength).toBeLessThanOrEqual(255);
      expect(fitting).not.toMatch(/[/\\\p{Cc}]/u);
      expect(fitting).not.toBe('');
      expect(shareableName(fitting)).toBe(fitting);
    }),
    { seed: 4711, numRuns: 500 },
  );
});

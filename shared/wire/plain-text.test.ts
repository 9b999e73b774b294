/** Proves that names and texts of strangers cannot harm a file system or deceive a reader. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { FILE_NAME_BYTES_MAX } from './limits.ts';
import { diskFileName, numberedFileName, plainText, safeFileName } from './plain-text.ts';

const SEED = 20_260_103;

test.each([
  ['report.pdf', 'report.pdf'],
  ['отчёт за год.pdf', 'отчёт за год.pdf'],
  ['报告 👩‍👩‍👧.txt', '报告 👩‍👩‍👧.txt'],
  ['تقرير.zip', 'تقرير.zip'],
  ['.profile', '.profile'],
  ['../../etc/passwd', '.._.._etc_passwd'],
  [String.raw`C:\boot.ini`, 'C:_boot.ini'],
  ['a\u0000b\nc\u007f', 'abc'],
  ['photo\u202egpj.exe', 'photogpj.exe'],
  ['half\ud83d', 'half\ufffd'],
  ['', 'file'],
  ['.', 'file'],
  ['..', 'file'],
])('[M3] the name %j is made %j', (name, safe) => {
  expect(safeFileName(name)).toBe(safe);
});

test('[M3] a long name loses the end of its stem, not its extension, and no half character', () => {
  const name = safeFileName(`${'ü'.repeat(300)}.tar.gz`);
  expect(name).toBe(`${'ü'.repeat(126)}.gz`);
});

test('[M3] every name becomes a safe one, and a safe one stays', () => {
  fc.assert(
    fc.property(fc.oneof(anyText(0, 400), longNames()), (name) => {
      const safe = safeFileName(name);
      expect(new TextEncoder().encode(safe).byteLength).toBeLessThanOrEqual(FILE_NAME_BYTES_MAX);
      expect(safe).toMatch(/^[^/\\\u0000-\u001f\u007f]+$/);
      expect(safe).not.toMatch(/^\.*$/);
      expect(safeFileName(safe)).toBe(safe);
      for (const other of [diskFileName(safe), numberedFileName(safe, 20_000)]) {
        expect(new TextEncoder().encode(other).byteLength).toBeLessThanOrEqual(FILE_NAME_BYTES_MAX);
        expect(safeFileName(other)).toBe(other);
      }
      expect(diskFileName(diskFileName(safe))).toBe(diskFileName(safe));
    }),
    { seed: SEED, numRuns: 200 },
  );
});

test.each([
  ['report.pdf', 'report.pdf'],
  ['여름 휴가.jpg', '여름 휴가.jpg'],
  ['con', '_con'],
  ['Aux.tar.gz', '_Aux.tar.gz'],
  ['lpt1 .txt', '_lpt1 .txt'],
  ['console', 'console'],
  ['what?.txt', 'what_.txt'],
  ['C:_boot.ini', 'C__boot.ini'],
  ['ends. .', 'ends___'],
])('[M8] on disk, %j is called %j', (name, onDisk) => {
  expect(diskFileName(name)).toBe(onDisk);
});

test('[M8] a number stands before the extension, and long names make room for it', () => {
  expect(numberedFileName('photo.jpg', 2)).toBe('photo (2).jpg');
  expect(numberedFileName('.profile', 3)).toBe('.profile (3)');
  expect(numberedFileName(`${'ü'.repeat(125)}.jpg`, 12)).toBe(`${'ü'.repeat(123)} (12).jpg`);
});

test('text to be shown is cut, and shows what it is', () => {
  expect(plainText('qBittorrent/5.0\u202e\u0007', 64)).toBe('qBittorrent/5.0');
  expect(plainText('👍'.repeat(50), 3)).toBe('👍👍👍');
});

function longNames(): fc.Arbitrary<string> {
  const parts = fc.array(fc.constantFrom('.', 'a', 'ß', '界', '👍', '..', ' '), { minLength: 200, maxLength: 400 });
  return parts.map((list) => list.join(''));
}

/** Text of any characters, halves of characters included. */
function anyText(minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.array(fc.nat(0x10ffff), { minLength, maxLength }).map((codes) => String.fromCodePoint(...codes));
}

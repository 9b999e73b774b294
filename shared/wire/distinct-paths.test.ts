/** Proves that no two files of a torrent fall on one another, and none on a folder, whatever a stranger calls them. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { distinctPaths } from './distinct-paths.ts';
import { diskFileName, safeFileName } from './plain-text.ts';

const SEED = 20_260_111;

/** Paths as text with slashes. */
const distinct = (...paths: string[]): string[] =>
  distinctPaths(paths.map((path) => path.split('/'))).map((path) => path.join('/'));

test('[M8] safe paths that differ stay as they are', () => {
  const paths = ['a.txt', 'b/a.txt', 'b/c/a.txt', 'B2/여름.jpg'];
  expect(distinct(...paths)).toEqual(paths);
});

test('[M8] no part of a path leads out of the folder, deceives or hides', () => {
  expect(distinct('../../etc/passwd', '/root', 'a\\b/.', 'x\u202egpj.exe')).toEqual([
    'file/file/etc/passwd',
    'file/root',
    'a_b/file',
    'xgpj.exe',
  ]);
});

test('[M8] a file in a taken place gets a number, also where a disk takes two names for one', () => {
  expect(distinct('a.txt', 'A.TXT', 'a.txt', 'a (2).txt')).toEqual([
    'a.txt',
    'A (2).TXT',
    'a (3).txt',
    'a (2) (2).txt',
  ]);
  expect(distinct('a?', 'a_', 'u\u0308', 'ü')).toEqual(['a?', 'a_ (2)', 'u\u0308', 'ü (2)']);
});

test('[M8] a file makes way for a folder of its name', () => {
  expect(distinct('a', 'A/b', 'c/d', 'c')).toEqual(['a (2)', 'A/b', 'c/d', 'c (2)']);
});

test('[M8] paths of any kind become safe and distinct ones, and those stay', () => {
  const part = fc.oneof(fc.constantFrom('a', 'A', 'a (2)', '..', '.', '', 'ü', 'u\u0308', 'con', 'x.txt'), fc.string());
  const paths = fc.array(fc.array(part, { minLength: 1, maxLength: 3 }), { maxLength: 30 });
  fc.assert(
    fc.property(paths, (wild) => {
      const tame = distinctPaths(wild);
      expect(tame.map((path) => path.length)).toEqual(wild.map((path) => path.length));
      expect(tame.flat().every((name) => safeFileName(name) === name)).toBe(true);
      const places = tame.map(placeOf);
      expect(new Set(places).size).toBe(places.length);
      const folders = new Set(
        tame.flatMap((path) => path.slice(1).map((_, depth) => placeOf(path.slice(0, depth + 1)))),
      );
      expect(places.filter((place) => folders.has(place))).toEqual([]);
      expect(distinctPaths(tame)).toEqual(tame);
    }),
    { seed: SEED, numRuns: 500 },
  );
});

test('[M8] twenty thousand files of one name are told apart in no time', () => {
  const last = distinctPaths(Array.from({ length: 20_000 }, () => ['deep', 'a.txt'])).at(-1);
  expect(last).toEqual(['deep', 'a (20000).txt']);
});

/** Where a disk puts it that knows neither case nor forms of Unicode. */
const placeOf = (path: readonly string[]): string =>
  path.map((name) => diskFileName(name).normalize('NFC').toLowerCase()).join('/');

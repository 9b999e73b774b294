/** File names of strangers, made fit to be shown. */
import { expect, test } from 'vitest';

import { shownName } from './file-name.tsx';

test.each([
  ['holiday.mp4', 'holiday.mp4'],
  ['여름방학 동영상.mp4', '여름방학 동영상.mp4'],
  [`${'a'.repeat(60)}${'b'.repeat(40)}.tar.gz`, `${'a'.repeat(60)}bbb…bbbbbbbbb.tar.gz`],
  ['🎉'.repeat(81), `${'🎉'.repeat(63)}…${'🎉'.repeat(16)}`],
])('%s shows as %s', (name, shown) => {
  expect(shownName(name)).toBe(shown);
});

test('a name cannot hide its ending by turning the direction of writing', () => {
  expect(shownName('photo\u202egnp.exe')).toBe('photognp.exe');
});

/** What becomes of the files that a person has put together. */
import { expect, test } from 'vitest';

import { type PickedFile, addFiles, commonFolder, removeFiles, sharedFiles, totalBytes } from './shared-files.ts';

const picked = (path: string, text = ''): PickedFile => ({ path: path.split('/'), file: new File([text], 'x') });
const paths = (files: readonly PickedFile[]): string[] => files.map(({ path }) => path.join('/'));

test('files are in the order of their paths, however they were chosen', () => {
  const files = addFiles([picked('b'), picked('a/z')], [picked('a/b/c'), picked('A')]);
  expect(paths(files)).toEqual(['A', 'a/b/c', 'a/z', 'b']);
});

test('what is chosen again takes the place of what was there', () => {
  const files = addFiles([picked('a', 'old')], [picked('a', 'newer')]);
  expect([paths(files), totalBytes(files)]).toEqual([['a'], 5]);
});

test('a lone file is shared as it is', () => {
  expect(sharedFiles([picked('a.txt')], 'anything')).toMatchObject({ name: 'a.txt', isFolder: false });
});

test('of a lone folder its content is shared, under its name or another', () => {
  const files = [picked('trip/a.jpg'), picked('trip/day 2/b.jpg')];
  expect(commonFolder(files)).toBe('trip');
  const shared = sharedFiles(files, 'holiday');
  expect([shared.name, shared.isFolder, paths(shared.files)]).toEqual(['holiday', true, ['a.jpg', 'day 2/b.jpg']]);
});

test('a folder with one file in it is shared as a folder', () => {
  expect(sharedFiles([picked('trip/a.jpg')], 'trip')).toMatchObject({ name: 'trip', isFolder: true });
});

test('files from several places stay in their folders', () => {
  const files = [picked('trip/a.jpg'), picked('b.jpg')];
  expect(commonFolder(files)).toBeNull();
  expect(paths(sharedFiles(files, 'all').files)).toEqual(['b.jpg', 'trip/a.jpg']);
});

test('files are taken out again', () => {
  expect(paths(removeFiles([picked('a'), picked('b'), picked('c')], new Set([0, 2])))).toEqual(['b']);
  expect(commonFolder([])).toBeNull();
});

/** The tree that a list of paths makes. */
import { expect, test } from 'vitest';

import { type TreeNode, fileTree, numbersOf } from './file-tree.ts';

/** Folders as `name(…)`, files as `name:number`. */
const drawn = (node: TreeNode): string =>
  node.kind === 'file' ? `${node.name}:${node.number}` : `${node.name}(${node.children.map(drawn).join(' ')})`;

const treeOf = (...paths: string[]) => fileTree(paths.map((path, length) => ({ path: path.split('/'), length })));

test('folders come first, and names in the order in which people count', () => {
  expect(drawn(treeOf('b', 'a/10', 'a/2', 'c/d/e', 'a/9/x'))).toBe('(a(9(x:4) 2:2 10:1) c(d(e:3)) b:0)');
});

test('a folder knows which files are below it, and how large they are together', () => {
  const tree = treeOf('b', 'a/x', 'c', 'a/y/z');
  const [folder] = tree.children;
  expect([numbersOf(folder), folder.length, tree.length]).toEqual([[1, 3], 4, 6]);
});

test('nothing is an empty folder', () => {
  expect(drawn(fileTree([]))).toBe('()');
});

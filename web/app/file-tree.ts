/** Files with paths as a tree of folders, for a screen. */
import type { FilePath } from '../../shared/wire/distinct-paths.ts';

export type TreeNode = TreeFile | TreeFolder;

export interface TreeFile {
  readonly kind: 'file';
  readonly name: string;
  /** In bytes. */
  readonly length: number;
  /** Its place in the list that the tree was made of. */
  readonly number: number;
}

export interface TreeFolder {
  readonly kind: 'folder';
  readonly name: string;
  /** Of all files below it, in bytes. */
  readonly length: number;
  /** Of all files below it. */
  readonly numbers: readonly number[];
  /** Folders first, each kind by name, as people count: 2 before 10. */
  readonly children: readonly TreeNode[];
}

/** What is listed. */
export interface TreeItem {
  readonly path: FilePath;
  readonly length: number;
}

/** The folder, without a name of its own, in which all these lie. */
export function fileTree(items: readonly TreeItem[]): TreeFolder {
  // Made here, since the first of a page takes 20 ms, for which every link would wait.
  const byName = new Intl.Collator(undefined, { numeric: true });
  return folderOf(
    '',
    items.map((_, number) => number),
    { items, depth: 0, compare: (a, b) => byName.compare(a.name, b.name) },
  );
}

/** The files that a node stands for. */
export const numbersOf = (node: TreeNode): readonly number[] => (node.kind === 'file' ? [node.number] : node.numbers);

interface Listing {
  readonly items: readonly TreeItem[];
  readonly depth: number;
  readonly compare: (a: TreeNode, b: TreeNode) => number;
}

/** All of `numbers` lie in this folder, whose depth is that of their next name. */
function folderOf(name: string, numbers: readonly number[], { items, depth, compare }: Listing): TreeFolder {
  const folders = new Map<string, number[]>();
  const files: TreeFile[] = [];
  for (const number of numbers) {
    const { path, length } = items[number];
    if (depth === path.length - 1) files.push({ kind: 'file', name: path[depth], length, number });
    else if (folders.get(path[depth])?.push(number) === undefined) folders.set(path[depth], [number]);
  }
  const inner = Array.from(folders, ([folder, own]) => folderOf(folder, own, { items, depth: depth + 1, compare }));
  return {
    kind: 'folder',
    name,
    length: numbers.reduce((sum, number) => sum + items[number].length, 0),
    numbers,
    children: [...inner.sort(compare), ...files.sort(compare)],
  };
}

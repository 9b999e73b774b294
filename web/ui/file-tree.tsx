/** A tree of files with their sizes. Folders open and close; what is closed is not drawn, so that thousands of files cost little. */
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { TreeFolder, TreeNode } from '../app/file-tree.ts';
import { FileName } from './file-name.tsx';
import { formatBytes } from './format.ts';
import { addEnglish, say } from './language.ts';
import { enOfFiles } from './messages/en-files.ts';

// All that shows files shows them in a tree.
addEnglish(enOfFiles);

export interface FileTreeProps {
  readonly root: TreeFolder;
  /** What stands before a name, such as a box to tick. */
  readonly before?: (node: TreeNode, key: string) => ComponentChildren;
  /** What stands after its size, such as a button. */
  readonly after?: (node: TreeNode, key: string) => ComponentChildren;
}

/** Up to so many files, all folders are open at first. */
const OPEN_FILES_MAX = 30;

/** Rows drawn of one folder; the rest is counted. */
const ROWS_MAX = 500;

export function FileTree({ root, ...slots }: FileTreeProps): JSX.Element {
  return <Rows folder={root} place="" isOpenAtFirst={root.numbers.length <= OPEN_FILES_MAX} {...slots} />;
}

interface RowsProps extends Omit<FileTreeProps, 'root'> {
  readonly folder: TreeFolder;
  /** Names of the folders down to this one, which make ids of elements. */
  readonly place: string;
  readonly isOpenAtFirst: boolean;
}

function Rows({ folder, place, ...props }: RowsProps): JSX.Element {
  const more = folder.children.length - ROWS_MAX;
  return (
    <ul class="tree">
      {folder.children.slice(0, ROWS_MAX).map((node) => (
        <Row key={`${node.kind} ${node.name}`} node={node} place={`${place}/${node.name}`} {...props} />
      ))}
      {more > 0 && <li class="hint">{say('tree.more', { count: more })}</li>}
    </ul>
  );
}

function Row({ node, ...props }: Omit<RowsProps, 'folder'> & { readonly node: TreeNode }): JSX.Element {
  const [isOpen, setIsOpen] = useState(props.isOpenAtFirst);
  const { place, before, after } = props;
  return (
    <li>
      <div class="tree-row">
        {before?.(node, place)}
        <span class="tree-name">
          {node.kind === 'folder' ? (
            <button class="tree-folder" type="button" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
              <FileName name={node.name} />
            </button>
          ) : (
            <FileName name={node.name} />
          )}
        </span>
        <span class="tree-end">
          <span class="hint tree-size">{formatBytes(node.length)}</span>
          {after?.(node, place)}
        </span>
      </div>
      {node.kind === 'folder' && isOpen && <Rows {...props} folder={node} />}
    </li>
  );
}

/** The files of a swarm: which there are, which are wanted and come first, how much of each is here, and what one can do with it. */
import type { ComponentChildren, JSX } from 'preact';
import { useMemo } from 'preact/hooks';

import { type Choice, putFirst, want } from '../app/choice.ts';
import { type TreeNode, fileTree, numbersOf } from '../app/file-tree.ts';
import type { SaveWish } from '../app/saving.ts';
import type { SwarmFiles } from '../app/session.ts';
import { shownName } from './file-name.tsx';
import { FileTree } from './file-tree.tsx';
import { formatWholePercent } from './format.ts';
import { say } from './language.ts';
import { SaveButton, type SaveButtonProps } from './save-button.tsx';

export interface FilesPanelProps {
  readonly files: SwarmFiles;
  /** Fetches others. null when nothing is fetched: the person shares. */
  readonly onChoose: ((choice: Choice) => void) | null;
  /** Saves one file; null when the person has the files already. */
  readonly save:
    | ((wish: SaveWish, options: Parameters<SaveButtonProps['save']>[0]) => ReturnType<SaveButtonProps['save']>)
    | null;
}

export function FilesPanel({ files: { files, choice }, onChoose, save }: FilesPanelProps): JSX.Element {
  // Paths and sizes never change, whatever else does.
  const root = useMemo(() => fileTree(files), [files.length]);
  const box = (node: TreeNode): ComponentChildren =>
    onChoose !== null && (
      <FetchBox node={node} choice={choice} onWant={(isWanted) => onChoose(want(choice, numbersOf(node), isWanted))} />
    );
  const state = (node: TreeNode): ComponentChildren => {
    if (node.kind === 'folder') return null;
    const { length, storedBytes, isWanted, turn } = files[node.number];
    const isHere = isWanted && storedBytes === length;
    return (
      <>
        {onChoose !== null && isWanted && (
          <span class="hint tree-size">{isHere ? say('files.here') : percentOf(storedBytes, length)}</span>
        )}
        {onChoose !== null && isWanted && !isHere && (
          <button
            class="button button-small"
            type="button"
            aria-label={say('files.fetchFirst', { name: shownName(node.name) })}
            aria-pressed={turn === 1}
            onClick={() => onChoose(putFirst(choice, [node.number]))}
          >
            {turn === null ? say('files.first') : say('files.turn', { turn })}
          </button>
        )}
        {save !== null && isHere && (
          <SaveButton
            label={say('files.save')}
            name={say('files.saveFile', { name: shownName(node.name) })}
            look="small"
            length={length}
            save={(options) => save({ kind: 'file', number: node.number }, options)}
          />
        )}
      </>
    );
  };
  return (
    <section class="card" aria-labelledby="files-title">
      <h2 id="files-title" class="subtitle">
        {say('files.title', { count: files.length })}
      </h2>
      <FileTree root={root} before={box} after={state} />
    </section>
  );
}

interface FetchBoxProps {
  readonly node: TreeNode;
  readonly choice: Choice;
  readonly onWant: (isWanted: boolean) => void;
}

/** A folder's box is ticked when all in it is wanted, and in between when some is. */
function FetchBox({ node, choice, onWant }: FetchBoxProps): JSX.Element {
  const numbers = numbersOf(node);
  const wanted = numbers.filter((number) => choice.wanted.has(number)).length;
  return (
    <input
      class="tree-box"
      type="checkbox"
      aria-label={say('files.fetch', { name: shownName(node.name) })}
      checked={wanted === numbers.length}
      ref={(box) => {
        if (box !== null) box.indeterminate = wanted > 0 && wanted < numbers.length;
      }}
      onChange={(event) => onWant(event.currentTarget.checked)}
    />
  );
}

const percentOf = (part: number, whole: number): string => formatWholePercent(whole === 0 ? 100 : (part / whole) * 100);

/** The files of a swarm: which there are, which are wanted and come first, how much of each is here, and what one can do with it. */
import type { ComponentChildren, JSX } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';

import { type Choice, type FileView, putFirst, want } from '../app/choice.ts';
import { type TreeFile, type TreeNode, fileTree, numbersOf } from '../app/file-tree.ts';
import { type Look, lookOf } from '../app/look.ts';
import type { SaveWish } from '../app/saving.ts';
import type { SwarmFiles } from '../app/swarm-content.ts';
import { shownName } from './file-name.tsx';
import { FileTree } from './file-tree.tsx';
import { formatWholePercent } from './format.ts';
import { say } from './language.ts';
import { type Looking, LookPanel } from './look-panel.tsx';
import { SaveButton, type SaveButtonProps } from './save-button.tsx';

export interface FilesPanelProps {
  readonly files: SwarmFiles;
  /** Fetches others. */
  readonly onChoose: (choice: Choice) => void;
  /** Saves one file, or several. */
  readonly save: (
    wish: SaveWish,
    options: Parameters<SaveButtonProps['save']>[0],
  ) => ReturnType<SaveButtonProps['save']>;
  readonly looking: Looking;
  /** The person shares: all of it is here already, and is not fetched. */
  readonly isOwn: boolean;
}

export function FilesPanel(props: FilesPanelProps): JSX.Element {
  const { files, choice } = props.files;
  const [lookedAt, setLookedAt] = useState<number | null>(null);
  /** What was pressed to look at it, where the keyboard goes back to. */
  const opener = useRef<Element | null>(null);
  // Paths and sizes never change, whatever else does.
  const root = useMemo(() => fileTree(files), [files.length]);
  const lookAt = (number: number): void => {
    opener.current = document.activeElement;
    setLookedAt(number);
    if (!files[number].isWanted || !isHere(files[number])) props.onChoose(putFirst(choice, [number]));
  };
  const close = (): void => {
    setLookedAt(null);
    if (opener.current instanceof HTMLElement) opener.current.focus();
  };
  const box = (node: TreeNode): ComponentChildren =>
    !props.isOwn &&
    props.files.isFolder && (
      <FetchBox
        node={node}
        choice={choice}
        onWant={(isWanted) => props.onChoose(want(choice, numbersOf(node), isWanted))}
      />
    );
  const state = (node: TreeNode): ComponentChildren =>
    !props.isOwn && node.kind === 'file' && <FileState {...props} node={node} onLook={() => lookAt(node.number)} />;
  return (
    <section class="card" aria-labelledby="files-title">
      <h2 id="files-title" class="subtitle">
        {say('files.title', { count: files.length })}
      </h2>
      {lookedAt !== null && <LookedAt {...props} number={lookedAt} onClose={close} />}
      <FileTree root={root} before={box} after={state} />
    </section>
  );
}

interface LookedAtProps extends Pick<FilesPanelProps, 'files' | 'looking'> {
  readonly number: number;
  readonly onClose: () => void;
}

function LookedAt({ files: { files }, looking, number, onClose }: LookedAtProps): JSX.Element | null {
  const file = files[number];
  const name = nameOf(file);
  const look = lookOf(name);
  if (look === null) return null;
  return (
    <LookPanel
      {...looking}
      key={number}
      number={number}
      name={name}
      look={look}
      length={file.length}
      isHere={isHere(file)}
      progress={progressOf(file)}
      onClose={onClose}
    />
  );
}

interface FileStateProps extends Pick<FilesPanelProps, 'files' | 'onChoose' | 'save'> {
  readonly node: TreeFile;
  readonly onLook: () => void;
}

/** How far one file is, and what can be done with it. */
function FileState({ files: { files, choice, isFolder }, node, onChoose, save, onLook }: FileStateProps): JSX.Element {
  const file = files[node.number];
  const name = shownName(node.name);
  const look = lookOf(node.name);
  return (
    <>
      {file.isWanted && <span class="hint tree-size">{isHere(file) ? say('files.here') : progressOf(file)}</span>}
      {isFolder && file.isWanted && !isHere(file) && (
        <button
          class="button button-small"
          type="button"
          aria-label={say('files.fetchFirst', { name })}
          aria-pressed={file.turn === 1}
          onClick={() => onChoose(putFirst(choice, [node.number]))}
        >
          {file.turn === null ? say('files.first') : say('files.turn', { turn: file.turn })}
        </button>
      )}
      {look !== null && <LookButton look={look} name={name} onLook={onLook} />}
      {isFolder && file.isWanted && isHere(file) && (
        <SaveButton
          label={say('files.save')}
          name={say('files.saveFile', { name })}
          look="small"
          length={file.length}
          save={(options) => save({ kind: 'file', number: node.number }, options)}
        />
      )}
    </>
  );
}

function LookButton({ look, name, onLook }: { look: Look; name: string; onLook: () => void }): JSX.Element {
  const isPlayed = look.kind === 'video' || look.kind === 'audio';
  return (
    <button
      class="button button-small"
      type="button"
      aria-label={isPlayed ? say('look.playFile', { name }) : say('look.showFile', { name })}
      onClick={onLook}
    >
      {isPlayed ? say('look.play') : say('look.show')}
    </button>
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

const isHere = ({ storedBytes, length }: FileView): boolean => storedBytes === length;

const nameOf = ({ path }: FileView): string => path[path.length - 1];

const progressOf = ({ storedBytes, length }: FileView): string =>
  formatWholePercent(length === 0 ? 100 : (storedBytes / length) * 100);

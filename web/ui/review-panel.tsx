/** What is going to be shared, to look over before its link is made: names, folders and sizes; more is added, some taken out. */
import type { JSX } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';

import { fileTree, numbersOf } from '../app/file-tree.ts';
import { type PickedFile, commonFolder, removeFiles, totalBytes } from '../app/shared-files.ts';
import { type FileChooserProps, Picker } from './file-chooser.tsx';
import { shownName } from './file-name.tsx';
import { FileTree } from './file-tree.tsx';
import { formatBytes } from './format.ts';
import { say } from './language.ts';
import { StateLine } from './state-line.tsx';

export interface ReviewPanelProps extends FileChooserProps {
  /** At least one; `onFiles` adds to them. */
  readonly files: readonly PickedFile[];
  /** These are left, perhaps none. */
  readonly onKeep: (files: readonly PickedFile[]) => void;
  readonly onShare: (name: string) => void;
}

export function ReviewPanel({ files, onKeep, onShare, ...chooser }: ReviewPanelProps): JSX.Element {
  const [typedName, setTypedName] = useState<string | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const root = useMemo(() => fileTree(files.map(({ path, file }) => ({ path, length: file.size }))), [files]);
  const isLone = files.length === 1 && files[0].path.length === 1;
  const name = typedName ?? nameFor(files);
  return (
    <section class="card" aria-label={say('review.region')}>
      <StateLine tone="still" word={say('review.word')} />
      <h1 class="title" ref={title} tabIndex={-1}>
        {say('review.title', { count: files.length, size: formatBytes(totalBytes(files)) })}
      </h1>
      {!isLone && (
        <label class="field">
          {say('review.folderName')}
          <input
            type="text"
            value={name}
            maxLength={100}
            onInput={(event) => setTypedName(event.currentTarget.value)}
          />
        </label>
      )}
      <FileTree
        root={root}
        after={(node) => (
          <button
            class="button button-small"
            type="button"
            aria-label={say('review.removeFile', { name: shownName(node.name) })}
            onClick={() => {
              onKeep(removeFiles(files, new Set(numbersOf(node))));
              // The button goes with its row: what is left is what comes next, to see and to hear.
              title.current?.focus();
            }}
          >
            {say('review.remove')}
          </button>
        )}
      />
      <div class="buttons">
        <button class="button button-first" type="button" onClick={() => onShare(name.trim() || nameFor(files))}>
          {say('review.share')}
        </button>
        <Picker {...chooser} label={say('review.addFiles')} isFirst={false} multiple />
        {chooser.canPickFolders && (
          <Picker {...chooser} label={say('review.addFolder')} isFirst={false} webkitdirectory />
        )}
        <button class="button" type="button" onClick={() => onKeep([])}>
          {say('review.cancel')}
        </button>
      </div>
    </section>
  );
}

/** That of the folder they lie in, else of the first file, so that equal choices give equal links. */
function nameFor(files: readonly PickedFile[]): string {
  const [first] = files[0].path;
  return commonFolder(files) ?? `${first.replace(/(?<=.)\.[^.]{1,15}$/, '')} + ${files.length - 1}`;
}

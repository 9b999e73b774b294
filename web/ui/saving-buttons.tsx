/** How all that is wanted is saved, once it is here. */
import type { JSX } from 'preact';

import type { SaveWish } from '../app/saving.ts';
import type { SwarmFiles } from '../app/swarm-content.ts';
import type { SwarmView } from '../app/swarm-view.ts';
import type { FilesPanelProps } from './files-panel.tsx';
import { sayWith } from './language.ts';
import { SaveButton, nameOnButton } from './save-button.tsx';

export interface SavingButtonsProps {
  readonly view: SwarmView;
  readonly save: FilesPanelProps['save'];
  /** Whether there is a picker for folders. */
  readonly canSaveFolder: boolean;
  readonly files: SwarmFiles;
  /** Saving is the one obvious thing to do. */
  readonly isFirst: boolean;
}

/** A lone file is saved as it is; a folder as one where the browser can, and as an archive. */
export function SavingButtons({ view, files, isFirst, canSaveFolder, save }: SavingButtonsProps): JSX.Element {
  const { name, length } = view;
  const button = (wish: SaveWish, label: (string | JSX.Element)[], isObvious: boolean): JSX.Element => (
    <SaveButton
      label={label}
      look={isObvious ? 'first' : 'plain'}
      length={length ?? 0}
      save={(options) => save(wish, options)}
    />
  );
  const shown = nameOnButton(name ?? '');
  if (!files.isFolder) return button({ kind: 'file', number: 0 }, sayWith('save.save', { name: shown }), isFirst);
  return (
    <>
      {canSaveFolder && button({ kind: 'folder' }, sayWith('save.folder', { name: shown }), isFirst)}
      {button({ kind: 'zip' }, sayWith('save.zip', { name: nameOnButton(`${name}.zip`) }), isFirst && !canSaveFolder)}
    </>
  );
}

/** The ways in: buttons that open the file picker. Dropping works on the whole window, so this only says that it does. */
import type { JSX, TargetedEvent, TargetedKeyboardEvent } from 'preact';

import type { PickedFile } from '../app/shared-files.ts';
import { say } from './language.ts';

export interface FileChooserProps {
  /** What was chosen in a picker. */
  readonly pickedFrom: (input: HTMLInputElement) => readonly PickedFile[];
  /** Whether there is a picker for folders. */
  readonly canPickFolders: boolean;
  readonly onFiles: (files: readonly PickedFile[]) => void;
}

export function FileChooser({ canPickFolders, ...props }: FileChooserProps): JSX.Element {
  return (
    <div class="chooser">
      <div class="buttons">
        <Picker {...props} label={say('home.chooseFiles')} isFirst={true} multiple />
        {canPickFolders && <Picker {...props} label={say('home.chooseFolder')} isFirst={false} webkitdirectory />}
      </div>
      <p class="hint">{say('home.orDrop')}</p>
    </div>
  );
}

export interface PickerProps extends Pick<FileChooserProps, 'pickedFrom' | 'onFiles'> {
  readonly label: string;
  /** The one obvious thing to do. */
  readonly isFirst: boolean;
  readonly multiple?: boolean;
  readonly webkitdirectory?: boolean;
}

/** A button that opens a picker. */
export function Picker({ label, isFirst, pickedFrom, onFiles, ...kind }: PickerProps): JSX.Element {
  const choose = (event: TargetedEvent<HTMLInputElement>): void => {
    const input = event.currentTarget;
    const files = pickedFrom(input);
    // Choosing the same file again is to count as a choice again.
    input.value = '';
    if (files.length > 0) onFiles(files);
  };
  // Browsers open the picker on Space; on Enter not always, and it looks like a button.
  const openOnEnter = (event: TargetedKeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    event.currentTarget.click();
  };
  return (
    <label class={`button ${isFirst ? 'button-first' : ''}`}>
      {label}
      <input class="visually-hidden" type="file" onChange={choose} onKeyDown={openOnEnter} {...kind} />
    </label>
  );
}

/** The way in: a button that opens the file picker. Dropping works on the whole window, so this only says that it does. */
import type { JSX, TargetedEvent, TargetedKeyboardEvent } from 'preact';

export function FileChooser({ onFile }: { readonly onFile: (file: File) => void }): JSX.Element {
  const choose = (event: TargetedEvent<HTMLInputElement>): void => {
    const input = event.currentTarget;
    const file = input.files?.[0];
    // Choosing the same file again is to count as a choice again.
    input.value = '';
    if (file !== undefined) onFile(file);
  };
  // Browsers open the picker on Space; on Enter not always, and it looks like a button.
  const openOnEnter = (event: TargetedKeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    event.currentTarget.click();
  };
  return (
    <div class="chooser">
      <label class="button button-first">
        Choose a file
        <input class="visually-hidden" type="file" onChange={choose} onKeyDown={openOnEnter} />
      </label>
      <p class="hint">or drop it anywhere on this page</p>
    </div>
  );
}

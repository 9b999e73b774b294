/** Files, images and texts pasted anywhere on the page, except into a field. */
import { useEffect } from 'preact/hooks';

import type { PickedFile } from '../app/shared-files.ts';

/** Calls `onFiles` with what was pasted, if it can be shared. */
export function usePaste(
  pastedFrom: (transfer: DataTransfer) => readonly PickedFile[],
  onFiles: (files: readonly PickedFile[]) => void,
): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      if (event.clipboardData === null || isField(event.target)) return;
      const files = pastedFrom(event.clipboardData);
      if (files.length === 0) return;
      event.preventDefault();
      onFiles(files);
    };
    addEventListener('paste', paste);
    return () => removeEventListener('paste', paste);
  }, [pastedFrom, onFiles]);
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, [contenteditable]') !== null;

/** Files dropped anywhere on the window. */
import { useEffect, useState } from 'preact/hooks';

/** What was dropped, or why it cannot be shared, for a person. */
export type Dropped =
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'refused'; readonly reason: string };

const ONE_AT_A_TIME =
  'One file at a time works for now. To send several files or a folder, pack them into one archive (a .zip, for example) and drop that.';

/** Calls `onDrop` for each drop; true while something that can be dropped is held over the window. */
export function useFileDrop(onDrop: (dropped: Dropped) => void): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    // Each element under the pointer tells when it is entered and left, so only the sum tells about the window.
    let depth = 0;
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth += 1;
      setIsOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      setIsOver(depth > 0);
    };
    const over = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    };
    const drop = (event: DragEvent): void => {
      depth = 0;
      setIsOver(false);
      if (event.dataTransfer === null || !hasFiles(event)) return;
      event.preventDefault();
      onDrop(droppedOf(event.dataTransfer));
    };
    const ending = new AbortController();
    const { signal } = ending;
    addEventListener('dragenter', enter, { signal });
    addEventListener('dragleave', leave, { signal });
    addEventListener('dragover', over, { signal });
    addEventListener('drop', drop, { signal });
    return () => ending.abort();
  }, [onDrop]);
  return isOver;
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

function droppedOf(transfer: DataTransfer): Dropped {
  const isFolder = Array.from(transfer.items).some((item) => item.webkitGetAsEntry()?.isDirectory === true);
  const [file, ...others] = transfer.files;
  if (isFolder || others.length > 0) return { kind: 'refused', reason: ONE_AT_A_TIME };
  if (file === undefined)
    return { kind: 'refused', reason: 'The browser did not hand over the file. Choose it by the button instead.' };
  return { kind: 'file', file };
}

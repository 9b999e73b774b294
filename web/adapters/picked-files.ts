/** Files and folders as browsers hand them over: by a drop, a picker or a paste, each with its path. Nothing is read yet. */
import { troubleError } from '../../shared/base/trouble.ts';
import { FILES_MAX } from '../../shared/wire/limits.ts';

export interface PickedFile {
  /** Folders, then the name of the file. */
  readonly path: readonly string[];
  readonly file: File;
}

/** Whether this browser lets a person choose a whole folder. */
export const canPickFolders = (): boolean => 'webkitdirectory' in HTMLInputElement.prototype;

/** What was chosen in a picker: files, or all files of a folder. */
export function pickedFrom(input: HTMLInputElement): PickedFile[] {
  return Array.from(input.files ?? [], (file) => ({ path: pathOf(file), file }));
}

/**
 * What was dropped, folders with all that is in them. Reads the transfer before it returns, since it is empty afterwards. Rejects
 * with an Error for a person when there is too much, or something cannot be listed.
 */
export function droppedFrom(transfer: DataTransfer): Promise<PickedFile[]> {
  const items = Array.from(transfer.items).filter(({ kind }) => kind === 'file');
  const entries = items.map((item) => item.webkitGetAsEntry());
  // An entry that is no file of this device (one that a script made up) is known as a file alone.
  const files = items.map((item) => item.getAsFile());
  return collect(entries, files);
}

/** What was pasted: files, images, or else text, which becomes a file of its own. Empty when there is nothing of it. */
export function pastedFrom(transfer: DataTransfer): PickedFile[] {
  const files = Array.from(transfer.files, (file) => ({ path: [file.name], file }));
  if (files.length > 0) return files;
  const text = transfer.getData('text/plain');
  return text === '' ? [] : [{ path: ['text.txt'], file: new File([text], 'text.txt', { type: 'text/plain' }) }];
}

async function collect(
  entries: readonly (FileSystemEntry | null)[],
  files: readonly (File | null)[],
): Promise<PickedFile[]> {
  const found: PickedFile[] = [];
  for (const [index, entry] of entries.entries()) {
    const file = files[index];
    if (entry?.isDirectory === true) await walk(entry as FileSystemDirectoryEntry, [], found);
    else if (file !== null) found.push({ path: [file.name], file });
  }
  return found;
}

/** Adds all files below the folder. */
async function walk(folder: FileSystemDirectoryEntry, above: readonly string[], found: PickedFile[]): Promise<void> {
  const path = [...above, folder.name];
  for (const entry of await listed(folder)) {
    if (entry.isDirectory) await walk(entry as FileSystemDirectoryEntry, path, found);
    else found.push({ path: [...path, entry.name], file: await fileOf(entry as FileSystemFileEntry) });
    if (found.length > FILES_MAX) throw troubleError('too-many-files');
  }
}

/** Browsers tell a hundred entries at a time, and nothing when that was all. */
async function listed(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject)).catch(
      () => Promise.reject(troubleError('folder-unreadable', folder.name)),
    );
    if (some.length === 0) return all;
    all.push(...some);
    if (all.length > FILES_MAX) throw troubleError('too-many-files');
  }
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise<File>((resolve, reject) => entry.file(resolve, reject)).catch(() =>
    Promise.reject(troubleError('file-unreadable', entry.name)),
  );

/** Of a file chosen with its folder, its path begins with the folder's name. */
const pathOf = (file: File): string[] =>
  file.webkitRelativePath === '' ? [file.name] : file.webkitRelativePath.split('/');

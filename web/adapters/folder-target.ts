/** Puts files into a folder that the person chooses, with the folders that they lie in. */
import { diskFileName, numberedFileName } from '../../shared/wire/plain-text.ts';
import { type SaveOptions, type SaveOutcome, partsOf, saveError, write } from './save-target.ts';
import type { SaveEntry } from './zip-content.ts';

export interface SaveFolderOptions extends Pick<SaveOptions, 'onProgress' | 'signal'> {
  /** Of the folder that is made for them. */
  readonly name: string;
  readonly entries: readonly SaveEntry[];
}

/** Chromium's folder picker, which TypeScript's DOM types do not know. */
interface PickerWindow {
  readonly showDirectoryPicker: (options: { readonly mode: 'readwrite' }) => Promise<FileSystemDirectoryHandle>;
}

/**
 * Saves the files into a new folder. Must be called in a click handler, before anything is awaited. Rejects with an Error for a
 * person when one could not be written; those before it stay.
 */
export async function saveFolder({ name, entries, onProgress, signal }: SaveFolderOptions): Promise<SaveOutcome> {
  const place = hasPicker(window) ? await choosePlace(window) : null;
  if (place === null || signal.aborted) return 'cancelled';
  try {
    const folder = await newFolder(place, diskFileName(name));
    let before = 0;
    for (const entry of entries) {
      const file = await fileAt(folder, entry.path);
      await write(file, partsOf(entry), { signal, onProgress: (bytes) => onProgress(before + bytes) });
      before += entry.length;
    }
    onProgress(before);
    return 'saved';
  } catch (error) {
    if (signal.aborted) return 'cancelled';
    throw saveError(error);
  }
}

async function choosePlace(picker: PickerWindow): Promise<FileSystemDirectoryHandle | null> {
  try {
    return await picker.showDirectoryPicker({ mode: 'readwrite' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw saveError(error);
  }
}

/** What is there already is left alone: the new folder gets a number. */
async function newFolder(place: FileSystemDirectoryHandle, name: string): Promise<FileSystemDirectoryHandle> {
  let free = name;
  for (let number = 2; await exists(place, free); number += 1) free = numberedFileName(name, number);
  return handle(free, (allowed) => place.getDirectoryHandle(allowed, { create: true }));
}

async function exists(place: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  try {
    await place.getDirectoryHandle(name);
    return true;
  } catch (error) {
    // A file of that name is in the way as well.
    return error instanceof DOMException && error.name === 'TypeMismatchError';
  }
}

async function fileAt(root: FileSystemDirectoryHandle, path: readonly string[]): Promise<FileSystemFileHandle> {
  let folder = root;
  for (const name of path.slice(0, -1)) {
    const above = folder;
    folder = await handle(diskFileName(name), (allowed) => above.getDirectoryHandle(allowed, { create: true }));
  }
  return handle(diskFileName(path[path.length - 1]), (allowed) => folder.getFileHandle(allowed, { create: true }));
}

/** Browsers refuse some names that are fit for a disk, such as those of shortcuts: these are kept from being one. */
async function handle<Handle>(name: string, make: (name: string) => Promise<Handle>): Promise<Handle> {
  try {
    return await make(name);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return make(`_${name}_`);
  }
}

const hasPicker = (scope: object): scope is PickerWindow => 'showDirectoryPicker' in scope;

/** Puts a finished file where the person wants it, without ever building it in memory. */
import { minutes } from '../../shared/base/time.ts';

export interface SaveOptions {
  readonly name: string;
  /** Of the file, in bytes. */
  readonly length: number;
  /** The parts of the file in order, as they lie on disk. Asked for after the person has chosen a place. */
  readonly blobs: () => Promise<readonly Blob[]>;
  /** Bytes written so far. Called only where this page writes the file itself. */
  readonly onProgress: (savedBytes: number) => void;
  readonly signal: AbortSignal;
}

/** The browser's own downloads tell no end: there, the file was only handed over. */
export type SaveOutcome = 'saved' | 'handed-to-browser' | 'cancelled';

/** Chromium's file picker, which TypeScript's DOM types do not know. */
interface PickerWindow {
  readonly showSaveFilePicker: (options: { readonly suggestedName: string }) => Promise<FileSystemFileHandle>;
}

/** How long the address of a composed file stays valid. The browser reads from it for as long as its download takes. */
const ADDRESS_LIFETIME_MS = minutes(30);

/** Whether this page can write into a file that the person chooses; else the browser downloads. */
export const supportsSavePicker = (): boolean => 'showSaveFilePicker' in window;

/**
 * Saves the file. Must be called in a click handler, before anything is awaited: browsers open no dialogue otherwise.
 * Rejects with an Error for a person when the file could not be written; a half-written one is thrown away.
 */
export async function saveFile(options: SaveOptions): Promise<SaveOutcome> {
  const place = hasPicker(window) ? await choosePlace(window, options.name) : 'no-picker';
  if (place === 'cancelled' || options.signal.aborted) return 'cancelled';
  if (place === 'no-picker') {
    download(new Blob([...(await options.blobs())], { type: 'application/octet-stream' }), options.name);
    return 'handed-to-browser';
  }
  try {
    return await write(place, options);
  } catch (error) {
    if (options.signal.aborted) return 'cancelled';
    throw saveError(error);
  }
}

async function choosePlace(
  picker: PickerWindow,
  suggestedName: string,
): Promise<FileSystemFileHandle | 'cancelled' | 'no-picker'> {
  try {
    return await picker.showSaveFilePicker({ suggestedName });
  } catch (error) {
    // Frames, policies and names that it does not like: the download still works.
    return error instanceof DOMException && error.name === 'AbortError' ? 'cancelled' : 'no-picker';
  }
}

async function write(place: FileSystemFileHandle, options: SaveOptions): Promise<'saved' | 'cancelled'> {
  const file = await place.createWritable();
  try {
    let savedBytes = 0;
    for (const blob of await options.blobs()) {
      options.signal.throwIfAborted();
      await file.write(blob);
      savedBytes += blob.size;
      options.onProgress(savedBytes);
    }
    options.signal.throwIfAborted();
    await file.close();
    return 'saved';
  } catch (error) {
    await file.abort().catch(() => undefined);
    throw error;
  }
}

/** Hands `file` to the browser's own downloads. Parts that lie in IndexedDB are read from there as it goes. */
function download(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), ADDRESS_LIFETIME_MS);
}

function saveError(cause: unknown): Error {
  if (!(cause instanceof DOMException))
    return cause instanceof Error ? cause : new Error('The file could not be saved.');
  if (cause.name === 'QuotaExceededError') {
    return new Error(
      'There is no room for the file where you wanted to save it. Free some space, or choose another place.',
    );
  }
  if (cause.name === 'NotReadableError' || cause.name === 'NotFoundError') {
    return new Error(
      'A part of the file could not be read on this device. Reload the page to fetch it again, then save.',
    );
  }
  return new Error(`The file could not be saved: ${cause.message}`);
}

const hasPicker = (scope: object): scope is PickerWindow => 'showSaveFilePicker' in scope;

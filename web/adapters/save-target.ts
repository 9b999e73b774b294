/** Puts a finished file where the person wants it, without ever building it in memory. */
import { minutes } from '../../shared/base/time.ts';
import { troubleError } from '../../shared/base/trouble.ts';
import type { StoredPart } from './piece-runs.ts';
import type { StreamedDownload, StreamedOutcome } from './streamed-download.ts';

/** What is to be saved: parts in any order, or bytes that only come one after the other. Both may be begun again. */
export type SaveContent = {
  /** Of all together, in bytes. */
  readonly length: number;
} & (
  | {
      /** How many parts there are. */
      readonly parts: number;
      /** A part as it lies on disk. Rejects with an Error for a person. */
      readonly part: (index: number) => Promise<StoredPart>;
    }
  | { readonly stream: () => AsyncIterable<Uint8Array<ArrayBuffer>> }
);

export interface SaveOptions {
  readonly name: string;
  /** Asked for after the person has chosen a place. */
  readonly content: () => Promise<SaveContent>;
  /** Bytes written so far. Not called where the browser is handed the file as a whole. */
  readonly onProgress: (savedBytes: number) => void;
  readonly signal: AbortSignal;
}

/** 'downloaded' and 'handed-to-browser': by the browser's own download, which has all of it, or is taking it. */
export type SaveOutcome = 'saved' | 'downloaded' | 'handed-to-browser' | 'cancelled';

/** Chromium's file picker, which TypeScript's DOM types do not know. */
interface PickerWindow {
  readonly showSaveFilePicker: (options: { readonly suggestedName: string }) => Promise<FileSystemFileHandle>;
}

/** How long the address of a composed file stays valid. The browser reads from it for as long as its download takes. */
const ADDRESS_LIFETIME_MS = minutes(30);

/** Whether this page can write into a file that the person chooses; else the browser downloads. */
export const supportsSavePicker = (): boolean => 'showSaveFilePicker' in window;

/** How many parts are looked up at once. */
const LOOKUPS = 256;

/**
 * Saves the file. Must be called in a click handler, before anything is awaited: browsers open no dialogue otherwise.
 * Rejects with an Error for a person when the file could not be written; a half-written one is thrown away.
 */
export async function saveFile(workerUrl: URL, options: SaveOptions): Promise<SaveOutcome> {
  const place = hasPicker(window) ? await choosePlace(window, options.name) : 'no-picker';
  if (place === 'cancelled' || options.signal.aborted) return 'cancelled';
  try {
    const content = await options.content();
    return place === 'no-picker'
      ? await download(workerUrl, content, options)
      : await write(place, partsOf(content), options);
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

/** Writes the parts into a file. One that cannot be written whole is left as it was. */
export async function write(
  place: FileSystemFileHandle,
  parts: AsyncIterable<StoredPart>,
  options: Pick<SaveOptions, 'onProgress' | 'signal'>,
): Promise<SaveOutcome> {
  const file = await place.createWritable();
  const next = reader(parts, options);
  try {
    for (let part = await next(); part !== null; part = await next()) await file.write(part);
    options.signal.throwIfAborted();
    await file.close();
    return 'saved';
  } catch (error) {
    await file.abort().catch(() => undefined);
    throw error;
  }
}

/** All of the content, from the first byte to the last. */
export async function* partsOf(content: SaveContent): AsyncGenerator<StoredPart> {
  if ('stream' in content) yield* content.stream();
  else for (let index = 0; index < content.parts; index += 1) yield await content.part(index);
}

/** By the browser's own downloads: written while it is read where that goes, else handed over as one composed file. */
async function download(workerUrl: URL, content: SaveContent, options: SaveOptions): Promise<SaveOutcome> {
  const { name, signal } = options;
  const { length } = content;
  const next = reader(partsOf(content), options);
  const bytesOf = async (part: StoredPart | null): Promise<Uint8Array | null> =>
    part instanceof Blob ? new Uint8Array(await part.arrayBuffer()) : part;
  const outcome = await stream(workerUrl, { name, length, next: async () => bytesOf(await next()), signal });
  if (outcome !== 'no-worker') return outcome === 'taken' ? 'downloaded' : 'cancelled';
  await handOver(await compose(content, signal), name);
  return 'handed-to-browser';
}

/** Fetched only where there is no picker. Where it cannot be fetched, since the server is gone, the file is composed instead. */
async function stream(workerUrl: URL, download: StreamedDownload): Promise<StreamedOutcome> {
  const streaming = await import('./streamed-download.ts').catch(() => null);
  return streaming === null ? 'no-worker' : streaming.streamDownload(workerUrl, download);
}

/** Part after part, then null, with progress. A part is told as written when the next one is asked for. */
function reader(
  parts: AsyncIterable<StoredPart>,
  { onProgress, signal }: Pick<SaveOptions, 'onProgress' | 'signal'>,
): () => Promise<StoredPart | null> {
  const iterator = parts[Symbol.asyncIterator]();
  let savedBytes = 0;
  let given: number | null = null;
  return async () => {
    signal.throwIfAborted();
    if (given !== null) onProgress((savedBytes += given));
    const { done, value } = await iterator.next();
    if (done === true) return null;
    given = value instanceof Blob ? value.size : value.byteLength;
    return value;
  };
}

/** Stored blobs stay where they are; the file is only a list of them. */
async function compose(content: SaveContent, signal: AbortSignal): Promise<Blob> {
  if ('stream' in content) return gather(content.stream(), signal);
  const { parts, part } = content;
  const found: StoredPart[] = [];
  while (found.length < parts) {
    signal.throwIfAborted();
    const count = Math.min(LOOKUPS, parts - found.length);
    found.push(...(await Promise.all(Array.from({ length: count }, (_, index) => part(found.length + index)))));
  }
  return new Blob(found.map(blobOf), { type: 'application/octet-stream' });
}

/** Bytes that come one after the other leave our memory for the browser's, which puts large blobs on disk. */
async function gather(bytes: AsyncIterable<Uint8Array<ArrayBuffer>>, signal: AbortSignal): Promise<Blob> {
  const blobs: Blob[] = [];
  for await (const some of bytes) {
    signal.throwIfAborted();
    blobs.push(new Blob([some]));
  }
  return new Blob(blobs, { type: 'application/octet-stream' });
}

/** A file that could not be composed looks like any other until it is read. */
async function handOver(file: Blob, name: string): Promise<void> {
  await file
    .slice(-1)
    .arrayBuffer()
    .catch(() => {
      throw troubleError('no-room-to-compose');
    });
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

export function saveError(cause: unknown): Error {
  if (!(cause instanceof DOMException))
    return cause instanceof Error ? cause : troubleError('not-saved', String(cause));
  if (cause.name === 'QuotaExceededError') {
    return troubleError('no-room-at-place');
  }
  if (cause.name === 'NotReadableError' || cause.name === 'NotFoundError') {
    return troubleError('part-missing');
  }
  return troubleError('not-saved', cause.message);
}

const blobOf = (part: StoredPart): Blob => (part instanceof Blob ? part : new Blob([part]));

const hasPicker = (scope: object): scope is PickerWindow => 'showSaveFilePicker' in scope;

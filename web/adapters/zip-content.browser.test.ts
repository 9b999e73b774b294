/** Archives and folders of saved files: names in any script, and the very bytes. */
import { afterEach, expect, test, vi } from 'vitest';

import { saveFolder } from './folder-target.ts';
import { type SaveEntry, zipContent } from './zip-content.ts';

const entry = (path: string, ...parts: string[]): SaveEntry => ({
  path: path.split('/'),
  length: new TextEncoder().encode(parts.join('')).byteLength,
  parts: parts.length,
  part: (index) => Promise.resolve(new Blob([parts[index]])),
});

const ENTRIES = [entry('여름/바다 🏖️.txt', 'wa', 'ves'), entry('con', 'device'), entry('empty')];

async function zipped(entries: readonly SaveEntry[]): Promise<Blob> {
  const content = zipContent(entries);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  if ('stream' in content) for await (const part of content.stream()) parts.push(part);
  return new Blob(parts);
}

afterEach(() => vi.unstubAllGlobals());

test('an archive is as long as was said before it was made, small files included', async () => {
  const blob = await zipped(ENTRIES);
  expect(blob.size).toBe(zipContent(ENTRIES).length);
});

test('names are UTF-8 and fit for any disk, and contents are stored as they are', async () => {
  const text = await (await zipped(ENTRIES)).text();
  expect(text).toContain('여름/바다 🏖️.txtwaves');
  expect(text).toContain('_condevice');
});

test('an archive too long for the old format is announced in its true length', () => {
  const huge = { ...entry('huge'), length: 5 * 1024 ** 3 };
  expect(zipContent([huge, huge]).length).toBeGreaterThan(10 * 1024 ** 3);
});

/** The browser's private file system stands for the folder that a person chooses. */
async function chosen(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  const place = await root.getDirectoryHandle(`place-${crypto.randomUUID()}`, { create: true });
  vi.stubGlobal('showDirectoryPicker', () => Promise.resolve(place));
  return place;
}

async function read(place: FileSystemDirectoryHandle, path: string): Promise<string> {
  const names = path.split('/');
  let folder = place;
  for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name);
  return (await (await folder.getFileHandle(names[names.length - 1])).getFile()).text();
}

const options = (signal = new AbortController().signal) => ({
  name: 'trip',
  entries: ENTRIES,
  signal,
  onProgress: vi.fn<(bytes: number) => void>(),
});

test('files are put into a new folder, with progress over all of them', async () => {
  const place = await chosen();
  const order = options();
  expect(await saveFolder(order)).toBe('saved');
  expect(await read(place, 'trip/여름/바다 🏖️.txt')).toBe('waves');
  expect([await read(place, 'trip/_con'), await read(place, 'trip/empty')]).toEqual(['device', '']);
  expect(order.onProgress).toHaveBeenLastCalledWith(11);
});

test('what is there already is left alone', async () => {
  const place = await chosen();
  await saveFolder(options());
  await saveFolder(options());
  expect(await read(place, 'trip (2)/_con')).toBe('device');
});

test('a save that is called off ends quietly', async () => {
  await chosen();
  const cancel = new AbortController();
  cancel.abort();
  expect(await saveFolder(options(cancel.signal))).toBe('cancelled');
});

/** Saving: into a place the person chose, or by the browser's own download. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { type SaveContent, type SaveOptions, saveFile, supportsSavePicker } from './save-target.ts';

const stored = [new Blob(['abc']), new Uint8Array(), new TextEncoder().encode('defgh')];

const PARTS: SaveContent = { length: 8, parts: stored.length, part: (index) => Promise.resolve(stored[index]) };

/** No service worker is there: what begins a download falls back to a composed file. */
const NO_WORKER = new URL('/nothing/save-worker.js', location.href);

function options(change: Partial<SaveOptions> = {}): SaveOptions & { readonly progress: number[] } {
  const progress: number[] = [];
  return {
    name: 'Übung.txt',
    content: () => Promise.resolve(PARTS),
    onProgress: (bytes) => progress.push(bytes),
    signal: new AbortController().signal,
    progress,
    ...change,
  };
}

/** A file in the browser's private file system, in place of one that a person would choose. */
async function chosenFile(): Promise<FileSystemFileHandle> {
  const folder = await navigator.storage.getDirectory();
  return folder.getFileHandle('chosen.bin', { create: true });
}

afterEach(() => vi.unstubAllGlobals());

describe('where a place can be chosen', () => {
  let chosen: FileSystemFileHandle;
  const choose = vi.fn<(options: { suggestedName: string }) => Promise<FileSystemFileHandle>>();
  const saved = async (): Promise<string> => (await chosen.getFile()).text();

  beforeEach(async () => {
    chosen = await chosenFile();
    choose.mockReset().mockResolvedValue(chosen);
    vi.stubGlobal('showSaveFilePicker', choose);
    const before = await chosen.createWritable();
    await before.write('before');
    await before.close();
  });

  test('the parts are written in order, with progress', async () => {
    const order = options();
    expect(supportsSavePicker()).toBe(true);
    expect(await saveFile(NO_WORKER, order)).toBe('saved');
    expect(await saved()).toBe('abcdefgh');
    expect(order.progress).toEqual([3, 3, 8]);
    expect(choose).toHaveBeenCalledWith({ suggestedName: 'Übung.txt' });
  });

  test('the dialogue opens within the call, as browsers demand', async () => {
    const saving = saveFile(NO_WORKER, options());
    expect(choose).toHaveBeenCalledOnce();
    await saving;
  });

  test('a person who chooses no place has cancelled', async () => {
    choose.mockRejectedValue(new DOMException('', 'AbortError'));
    expect(await saveFile(NO_WORKER, options())).toBe('cancelled');
    expect(await saved()).toBe('before');
  });

  test('cancelled halfway, the old file stays as it was', async () => {
    const cancel = new AbortController();
    expect(await saveFile(NO_WORKER, options({ signal: cancel.signal, onProgress: () => cancel.abort() }))).toBe(
      'cancelled',
    );
    expect(await saved()).toBe('before');
  });

  test('parts that cannot be found leave the old file as it was, and say so', async () => {
    const part = (): Promise<Blob> => Promise.reject(new Error('A part is missing.'));
    await expect(saveFile(NO_WORKER, options({ content: () => Promise.resolve({ ...PARTS, part }) }))).rejects.toThrow(
      'A part is missing.',
    );
    expect(await saved()).toBe('before');
  });

  test('a full disk is told in plain words', async () => {
    const writable = await chosen.createWritable();
    vi.spyOn(writable, 'write').mockRejectedValue(new DOMException('', 'QuotaExceededError'));
    vi.spyOn(chosen, 'createWritable').mockResolvedValue(writable);
    await expect(saveFile(NO_WORKER, options())).rejects.toThrow('no-room-at-place');
  });
});

describe('where none can be chosen', () => {
  test('the browser downloads one file, composed of the parts, under its name', async () => {
    vi.stubGlobal('showSaveFilePicker', undefined);
    Reflect.deleteProperty(window, 'showSaveFilePicker');
    let link: HTMLAnchorElement | null = null;
    const click = (event: Event): void => {
      link = event.target as HTMLAnchorElement;
      event.preventDefault();
    };
    addEventListener('click', click, { once: true });
    expect(await saveFile(NO_WORKER, options())).toBe('handed-to-browser');
    expect(link).toMatchObject({ download: 'Übung.txt', isConnected: false });
    expect(await (await fetch(link!.href)).text()).toBe('abcdefgh');
  });

  test('a file that the browser had no room to compose is told in plain words, and not handed over', async () => {
    Reflect.deleteProperty(window, 'showSaveFilePicker');
    vi.spyOn(Blob.prototype, 'arrayBuffer').mockRejectedValue(new DOMException('', 'NotReadableError'));
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click');
    await expect(saveFile(NO_WORKER, options())).rejects.toThrow('no-room-to-compose');
    expect(click).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});

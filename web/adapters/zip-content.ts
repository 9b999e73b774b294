/** Files as one ZIP archive that is written while it is read: nothing of it is held, whatever its size (ZIP64 where it has to be). */
import { makeZip, predictLength } from 'client-zip';

import { concatBytes } from '../../shared/base/bytes.ts';
import { diskFileName } from '../../shared/wire/plain-text.ts';
import type { StoredPart } from './piece-runs.ts';
import type { SaveContent } from './save-target.ts';

export interface SaveEntry {
  /** Folders, then the name. */
  readonly path: readonly string[];
  /** In bytes. */
  readonly length: number;
  /** How many parts it has. */
  readonly parts: number;
  readonly part: (index: number) => Promise<StoredPart>;
}

/** Headers are small and files may be: so much is gathered before it is handed on, in bytes. */
const GATHERED_BYTES = 256 * 1024;

/** The archive. Files are not compressed: what is large mostly is already. */
export function zipContent(entries: readonly SaveEntry[]): SaveContent {
  const lastModified = new Date();
  const metadata = entries.map(({ path, length }) => ({
    name: path.map(diskFileName).join('/'),
    size: length,
    lastModified,
  }));
  const files = entries.map((entry, index) => ({ ...metadata[index], input: bytesOf(entry) }));
  return { length: Number(predictLength(metadata)), stream: () => gathered(makeZip(files, { buffersAreUTF8: true })) };
}

/** The archive takes bytes alone: a blob would be left out without a word. */
async function* bytesOf({ parts, part }: SaveEntry): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let index = 0; index < parts; index += 1) {
    const stored = await part(index);
    yield stored instanceof Blob ? new Uint8Array(await stored.arrayBuffer()) : stored;
  }
}

async function* gathered(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      waiting.push(read.value);
      bytes += read.value.byteLength;
      if (bytes < GATHERED_BYTES) continue;
      yield concatBytes(waiting);
      waiting = [];
      bytes = 0;
    }
    yield concatBytes(waiting);
  } finally {
    // Whoever stops reading is not waited for.
    reader.cancel().catch(() => undefined);
  }
}

/** The list of files in an info dictionary (BEP 3 `files`), with the attributes of BEP 47, out of strangers' bytes. */
import { troubleText } from '../base/trouble.ts';
import { type Bencoded, type Dictionary, asDictionary, bytesAt, integerAt } from './bencode.ts';
import { type FilePath, distinctPaths } from './distinct-paths.ts';
import type { Span } from './file-layout.ts';
import { FILES_MAX, PATH_PARTS_MAX } from './limits.ts';
import { type Malformed, brokenMetainfo, isMalformed, malformed } from './malformed.ts';
import { textFromUtf8 } from './plain-text.ts';

/** A file of a torrent, and where it lies in it. An empty one is a file too. */
export interface TorrentFile extends Span {
  /** Folders below that of the torrent, then the name; 1 … PATH_PARTS_MAX safe names, and no two files' alike. */
  readonly path: FilePath;
}

export interface FileList {
  /** At least one, in order, without what only pads. */
  readonly files: readonly TorrentFile[];
  /** Of all together, padding included, in bytes. */
  readonly length: number;
}

interface Entry extends TorrentFile {
  /** It holds nothing of its own: zeros up to the next piece, or a link to another file. */
  readonly isVoid: boolean;
}

/** Names under which BitComet pads, without saying so. */
const PADDING_NAME = /^_____padding_file_/;

/** The files of this list. Reasons are for a person. */
export function decodeFileList(value: Bencoded): FileList | Malformed {
  if (!isList(value)) return brokenMetainfo('The list of files is not a list.');
  if (value.length > FILES_MAX) return malformed(troubleText('too-many-files'));
  const entries: Entry[] = [];
  let length = 0;
  for (const item of value) {
    const dictionary = asDictionary(item);
    const entry =
      dictionary === null ? brokenMetainfo('A file is not described at all.') : decodeEntry(dictionary, length);
    if (isMalformed(entry)) return entry;
    entries.push(entry);
    length += entry.length;
  }
  const real = entries.filter(({ isVoid }) => !isVoid);
  if (real.length === 0) return brokenMetainfo('There is no file in it.');
  if (!Number.isSafeInteger(length)) return brokenMetainfo('The length of the files is impossible.');
  const paths = distinctPaths(real.map(({ path }) => path));
  const files = real.map((entry, index) => ({ path: paths[index], offset: entry.offset, length: entry.length }));
  return { files, length };
}

function decodeEntry(entry: Dictionary, offset: number): Entry | Malformed {
  const length = integerAt(entry, 'length');
  if (length === null || length < 0) return brokenMetainfo('The length of a file is missing or impossible.');
  const path = decodePath(entry.get('path.utf-8') ?? entry.get('path'));
  if (path === null) return brokenMetainfo('The name of a file is missing, or in too many folders.');
  const attributes = bytesAt(entry, 'attr');
  const isVoid = /[pl]/.test(attributes ? textFromUtf8(attributes) : '') || PADDING_NAME.test(path[path.length - 1]);
  return { path, offset, length, isVoid };
}

function decodePath(value: Bencoded | undefined): FilePath | null {
  if (!isList(value) || value.length === 0 || value.length > PATH_PARTS_MAX) return null;
  const parts: string[] = [];
  for (const part of value) {
    if (!(part instanceof Uint8Array)) return null;
    parts.push(textFromUtf8(part));
  }
  return parts;
}

const isList = (value: Bencoded | undefined): value is readonly Bencoded[] => Array.isArray(value);

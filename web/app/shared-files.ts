/** What a person puts together to be shared: files with their paths, reviewed before a link is made. Plain values. */
import type { FilePath } from '../../shared/wire/distinct-paths.ts';

/** A file on this device, and where it is to lie in what is shared. Its content is read only when it is needed. */
export interface PickedFile {
  readonly path: FilePath;
  readonly file: File;
}

/** One file, or a folder of files in a fixed order. */
export interface SharedFiles {
  /** Of the file, or of the folder. */
  readonly name: string;
  readonly isFolder: boolean;
  /** At least one; paths are below the folder. */
  readonly files: readonly PickedFile[];
}

/** `files` with `more`; what is chosen again, in its old place, takes the place of what was there. */
export function addFiles(files: readonly PickedFile[], more: readonly PickedFile[]): readonly PickedFile[] {
  const byPlace = new Map([...files, ...more].map((picked) => [placeOf(picked.path), picked]));
  return [...byPlace.values()].sort(byPath);
}

/** Without these, which are numbers in `files`. */
export function removeFiles(files: readonly PickedFile[], numbers: ReadonlySet<number>): readonly PickedFile[] {
  return files.filter((_, number) => !numbers.has(number));
}

/** Of all together, in bytes. */
export const totalBytes = (files: readonly PickedFile[]): number => files.reduce((sum, { file }) => sum + file.size, 0);

/** What the folder is called by itself: as the one that holds everything, else nothing. */
export function commonFolder(files: readonly PickedFile[]): string | null {
  const [first] = files[0]?.path ?? [];
  return files.every(({ path }) => path.length > 1 && path[0] === first) ? (first ?? null) : null;
}

/** What is shared of these, at least one: a lone file as it is, the content of a lone folder, or all in a folder `name`. */
export function sharedFiles(files: readonly PickedFile[], name: string): SharedFiles {
  const sorted = files.toSorted(byPath);
  const [{ path }] = sorted;
  if (sorted.length === 1 && path.length === 1) return { name: path[0], isFolder: false, files: sorted };
  const isInOne = commonFolder(sorted) !== null;
  return { name, isFolder: true, files: isInOne ? sorted.map(withoutFolder) : sorted };
}

const withoutFolder = ({ path, file }: PickedFile): PickedFile => ({ path: path.slice(1), file });

/** An order that depends on nothing but the paths, so that equal files give equal links. */
function byPath(a: PickedFile, b: PickedFile): number {
  const [placeA, placeB] = [placeOf(a.path), placeOf(b.path)];
  return placeA < placeB ? -1 : Number(placeA > placeB);
}

/** A place as text; no name has a zero in it. */
const placeOf = (path: FilePath): string => path.join('\0');

/** Paths of strangers' files made safe, and told apart on every disk: no two files in one place, no file where a folder is. */
import { diskFileName, numberedFileName, safeFileName } from './plain-text.ts';

/** Folders, then the name of the file; at least the name. */
export type FilePath = readonly string[];

/**
 * `paths` with every part made safe. A file whose place is taken, on a disk that knows neither case nor forms of Unicode, gets a
 * number: "a.txt", "A (2).txt". Paths that are safe and distinct stay as they are.
 */
export function distinctPaths(paths: readonly FilePath[]): FilePath[] {
  const places = new Places();
  const safe = paths.map((path) => path.map(safeFileName));
  const folders = safe.map((path) => path.slice(0, -1).reduce((folder, name) => places.folderIn(folder, name), ROOT));
  return safe.map((path, index) => path.with(path.length - 1, places.nameFor(path[path.length - 1], folders[index])));
}

/** The folder of the torrent itself. */
const ROOT = 0;

/** What is where. Folders have numbers, so that long paths are not compared again and again. */
class Places {
  readonly #folders = new Map<string, number>();
  /** The last number that was given to a file which wanted this place. */
  readonly #files = new Map<string, number>();

  /** The number of this folder, which comes into being. */
  folderIn(parent: number, name: string): number {
    const place = placeOf(parent, name);
    const folder = this.#folders.get(place) ?? this.#folders.size + 1;
    this.#folders.set(place, folder);
    return folder;
  }

  /** `name`, or the next numbered one that is free in the folder; it is taken from then on. All folders are there before. */
  nameFor(name: string, folder: number): string {
    const wanted = placeOf(folder, name);
    let number = this.#files.get(wanted) ?? 1;
    let free = name;
    while (this.#isTaken(placeOf(folder, free))) free = numberedFileName(name, (number += 1));
    this.#files.set(placeOf(folder, free), 1);
    this.#files.set(wanted, number);
    return free;
  }

  #isTaken(place: string): boolean {
    return this.#files.has(place) || this.#folders.has(place);
  }
}

const placeOf = (folder: number, name: string): string =>
  `${folder}/${diskFileName(name).normalize('NFC').toLowerCase()}`;

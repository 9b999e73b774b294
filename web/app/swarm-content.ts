/** The files of a swarm in this tab, from the moment they are known: which are chosen, what of them is here, saving, looking. */
import { troubleError } from '../../shared/base/trouble.ts';
import type { PieceIndex } from '../../shared/wire/ids.ts';
import type { Metainfo } from '../../shared/wire/metainfo.ts';
import { Arrivals } from './arrivals.ts';
import { type Choice, type FileView, chosenBytes, viewFiles } from './choice.ts';
import { type ReadPart, type SaveWish, entryOf } from './saving.ts';
import type { WantedFiles } from './wanted-files.ts';
import type { SaveEntry, SaveOptions, SaveOutcome, StoredPart, StreamedView, World } from './world.ts';

/** As a screen shows them. */
export interface SwarmFiles {
  readonly isFolder: boolean;
  /** In the order of their numbers. */
  readonly files: readonly FileView[];
  readonly choice: Choice;
}

export interface SwarmContentParts {
  readonly world: Pick<World, 'saveFile' | 'saveFolder' | 'zip' | 'openView'>;
  readonly wanted: WantedFiles;
  /** Reads a stored piece; null when the person has the files anyway. Asked for each time: a store may be opened anew. */
  readonly part: () => ReadPart | null;
  /** A bit for each stored piece, as in a `bitfield` message; null while nothing runs. */
  readonly storedBits: () => Uint8Array | null;
}

export class SwarmContent {
  readonly wanted: WantedFiles;
  readonly #parts: SwarmContentParts;
  readonly #arrivals = new Arrivals();
  /** Of the last look, kept for when nothing runs. */
  #storedBits: Uint8Array | null = null;

  constructor(parts: SwarmContentParts) {
    this.wanted = parts.wanted;
    this.#parts = parts;
  }

  /** Of the chosen files together, in bytes. */
  get chosenBytes(): number {
    return chosenBytes(this.#metainfo, this.wanted.choice);
  }

  /** What of the chosen files is not on disk, in bytes. */
  missingBytes(): number {
    const chosen = this.view().files.filter(({ isWanted }) => isWanted);
    return chosen.reduce((sum, { length, storedBytes }) => sum + length - storedBytes, 0);
  }

  view(): SwarmFiles {
    const files = viewFiles(this.#metainfo, this.wanted.choice, this.#lookAtBits());
    return { isFolder: this.#metainfo.isFolder, files, choice: this.wanted.choice };
  }

  /** The piece is on disk. */
  pieceStored(piece: PieceIndex): void {
    this.#arrivals.came(piece);
  }

  /**
   * Puts files where the person wants them; all of what is wished must be here. To be called in a click handler. Rejects with an
   * Error for a person.
   */
  async save(wish: SaveWish, options: Pick<SaveOptions, 'onProgress' | 'signal'>): Promise<SaveOutcome> {
    const { world } = this.#parts;
    if (wish.kind === 'file') {
      const file = this.#entry(wish.number);
      return world.saveFile({ ...options, name: file.path[file.path.length - 1], content: async () => file });
    }
    const entries = Array.from(this.wanted.choice.wanted, (number) => this.#entry(number));
    const { name } = this.#metainfo;
    if (wish.kind === 'folder' && world.saveFolder !== null) return world.saveFolder({ ...options, name, entries });
    return world.saveFile({ ...options, name: `${name}.zip`, content: () => world.zip(entries) });
  }

  /** An address at which a player finds the file while it comes; null when there can be none. */
  async stream(number: number, type: string): Promise<StreamedView | null> {
    const { openView } = this.#parts.world;
    if (openView === null) return null;
    const { readAhead } = await import('./read-ahead.ts');
    const { files, pieceLength } = this.#metainfo;
    const reader = {
      file: files[number],
      pieceLength,
      part: this.#part(),
      stored: (piece: PieceIndex, signal: AbortSignal) => this.#stored(piece, signal),
      playhead: () => this.wanted.playhead(),
    };
    const read = (start: number, end: number, signal: AbortSignal) => readAhead(reader, { start, end, signal });
    return openView({ type, length: files[number].length, read });
  }

  /** All of a file that is here. Rejects with an Error for a person. */
  async contentOf(number: number, type: string): Promise<Blob> {
    const entry = this.#entry(number);
    const parts: StoredPart[] = [];
    for (let index = 0; index < entry.parts; index += 1) parts.push(await entry.part(index));
    return new Blob(parts, { type });
  }

  get #metainfo(): Metainfo {
    return this.wanted.metainfo;
  }

  #entry(number: number): SaveEntry {
    return entryOf(this.#metainfo.files[number], this.#metainfo, this.#part());
  }

  #part(): ReadPart {
    const part = this.#parts.part();
    if (part === null) throw troubleError('nothing-to-save');
    return part;
  }

  /** Resolves when the piece can be read; rejects when the signal is aborted before. */
  async #stored(piece: PieceIndex, signal: AbortSignal): Promise<void> {
    const isHere = ((this.#lookAtBits()[piece >> 3] ?? 0) & (0x80 >> (piece & 7))) !== 0;
    if (!isHere) await this.#arrivals.next(piece, signal);
  }

  #lookAtBits(): Uint8Array {
    this.#storedBits = this.#parts.storedBits() ?? this.#storedBits;
    return this.#storedBits ?? new Uint8Array();
  }
}

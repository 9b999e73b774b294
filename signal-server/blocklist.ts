/** Info hashes that are not served, from a file that is read again when it changes. */
import { readFile, stat } from 'node:fs/promises';

import { type Millis, seconds } from '../shared/base/time.ts';
import { type InfoHash, parseInfoHash } from '../shared/wire/ids.ts';

/** How often the file is looked at. By name, not by a handle: editors and deployments put a new file in its place. */
const LOOK_INTERVAL_MS = seconds(2);

export interface BlocklistEvents {
  /** It was read again, and how many hashes it names. */
  readonly onRead: (count: number) => void;
  /** It cannot be read, or has lines that are no hashes. What was known before, and the good lines, hold. */
  readonly onTrouble: (sentence: string) => void;
}

export class Blocklist {
  readonly #path: string;
  readonly #events: BlocklistEvents;
  #hashes: ReadonlySet<InfoHash> = new Set();
  /** What the file looked like when it was read last; null when it could not be looked at. */
  #mark: string | null = null;
  #watch: NodeJS.Timeout | undefined;

  private constructor(path: string, events: BlocklistEvents) {
    this.#path = path;
    this.#events = events;
  }

  /** Reads the file and watches it; null blocks nothing. Rejects with a sentence when there is no file to read. */
  static async open(
    path: string | null,
    events: BlocklistEvents,
    every: Millis = LOOK_INTERVAL_MS,
  ): Promise<Blocklist> {
    const list = new Blocklist(path ?? '', events);
    if (path === null) return list;
    await list.#read().catch((error: unknown) => {
      throw new Error(`BLOCKED_HASHES_FILE cannot be read: ${String(error)}`);
    });
    list.#watch = setInterval(() => void list.#look(), every).unref();
    return list;
  }

  has(infoHash: InfoHash): boolean {
    return this.#hashes.has(infoHash);
  }

  close(): void {
    clearInterval(this.#watch);
  }

  /** Reads it again if it has changed; tells once when it cannot be read. */
  async #look(): Promise<void> {
    try {
      if ((await this.#markNow()) !== this.#mark) await this.#read();
    } catch (error) {
      if (this.#mark === null) return;
      this.#mark = null;
      this.#events.onTrouble(`The file of blocked hashes cannot be read, the last one holds: ${String(error)}`);
    }
  }

  async #markNow(): Promise<string> {
    const { ino, size, mtimeMs } = await stat(this.#path);
    return [ino, size, mtimeMs].join(' ');
  }

  async #read(): Promise<void> {
    // Marked before it is read: a change in between is seen at the next look.
    this.#mark = await this.#markNow();
    const lines = (await readFile(this.#path, 'utf8')).split('\n').map((line) => line.replace(/#.*/, '').trim());
    const hashes = lines.filter((line) => line !== '').map((line) => ({ line, infoHash: parseInfoHash(line) }));
    this.#hashes = new Set(hashes.flatMap(({ infoHash }) => infoHash ?? []));
    for (const { line, infoHash } of hashes) {
      if (infoHash === null) this.#events.onTrouble(`"${line}" in the file of blocked hashes is no info hash.`);
    }
    this.#events.onRead(this.#hashes.size);
  }
}

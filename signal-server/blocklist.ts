/** Info hashes that are not served, from a file that is read again when it changes. */
import { type StatsListener, unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';

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
  readonly #path: string | null;
  readonly #events: BlocklistEvents;
  readonly #onChange: StatsListener = () => void this.#readAgain();
  #hashes: ReadonlySet<InfoHash> = new Set();

  private constructor(path: string | null, events: BlocklistEvents) {
    this.#path = path;
    this.#events = events;
  }

  /** Reads the file and watches it; null blocks nothing. Rejects with a sentence when there is no file to read. */
  static async open(
    path: string | null,
    events: BlocklistEvents,
    every: Millis = LOOK_INTERVAL_MS,
  ): Promise<Blocklist> {
    const list = new Blocklist(path, events);
    if (path === null) return list;
    await list.#read(path).catch((error: unknown) => {
      throw new Error(`BLOCKED_HASHES_FILE cannot be read: ${String(error)}`);
    });
    watchFile(path, { interval: every, persistent: false }, list.#onChange);
    return list;
  }

  has(infoHash: InfoHash): boolean {
    return this.#hashes.has(infoHash);
  }

  close(): void {
    if (this.#path !== null) unwatchFile(this.#path, this.#onChange);
  }

  async #readAgain(): Promise<void> {
    await this.#read(this.#path!).catch((error: unknown) => {
      this.#events.onTrouble(`The file of blocked hashes cannot be read, the last one holds: ${String(error)}`);
    });
  }

  async #read(path: string): Promise<void> {
    const lines = (await readFile(path, 'utf8')).split('\n').map((line) => line.replace(/#.*/, '').trim());
    const hashes = lines.filter((line) => line !== '').map((line) => ({ line, infoHash: parseInfoHash(line) }));
    this.#hashes = new Set(hashes.flatMap(({ infoHash }) => infoHash ?? []));
    for (const { line, infoHash } of hashes) {
      if (infoHash === null) this.#events.onTrouble(`"${line}" in the file of blocked hashes is no info hash.`);
    }
    this.#events.onRead(this.#hashes.size);
  }
}

/** Many clients on sockets of one process, and the loads they put on a server: so much at once, or so much a second. */
import { type Ending, RawClient } from './raw-client.ts';

/** Handshakes at once. */
const OPENING_MAX = 100;

/** How long nothing may come before the server counts as stuck. */
const SILENCE_MS_MAX = 10_000;

/** Refusals are short: longer frames are not looked through for one. */
const REFUSAL_BYTES_MAX = 512;

/** What came, whole, and to which client. */
export type OnFrame = (client: number, frame: Buffer) => void;

export class Crowd {
  readonly #clients: RawClient[] = [];
  onFrame: OnFrame = () => {};

  /** Clients that are connected. Loopback addresses in turn, since one has only some 28,000 ports to call from. */
  static async open(urls: readonly string[], count: number): Promise<Crowd> {
    const crowd = new Crowd();
    for (let begin = 0; begin < count; begin += OPENING_MAX) {
      const batch = Array.from({ length: Math.min(OPENING_MAX, count - begin) }, (_, index) =>
        crowd.#open(urls[(begin + index) % urls.length], begin + index),
      );
      await Promise.all(batch);
    }
    return crowd;
  }

  get size(): number {
    return this.#clients.length;
  }

  send(client: number, text: string): void {
    this.#clients[client].send(text);
  }

  close(): void {
    for (const client of this.#clients) client.close();
  }

  /** Resolves when the server has closed every client. */
  farewells(): Promise<Ending[]> {
    return Promise.all(this.#clients.map((client) => client.ended));
  }

  /**
   * Each client in turn sends what `frameOf` gives, `times` times each; `atOnce` wait for the frame by which `isDone` knows that
   * the server did what was asked. Rejects at a frame of refusal, and when nothing comes any more.
   */
  async exchange(load: {
    readonly times: number;
    readonly atOnce: number;
    readonly frameOf: (client: number, turn: number) => string;
    readonly isDone: (frame: Buffer) => boolean;
  }): Promise<{ readonly done: number; readonly frames: number; readonly bytes: number }> {
    const total = load.times * this.size;
    const came = { done: 0, frames: 0, bytes: 0 };
    let sent = 0;
    const sendNext = (): void => {
      if (sent === total) return;
      this.send(sent % this.size, load.frameOf(sent % this.size, Math.floor(sent / this.size)));
      sent += 1;
    };
    await new Promise<void>((resolve, reject) => {
      let seen = 0;
      const watch = setInterval(() => {
        if (seen === came.frames) finish(new Error(`The server is silent after ${came.done} of ${total}.`));
        seen = came.frames;
      }, SILENCE_MS_MAX);
      const finish = (error?: Error): void => {
        clearInterval(watch);
        if (error) reject(error);
        else resolve();
      };
      this.onFrame = (_, frame) => {
        came.frames += 1;
        came.bytes += frame.length;
        if (frame.length < REFUSAL_BYTES_MAX && frame.includes('failure reason')) finish(new Error(frame.toString()));
        if (!load.isDone(frame)) return;
        came.done += 1;
        if (came.done === total) finish();
        else sendNext();
      };
      for (let index = 0; index < load.atOnce; index += 1) sendNext();
    });
    return came;
  }

  /** Opens a client that was closed anew, and says `text`; resolves with the first frame that comes. */
  async reopen(client: number, url: string, text: string): Promise<Buffer> {
    const localAddress = addressOf(client);
    return new Promise((resolve, reject) => {
      RawClient.open(url, { localAddress, onFrame: resolve }).then((opened) => {
        this.#clients[client] = opened;
        opened.send(text);
      }, reject);
    });
  }

  async #open(url: string, client: number): Promise<void> {
    this.#clients[client] = await RawClient.open(url, {
      localAddress: addressOf(client),
      onFrame: (frame) => this.onFrame(client, frame),
    });
  }
}

const addressOf = (client: number): string => `127.0.0.${2 + (client % 8)}`;

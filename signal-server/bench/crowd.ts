/** Many clients on sockets of one process, and the loads they put on a server: so much at once, or so much a second. */
import { type Ending, RawClient, textFrame } from './raw-client.ts';

/** Handshakes at once. */
const OPENING_MAX = 100;

/** How long nothing may come before the server counts as stuck. */
const SILENCE_MS_MAX = 10_000;

/** Refusals are short: longer frames are not looked through for one. */
const REFUSAL_BYTES_MAX = 512;

/** What the clients of a crowd say: each in turn, so many times each. */
export interface Load {
  readonly times: number;
  /** How many clients wait for their reply at once; all, if it is left out. */
  readonly atOnce?: number;
  readonly frameOf: (client: number, turn: number) => string;
  /** Whether this is the frame by which the server did what was asked. */
  readonly isDone: (frame: Buffer) => boolean;
}

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
    this.sendFrame(client, textFrame(text));
  }

  /** Sends a frame that `textFrame` made. */
  sendFrame(client: number, frame: Buffer): void {
    this.#clients[client].send(frame);
  }

  close(): void {
    for (const client of this.#clients) client.close();
  }

  /** Resolves when the server has closed every client. */
  farewells(): Promise<Ending[]> {
    return Promise.all(this.#clients.map((client) => client.ended));
  }

  /**
   * Has the clients do what `load` says. Their frames are made before `onBegin` is told, and the time begins: clients that are
   * busy with making frames would leave the server waiting, and what it does for many at once is what costs it least. Rejects
   * at a frame of refusal, and when nothing comes any more.
   */
  async exchange(
    { times, atOnce = this.size, frameOf, isDone }: Load,
    onBegin: () => void = () => {},
  ): Promise<{ readonly done: number; readonly frames: number; readonly bytes: number }> {
    const total = times * this.size;
    const frames = Array.from({ length: total }, (_, index) =>
      textFrame(frameOf(index % this.size, Math.floor(index / this.size))),
    );
    onBegin();
    const came = { done: 0, frames: 0, bytes: 0 };
    let sent = 0;
    const sendNext = (): void => {
      if (sent === total) return;
      this.sendFrame(sent % this.size, frames[sent]);
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
        if (!isDone(frame)) return;
        came.done += 1;
        if (came.done === total) finish();
        else sendNext();
      };
      for (let index = 0; index < atOnce; index += 1) sendNext();
    });
    return came;
  }

  /** Opens a client that was closed anew, and says `text`; resolves with the first frame that comes. */
  async reopen(client: number, url: string, text: string): Promise<Buffer> {
    const localAddress = addressOf(client);
    return new Promise((resolve, reject) => {
      RawClient.open(url, { localAddress, onFrame: resolve }).then((opened) => {
        this.#clients[client] = opened;
        opened.send(textFrame(text));
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

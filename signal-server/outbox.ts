/**
 * Lets what is said to a client in one turn of the event loop leave in one write: a peer that is called by five others in the
 * same millisecond is sent one packet and not five, and most of what a message costs is the write. Until then it waits in one
 * piece of memory for all, beside the heap: on it, what a thousand clients are told in a turn would be copied by the collector.
 */

/** Somebody who says something in this turn. */
export interface Speaker {
  /** What it has said so far. Belongs to the outbox; null at first. */
  letter: Letter | null;
  /** Writes it. Says whether the bytes may be written over afterwards. */
  readonly release: (bytes: Buffer) => boolean;
}

/** The frames of one speaker: a chain through those of all, by their numbers. */
export interface Letter {
  readonly first: number;
  last: number;
  bytes: number;
}

/** Bytes of a frame: a text stands for one byte with each of its characters. */
export type Part = string | Uint8Array;

/** What may wait for the end of a turn: beyond it, all of it is written at once. */
const BYTES_MAX = 16 * 1024 * 1024;
const BYTES_MIN = 64 * 1024;
const FRAMES_MIN = 1024;

/** A text up to this length is written sooner by a loop than by a call into Node.js. */
const SHORT_CHARS_MAX = 64;

/** The end of a chain. */
const NONE = -1;

export class Outbox {
  /** Frames, one behind the other. */
  #memory: Buffer = Buffer.allocUnsafeSlow(BYTES_MIN);
  #used = 0;
  /** Of each frame where it ends in the memory, and the next frame of its speaker. */
  #ends = new Int32Array(FRAMES_MIN);
  #nexts = new Int32Array(FRAMES_MIN);
  #frames = 0;
  #speakers: Speaker[] = [];
  /** Where the frames of a letter are put together. */
  #packet: Buffer = Buffer.allocUnsafeSlow(BYTES_MIN);

  /** Takes a frame to be written at the end of this turn: its head and its other parts, one behind the other. */
  put(speaker: Speaker, head: string, parts: readonly Part[] = []): void {
    let bytes = head.length;
    for (const part of parts) bytes += part.length;
    if (this.#used + bytes > BYTES_MAX) this.#release();
    this.#chain(speaker, this.#frames, bytes);
    const end = this.#used + bytes;
    if (end > this.#memory.length) this.#memory = withRoom(this.#memory, this.#used, end);
    this.#write(head);
    for (const part of parts) this.#write(part);
    if (this.#frames === this.#ends.length) this.#makeRoomForFrames();
    this.#ends[this.#frames] = end;
    this.#nexts[this.#frames] = NONE;
    this.#frames += 1;
  }

  /** Has a speaker write before the end of the turn. */
  post(speaker: Speaker): void {
    const { letter } = speaker;
    if (letter === null) return;
    speaker.letter = null;
    const bytes = letter.first === letter.last ? this.#frame(letter.first) : this.#join(letter);
    if (speaker.release(bytes)) return;
    if (bytes.buffer === this.#packet.buffer) this.#packet = Buffer.allocUnsafeSlow(BYTES_MIN);
    else this.#memory = withRoom(this.#memory, this.#used, this.#memory.length);
  }

  #write(part: Part): void {
    const { length } = part;
    if (typeof part !== 'string')
      for (let index = 0; index < length; index += 1) this.#memory[this.#used + index] = part[index];
    else if (length > SHORT_CHARS_MAX) this.#memory.write(part, this.#used, 'latin1');
    else for (let index = 0; index < length; index += 1) this.#memory[this.#used + index] = part.charCodeAt(index);
    this.#used += length;
  }

  #makeRoomForFrames(): void {
    const [ends, nexts] = [this.#ends, this.#nexts];
    this.#ends = new Int32Array(2 * ends.length);
    this.#nexts = new Int32Array(2 * nexts.length);
    this.#ends.set(ends);
    this.#nexts.set(nexts);
  }

  /** Adds the frame of this number to what the speaker says. */
  #chain(speaker: Speaker, frame: number, bytes: number): void {
    const { letter } = speaker;
    if (letter === null) {
      if (this.#speakers.length === 0) setImmediate(() => this.#release());
      this.#speakers.push(speaker);
      speaker.letter = { first: frame, last: frame, bytes };
      return;
    }
    this.#nexts[letter.last] = frame;
    letter.last = frame;
    letter.bytes += bytes;
  }

  #frame(number: number): Buffer {
    return this.#memory.subarray(number === 0 ? 0 : this.#ends[number - 1], this.#ends[number]);
  }

  #join({ first, bytes }: Letter): Buffer {
    if (bytes > this.#packet.length) this.#packet = withRoom(this.#packet, 0, bytes);
    let length = 0;
    for (let frame = first; frame !== NONE; frame = this.#nexts[frame]) {
      const begin = frame === 0 ? 0 : this.#ends[frame - 1];
      length += this.#memory.copy(this.#packet, length, begin, this.#ends[frame]);
    }
    return this.#packet.subarray(0, length);
  }

  #release(): void {
    const speakers = this.#speakers;
    this.#speakers = [];
    for (const speaker of speakers) this.post(speaker);
    // Who spoke meanwhile writes in the next turn.
    if (this.#speakers.length > 0) return;
    // What a rush needed is given back bit by bit when it is over.
    if (this.#used < this.#memory.length / 4 && this.#memory.length > BYTES_MIN) {
      this.#memory = Buffer.allocUnsafeSlow(this.#memory.length / 2);
    }
    if (this.#frames < this.#ends.length / 4 && this.#ends.length > FRAMES_MIN) {
      this.#ends = new Int32Array(this.#ends.length / 2);
      this.#nexts = new Int32Array(this.#ends.length);
    }
    this.#used = 0;
    this.#frames = 0;
  }
}

/** Other memory, with the first `used` bytes of this one, and twice as much of it until there is room for so many. */
function withRoom(memory: Buffer, used: number, bytes: number): Buffer {
  let size = memory.length;
  while (size < bytes) size *= 2;
  const room = Buffer.allocUnsafeSlow(size);
  memory.copy(room, 0, 0, used);
  return room;
}

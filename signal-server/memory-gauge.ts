/** Tells when this process has as much memory as it may, so that newcomers are turned away before those inside suffer. */
import { getHeapStatistics } from 'node:v8';

import { type Millis, seconds } from '../shared/base/time.ts';

/** Asking costs some microseconds, and a crowd may ask thousands of times a second. */
const READING_AGE_MAX_MS = seconds(0.5);

/** The share of the largest heap that may be in use: beyond it, V8 does little but collect garbage, and then gives up. */
const HEAP_SHARE_MAX = 0.85;

export interface Memory {
  /** What the process holds of the machine's memory. */
  readonly residentBytes: number;
  readonly heapBytes: number;
  /** What V8 lets the heap grow to. */
  readonly heapBytesMax: number;
}

export class MemoryGauge {
  readonly #bytesMax: number;
  readonly #now: () => Millis;
  readonly #read: () => Memory;
  #readAt: Millis = Number.NEGATIVE_INFINITY;
  #isShort = false;

  constructor(bytesMax: number, now: () => Millis, read: () => Memory = readMemory) {
    this.#bytesMax = bytesMax;
    this.#now = now;
    this.#read = read;
  }

  isShort(): boolean {
    const now = this.#now();
    if (now - this.#readAt > READING_AGE_MAX_MS) {
      const { residentBytes, heapBytes, heapBytesMax } = this.#read();
      this.#isShort = residentBytes > this.#bytesMax || heapBytes > HEAP_SHARE_MAX * heapBytesMax;
      this.#readAt = now;
    }
    return this.#isShort;
  }
}

function readMemory(): Memory {
  const heap = getHeapStatistics();
  return {
    residentBytes: process.memoryUsage.rss(),
    heapBytes: heap.used_heap_size,
    heapBytesMax: heap.heap_size_limit,
  };
}

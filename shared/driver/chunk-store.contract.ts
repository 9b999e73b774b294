/** What every chunk store must do, whatever it keeps pieces in. */
import { expect, test } from 'vitest';

import { pieceIndex } from '../wire/ids.ts';
import type { Payload } from '../wire/peer-message.ts';
import type { ChunkStore } from './ports.ts';

export interface ChunkStoreWorld<Chunk extends Payload> {
  /** A store in which nothing is. */
  readonly open: () => Promise<ChunkStore<Chunk>>;
  /** A piece of this length; different seeds give pieces that `isSame` tells apart. */
  readonly chunk: (length: number, seed: number) => Chunk;
  readonly isSame: (a: Chunk, b: Chunk) => boolean;
}

const PIECE_BYTES = 256 * 1024;

/** Registers the cases. `name` begins their titles. */
export function chunkStoreContract<Chunk extends Payload>(name: string, world: ChunkStoreWorld<Chunk>): void {
  const { open, chunk, isSame } = world;
  const same = (found: Chunk | null, expected: Chunk): boolean => found !== null && isSame(found, expected);

  test(`${name}: a piece that was never put is not there`, async () => {
    const store = await open();
    expect(await store.get(pieceIndex(0))).toBeNull();
  });

  test.each([1, 16_384, PIECE_BYTES])(`${name}: gives back what was put, %i bytes`, async (length) => {
    const store = await open();
    await store.put(pieceIndex(3), chunk(length, 1));
    expect(same(await store.get(pieceIndex(3)), chunk(length, 1))).toBe(true);
  });

  test(`${name}: many pieces put at once are all kept, each under its own number`, async () => {
    const store = await open();
    const pieces = Array.from({ length: 50 }, (_, index) => pieceIndex(7 * index));
    await Promise.all(pieces.map((piece) => store.put(piece, chunk(1000, piece))));
    const found = await Promise.all(pieces.map((piece) => store.get(piece)));
    expect(found.map((content, index) => same(content, chunk(1000, pieces[index])))).toEqual(pieces.map(() => true));
  });

  test(`${name}: a piece put again replaces the one before`, async () => {
    const store = await open();
    await store.put(pieceIndex(0), chunk(500, 1));
    await store.put(pieceIndex(0), chunk(500, 2));
    expect(same(await store.get(pieceIndex(0)), chunk(500, 2))).toBe(true);
  });

  test(`${name}: forgets a removed piece, and only that one`, async () => {
    const store = await open();
    await Promise.all([store.put(pieceIndex(0), chunk(500, 1)), store.put(pieceIndex(1), chunk(500, 2))]);
    await store.remove(pieceIndex(0));
    expect(await store.get(pieceIndex(0))).toBeNull();
    expect(same(await store.get(pieceIndex(1)), chunk(500, 2))).toBe(true);
  });

  test(`${name}: removing what is not there does no harm`, async () => {
    const store = await open();
    await store.remove(pieceIndex(9));
    expect(await store.get(pieceIndex(9))).toBeNull();
  });

  test(`${name}: a piece removed while its put is under way is gone in the end`, async () => {
    const store = await open();
    const put = store.put(pieceIndex(0), chunk(500, 1));
    await store.remove(pieceIndex(0));
    await put;
    expect(await store.get(pieceIndex(0))).toBeNull();
  });

  test(`${name}: two stores do not mix`, async () => {
    const [one, other] = [await open(), await open()];
    await one.put(pieceIndex(0), chunk(500, 1));
    expect(await other.get(pieceIndex(0))).toBeNull();
  });
}

/** How a browser keeps the content of a piece: as bytes. */
import { concatBytes } from '../../shared/base/bytes.ts';
import type { ChunkShape } from '../../shared/driver/ports.ts';

/** `join` copies the blocks into one fresh array, so that a piece never keeps received messages alive; `slice` is a view. */
export const bytesShape: ChunkShape<Uint8Array> = {
  join: (blocks) => concatBytes(blocks as readonly Uint8Array[]),
  slice: (chunk, offset, length) => chunk.subarray(offset, offset + length),
};

/** A view of `bytes` for the browser calls that refuse shared memory; a copy only when its memory is shared. */
export function plainBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
}

/** Files of random bytes to share, the same bytes for the same name and size on every run, and their digests. */
import { createCipheriv, createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

export const MEGABYTE = 1_000_000;

const WRITE_BYTES = 4 * 1024 * 1024;

export interface SampleFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Writes `bytes` random bytes, drawn from the name as seed, into `folder`. */
export async function sampleFile(folder: string, name: string, bytes: number): Promise<SampleFile> {
  const seed = createHash('sha256').update(`${name} ${bytes}`).digest();
  const stream = createCipheriv('aes-128-ctr', seed.subarray(0, 16), seed.subarray(16));
  const path = join(folder, name);
  const file = await open(path, 'w');
  for (let left = bytes; left > 0; left -= WRITE_BYTES) {
    await file.write(stream.update(Buffer.alloc(Math.min(left, WRITE_BYTES))));
  }
  await file.close();
  return { path, name, bytes, sha256: await sha256(path) };
}

export async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** In place of `randombytes` in simple-peer, which names its channel by them in hexadecimal. */
import { hexFromBytes } from '../../../shared/base/bytes.ts';

const randomBytes = (count: number): { readonly toString: () => string } => {
  const bytes = crypto.getRandomValues(new Uint8Array(count));
  return { toString: () => hexFromBytes(bytes) };
};

export { randomBytes as 'module.exports' };

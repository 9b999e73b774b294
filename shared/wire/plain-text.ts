/** Strangers' text made fit to be shown, and to name a file. */
import { FILE_NAME_BYTES_MAX } from './limits.ts';

/** Characters that change how others are shown: controls, line ends, changes of writing direction, byte order marks. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** A short last part of a name after its last dot, which tells the kind of file. */
const EXTENSION = /(?<=.)\.[^.]{1,15}$/;

/** What Windows takes for a device, whatever extension follows. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)/i;

/** What a file is called whose name has nothing left. */
const NAMELESS = 'file';

/** `text` without unseen characters, at most `charsMax` of them, well-formed. */
export function plainText(text: string, charsMax: number): string {
  return Array.from(wellFormed(text.slice(0, 4 * charsMax)).replace(UNSEEN, ''))
    .slice(0, charsMax)
    .join('');
}

/**
 * `name` as a file may be called anywhere: no folders, no unseen characters, at most FILE_NAME_BYTES_MAX bytes in UTF-8; a
 * longer one loses the end of what stands before its extension. A name that is safe stays as it is.
 */
export function safeFileName(name: string): string {
  const clean = wellFormed(name).replace(UNSEEN, '').replace(/[/\\]/g, '_');
  if (/^\.*$/.test(clean)) return NAMELESS;
  if (utf8Length(clean) <= FILE_NAME_BYTES_MAX) return clean;
  return joinedName(clean, '');
}

/** `name`, which is safe, with a number before its extension: "photo (2).jpg". */
export const numberedFileName = (name: string, number: number): string => joinedName(name, ` (${number})`);

/**
 * A safe name as it may stand on any disk, of which Windows is the most particular: without characters and endings that it does
 * not allow, and not the name of a device. One that is fit stays as it is.
 */
export function diskFileName(name: string): string {
  const fit = name.replace(/[<>:"|?*]/g, '_').replace(/[. ]+$/, (tail) => '_'.repeat(tail.length));
  return DEVICE.test(fit) ? safeFileName(`_${fit}`) : fit;
}

/** The text these UTF-8 bytes are; what is no UTF-8 becomes U+FFFD. */
export function textFromUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** `text` with its percent signs resolved, or as it is where they are no encoding. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `name` with `addition` before its extension; the stem loses what is too long. */
function joinedName(name: string, addition: string): string {
  const extension = EXTENSION.exec(name)?.[0] ?? '';
  const room = FILE_NAME_BYTES_MAX - utf8Length(addition) - utf8Length(extension);
  return cutToBytes(name.slice(0, name.length - extension.length), room) + addition + extension;
}

/** As many whole characters of `text` as `bytesMax` bytes of UTF-8 hold. */
function cutToBytes(text: string, bytesMax: number): string {
  const cut = new Uint8Array(bytesMax);
  return text.slice(0, new TextEncoder().encodeInto(text, cut).read);
}

const utf8Length = (text: string): number => new TextEncoder().encode(text).byteLength;

/** Half characters (lone surrogates), which UTF-8 cannot spell, become U+FFFD. */
const wellFormed = (text: string): string => textFromUtf8(new TextEncoder().encode(text));

/**
 * Bencoding (BEP 3) <-> values, for strangers' bytes: the package of that name runs for ever on `l-3:` and lets a key
 * `__proto__` through, so these few rules are our own.
 */
import { concatBytes } from '../base/bytes.ts';
import { BENCODE_DEPTH_MAX, BENCODE_VALUES_MAX } from './limits.ts';
import { type Malformed, malformed } from './malformed.ts';

/** A decoded value. Integers beyond 2⁵³ are inexact: whoever reads one asks `Number.isSafeInteger`. */
export type Bencoded = number | Uint8Array | readonly Bencoded[] | Dictionary;

/** By key; each character of a key is one byte. */
export type Dictionary = ReadonlyMap<string, Bencoded>;

/** A value to encode. Texts become UTF-8; keys are ASCII. */
export type Encodable = number | string | Uint8Array | readonly Encodable[] | { readonly [key: string]: Encodable };

/** The value at the beginning of `bytes`, and the offset where it ends. Byte strings are views of `bytes`. */
export function decodeBencode(bytes: Uint8Array): { readonly value: Bencoded; readonly end: number } | Malformed {
  const reader = new Reader(bytes);
  const value = reader.read(0);
  return value === null
    ? malformed(`The bencoding is broken at byte ${reader.position}.`)
    : { value, end: reader.position };
}

/** The bencoding of `value`, keys in their order. Numbers must be safe integers. */
export function encodeBencode(value: Encodable): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  write(value, parts);
  return concatBytes(parts);
}

/** The entry of this key if it is a whole number that is exact, else null. */
export function integerAt(dictionary: Dictionary, key: string): number | null {
  const value = dictionary.get(key);
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

/** The entry of this key if it is a byte string, else null. */
export function bytesAt(dictionary: Dictionary, key: string): Uint8Array | null {
  const value = dictionary.get(key);
  return value instanceof Uint8Array ? value : null;
}

/** `value` if it is a dictionary, else null. */
export function asDictionary(value: Bencoded | undefined): Dictionary | null {
  return value instanceof Map ? value : null;
}

const [COLON, MINUS, ZERO, NINE] = [0x3a, 0x2d, 0x30, 0x39];
const [DICTIONARY, END, INTEGER, LIST] = [0x64, 0x65, 0x69, 0x6c];

/** Digits of the longest integer we read: 64 bits. */
const DIGITS_MAX = 20;

/** Reads on from `position`; every method returns null where the bytes break a rule, and nobody reads on after that. */
class Reader {
  position = 0;
  #values = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(depth: number): Bencoded | null {
    this.#values += 1;
    if (depth > BENCODE_DEPTH_MAX || this.#values > BENCODE_VALUES_MAX) return null;
    switch (this.#bytes[this.position]) {
      case INTEGER:
        return this.#readInteger();
      case LIST:
        return this.#readList(depth);
      case DICTIONARY:
        return this.#readDictionary(depth);
      default:
        return this.#readBytes();
    }
  }

  #readInteger(): number | null {
    this.position += 1;
    const isNegative = this.#skip(MINUS);
    const size = this.#readDigits();
    if (size === null || (isNegative && size === 0) || !this.#skip(END)) return null;
    return isNegative ? -size : size;
  }

  #readList(depth: number): readonly Bencoded[] | null {
    this.position += 1;
    const list: Bencoded[] = [];
    while (!this.#skip(END)) {
      const value = this.read(depth + 1);
      if (value === null) return null;
      list.push(value);
    }
    return list;
  }

  #readDictionary(depth: number): Dictionary | null {
    this.position += 1;
    const dictionary = new Map<string, Bencoded>();
    while (!this.#skip(END)) {
      const key = this.#readBytes();
      const value = key && this.read(depth + 1);
      if (key === null || value === null || dictionary.has(keyText(key))) return null;
      dictionary.set(keyText(key), value);
    }
    return dictionary;
  }

  #readBytes(): Uint8Array | null {
    const length = this.#readDigits();
    if (length === null || !this.#skip(COLON)) return null;
    const start = this.position;
    if (length > this.#bytes.byteLength - start) return null;
    this.position = start + length;
    return this.#bytes.subarray(start, this.position);
  }

  /** Decimal digits, without a leading zero. */
  #readDigits(): number | null {
    const start = this.position;
    let number = 0;
    while (this.#bytes[this.position] >= ZERO && this.#bytes[this.position] <= NINE) {
      number = number * 10 + (this.#bytes[this.position] - ZERO);
      this.position += 1;
    }
    const digits = this.position - start;
    const hasLeadingZero = digits > 1 && this.#bytes[start] === ZERO;
    return digits === 0 || digits > DIGITS_MAX || hasLeadingZero ? null : number;
  }

  #skip(byte: number): boolean {
    if (this.#bytes[this.position] !== byte) return false;
    this.position += 1;
    return true;
  }
}

function write(value: Encodable, parts: Uint8Array[]): void {
  if (typeof value === 'number') {
    parts.push(utf8(`i${value}e`));
  } else if (typeof value === 'string') {
    write(utf8(value), parts);
  } else if (value instanceof Uint8Array) {
    parts.push(utf8(`${value.byteLength}:`), value);
  } else if (isList(value)) {
    parts.push(utf8('l'));
    for (const item of value) write(item, parts);
    parts.push(utf8('e'));
  } else {
    parts.push(utf8('d'));
    for (const key of Object.keys(value).sort()) {
      write(key, parts);
      write(value[key], parts);
    }
    parts.push(utf8('e'));
  }
}

const isList = (value: readonly Encodable[] | { readonly [key: string]: Encodable }): value is readonly Encodable[] =>
  Array.isArray(value);

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Keys are short; a longer one than the stack can carry is nobody's key, so it is cut. */
function keyText(key: Uint8Array): string {
  return String.fromCharCode(...key.subarray(0, 1024));
}

/** The few operations on byte arrays that JavaScript lacks. */

/** All `parts`, one after the other, in a new array. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const part of parts) length += part.byteLength;
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.byteLength;
  }
  return whole;
}

/** Whether both hold the same bytes. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && a.every((byte, index) => byte === b[index]);
}

/** Each byte as two lower-case hexadecimal digits. */
export const HEX_OF_BYTE: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

/** Lower-case hexadecimal digits, two per byte. */
export function hexFromBytes(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += HEX_OF_BYTE[byte];
  return hex;
}

/** The bytes behind an even number of hexadecimal digits; the caller has checked that they are digits. */
export function bytesFromHex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length / 2);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = byteAt(hex, 2 * index);
  return bytes;
}

/** The byte that two hexadecimal digits at `index` are. By their codes: a server does this a million times a second. */
export function byteAt(hex: string, index: number): number {
  return (digitAt(hex, index) << 4) | digitAt(hex, index + 1);
}

function digitAt(hex: string, index: number): number {
  const code = hex.charCodeAt(index);
  return code <= NINE ? code - ZERO : (code | LOWER_CASE) - TEN;
}

/** Codes of characters: `0`, `9`, the bit that tells `a` from `A`, and what `a` stands above 10. */
const [ZERO, NINE, LOWER_CASE, TEN] = [0x30, 0x39, 0x20, 0x61 - 10];

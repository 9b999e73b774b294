/** How encoded messages are laid into data-channel messages. The receiver reads a byte stream, so borders mean nothing to it. */

/** Largest data-channel message, in bytes: what Chromium takes. Each one costs a task and a wake-up at both ends, however long it is. */
export const PACKET_BYTES_MAX = 256 * 1024;

/** Where every packet is put together: to send is to copy, so that it is free again at once. */
const table = new Uint8Array(PACKET_BYTES_MAX);

/**
 * The bytes of `parts` in order, as few packets of at most `packetBytesMax` (1 or more) and of `PACKET_BYTES_MAX`. Each packet is good until the next
 * one is asked for.
 */
export function* packets(
  parts: readonly Uint8Array[],
  packetBytesMax: number,
): Generator<Uint8Array<ArrayBuffer>, void, void> {
  const size = Math.trunc(Math.min(packetBytesMax, PACKET_BYTES_MAX));
  let filled = 0;
  for (const part of parts) {
    for (let offset = 0; offset < part.byteLength;) {
      const cut = part.subarray(offset, offset + size - filled);
      table.set(cut, filled);
      filled += cut.byteLength;
      offset += cut.byteLength;
      if (filled < size) continue;
      yield table.subarray(0, filled);
      filled = 0;
    }
  }
  if (filled > 0) yield table.subarray(0, filled);
}

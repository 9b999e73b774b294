/** What is shared: the info dictionary of BEP 3 as a value, and its way to and from bytes. */

/** A checked info dictionary of one file. */
export interface Metainfo {
  /** File name without folders; any script, 1 … 255 UTF-8 bytes. */
  readonly name: string;
  /** Length of the file in bytes; 0 is a file too. */
  readonly length: number;
  /** Length of every piece but the last, in bytes. */
  readonly pieceLength: number;
  /** SHA-1 of each piece, 20 bytes each, one after the other. */
  readonly pieceDigests: Uint8Array;
  /** The bencoded dictionary itself; its SHA-1 is the info hash. What BEP 9 hands to neighbours. */
  readonly infoBytes: Uint8Array;
}

/** What the app needs from the browser. `main.tsx` fills it with adapters; a test can fill it with anything of this shape. */
import type { Random } from '../../shared/base/random.ts';
import type { Millis } from '../../shared/base/time.ts';
import type {
  ChunkShape,
  ChunkStore,
  Clock,
  PeerTransport,
  PieceHasher,
  SignalFact,
  SignalLink,
  TransportFact,
} from '../../shared/driver/ports.ts';
import type { RateLimits } from '../../shared/base/rate-limits.ts';
import type { InfoHash, PeerId, PieceIndex } from '../../shared/wire/ids.ts';
import type { LinkSources } from '../../shared/wire/magnet-link.ts';
import type { Metainfo } from '../../shared/wire/metainfo.ts';
import type { PickedFile, SharedFiles } from './shared-files.ts';

export interface World {
  /** The time that all clocks show. */
  readonly now: () => Millis;
  /** A new clock with an alarm of its own, for each run of a swarm. */
  readonly newClock: () => StoppableClock;
  /** A new source of chance for each swarm. */
  readonly newRandom: () => Random;
  /** To be called after `prepareToConnect`. */
  readonly newTransport: (options: TransportOptions) => Transport;
  /** To our own server, and to the trackers that a link names. */
  readonly newSignal: (report: (fact: SignalFact) => void, trackers: readonly string[]) => SignalLink;
  readonly hasher: PieceHasher<Uint8Array>;
  readonly shape: ChunkShape<Uint8Array>;
  /**
   * Fetches what `newTransport` and `newSignal` take for these sources, and begins to connect where `calls` says that somebody will be called.
   * Rejects when the server is out of reach.
   */
  readonly prepareToConnect: (sources: LinkSources, plan: { readonly calls: boolean }) => Promise<void>;
  /** Whether this browser can connect to others at all (WebRTC). */
  readonly canConnect: () => boolean;
  /** Reads all files once and describes them. Rejects with an Error for a person, and with the signal's reason when aborted. */
  readonly describe: (
    shared: SharedFiles,
    options: { readonly onProgress: (doneBytes: number) => void; readonly signal: AbortSignal },
  ) => Promise<Described>;
  /** Reads a torrent file that a person chose. Rejects with an Error for a person. */
  readonly readTorrent: (file: File) => Promise<OpenedTorrent>;
  /** Where our own server's tracker is, for other clients. */
  readonly trackerUrl: string;
  /** The list of stores of this browser. Rejects with an Error for a person when nothing can be stored. */
  readonly openStores: () => Promise<Stores>;
  /** Bytes that may still be stored; null when the browser does not tell. */
  readonly roomBytes: () => Promise<number | null>;
  readonly openDisk: (storeId: string) => Promise<Disk>;
  /** The files themselves as a store. */
  readonly fileStore: (files: readonly PickedFile[], metainfo: Metainfo) => ChunkStore<Uint8Array>;
  /** The files themselves as a store, which is copied to the disk meanwhile. */
  readonly copiedFileStore: (options: CopyOptions) => CopiedFileStore;
  /** What a person waits for is there, such as the link of what they share: it is to be shown at once. */
  readonly onNews: () => void;
  /** The caps that the person chose, on this device. */
  readonly recallLimits: () => ChosenLimits;
  readonly rememberLimits: (limits: ChosenLimits) => void;
  /** To be called in a click handler, before anything is awaited. Rejects with an Error for a person. */
  readonly saveFile: (options: SaveOptions) => Promise<SaveOutcome>;
  /** The same for files that are put into a folder; null when this browser lets nobody choose one. */
  readonly saveFolder: ((options: SaveFolderOptions) => Promise<SaveOutcome>) | null;
  /** Gives a file that is still coming an address; null where browsers do not allow that, or in the end cannot do it. */
  readonly openView: ((file: ViewedFile) => Promise<StreamedView | null>) | null;
  /** One archive of these files, which is written while it is read. */
  readonly zip: (entries: readonly SaveEntry[]) => Promise<SaveContent>;
}

export interface ChosenLimits extends RateLimits {
  /** Nothing is uploaded on mobile data. */
  readonly sparesMobileData: boolean;
}

export interface OpenedTorrent extends Described, LinkSources {}

export interface StoppableClock extends Clock {
  readonly stop: () => void;
}

export interface TransportOptions {
  readonly report: (fact: TransportFact) => void;
  readonly infoHash: InfoHash;
  /** Who we are in this swarm. */
  readonly self: PeerId;
  /** Addresses of web servers that have the content (BEP 19). */
  readonly webSeeds: readonly string[];
}

export interface Transport extends PeerTransport {
  /** What the pieces are, as soon as it is known: a web seed can be asked for nothing before. */
  readonly describe: (metainfo: Metainfo) => void;
  readonly webSeeds: () => readonly WebSeedState[];
  readonly closeAll: () => void;
}

/** How a web server of a link is doing. */
export interface WebSeedState {
  /** Under which it is among the neighbours while it is asked. */
  readonly peer: PeerId;
  /** Its name, and port if it is an unusual one. */
  readonly host: string;
  /** Why the last attempt failed, as a trouble; null when none did. */
  readonly trouble: string | null;
}

export interface Described {
  readonly metainfo: Metainfo;
  readonly infoHash: InfoHash;
}

/** Stored pieces of one swarm, and the description of what they are pieces of. */
export interface Disk extends ChunkStore<Uint8Array> {
  readonly storedPieces: () => Promise<PieceIndex[]>;
  /** Forgets all that is in it. */
  readonly clear: () => Promise<void>;
  readonly readMetainfo: () => Promise<Uint8Array | null>;
  readonly writeMetainfo: (infoBytes: Uint8Array) => Promise<void>;
  /** Numbers of the files that the person chose, or null when nothing was chosen. */
  readonly readChoice: () => Promise<readonly number[] | null>;
  readonly writeChoice: (numbers: readonly number[] | null) => Promise<void>;
  /** A piece as it lies on disk. Rejects with an Error for a person when it is missing. */
  readonly part: (piece: PieceIndex) => Promise<StoredPart>;
  /** The next call opens it again. */
  readonly close: () => Promise<void>;
}

export interface CopyOptions {
  readonly file: ChunkStore<Uint8Array>;
  readonly disk: Disk;
  readonly metainfo: Metainfo;
  /** Bytes that are copied so far; the length of the file when the copy is whole. */
  readonly onProgress: (bytes: number) => void;
  /** Why it is not copied for now, for a person. It is tried again by itself. */
  readonly onTrouble: (reason: string) => void;
}

export interface CopiedFileStore extends ChunkStore<Uint8Array> {
  readonly startCopying: () => void;
  readonly stop: () => void;
}

export type StoredPart = Blob | Uint8Array<ArrayBuffer>;

/** How saving ended. The browser's own downloads have all of it ('downloaded'), or are still taking it. */
export type SaveOutcome = 'saved' | 'downloaded' | 'handed-to-browser' | 'cancelled';

/** What is to be saved: parts in any order, or bytes that only come one after the other. Both may be begun again. */
export type SaveContent = {
  /** Of all together, in bytes. */
  readonly length: number;
} & (
  | {
      /** How many parts there are. */
      readonly parts: number;
      /** A part as it lies on disk. Rejects with an Error for a person. */
      readonly part: (index: number) => Promise<StoredPart>;
    }
  | { readonly stream: () => AsyncIterable<Uint8Array<ArrayBuffer>> }
);

/** A file to be saved among others. */
export interface SaveEntry {
  /** Folders, then the name. */
  readonly path: readonly string[];
  /** In bytes. */
  readonly length: number;
  readonly parts: number;
  readonly part: (index: number) => Promise<StoredPart>;
}

export interface SaveOptions {
  readonly name: string;
  /** Asked for after the person has chosen a place. */
  readonly content: () => Promise<SaveContent>;
  /** Bytes that are written so far. Not called where the browser is handed the file as a whole. */
  readonly onProgress: (bytes: number) => void;
  readonly signal: AbortSignal;
}

export interface SaveFolderOptions extends Pick<SaveOptions, 'name' | 'onProgress' | 'signal'> {
  readonly entries: readonly SaveEntry[];
}

/** A file that a player reads while it comes. */
export interface ViewedFile {
  /** MIME type. */
  readonly type: string;
  /** In bytes. */
  readonly length: number;
  /** Bytes `start` … `end` − 1 as they come, until the signal is aborted. */
  readonly read: (start: number, end: number, signal: AbortSignal) => AsyncIterable<Uint8Array>;
}

export interface StreamedView {
  /** For a frame. */
  readonly address: string;
  readonly close: () => void;
}

export interface Stores {
  readonly list: () => Promise<StoredFile[]>;
  /** A store for this tab in this swarm: its own from before a reload, one whose tab is gone, or a new one. */
  readonly claim: (infoHash: InfoHash) => Promise<Claim>;
  readonly note: (storeId: string, note: Partial<StoreNote>) => Promise<void>;
  /** Deletes the store and all in it; refused while another tab uses it. */
  readonly remove: (storeId: string) => Promise<'removed' | 'in-use'>;
}

export interface Claim {
  readonly storeId: string;
  /** This very tab keeps the copy of a file in it that it shares, perhaps since before a reload. */
  readonly isSharers: boolean;
  /** From now on, `isSharers` is true of it for this tab; for whoever adopts the store it is not. */
  readonly markSharers: () => void;
  readonly release: () => void;
}

/** What the list remembers of a store. */
export interface StoreNote {
  /** null until a neighbour told. */
  readonly name: string | null;
  /** Of the whole file, in bytes. */
  readonly length: number | null;
  readonly storedBytes: number;
  /** A tab of this device shared the file. */
  readonly isShared: boolean;
}

/** One entry of "Stored on this device". */
export interface StoredFile extends StoreNote {
  readonly storeId: string;
  readonly infoHash: InfoHash;
  /** When it was last opened, or grew, in milliseconds since 1970. */
  readonly updatedAt: number;
  /** This tab has it. */
  readonly isMine: boolean;
  /** Some live tab has it, this one or another. */
  readonly isInUse: boolean;
}

/** Snapshots for tests: a receiver in a running swarm, of which a test names what it is about. */
import type { NeighbourView, Snapshot } from '../../shared/engine/snapshot.ts';
import { type InfoHash, type PeerId, parseInfoHash, parsePeerId } from '../../shared/wire/ids.ts';
import type { Metainfo } from '../../shared/wire/metainfo.ts';
import type { Reading } from './reading.ts';

export const INFO_HASH = parseInfoHash('0123456789abcdef0123456789abcdef01234567') as InfoHash;

const PEER_ID = parsePeerId('f'.repeat(40)) as PeerId;

/** Ten pieces of 100 bytes. */
export const METAINFO: Metainfo = {
  name: 'a.bin',
  isFolder: false,
  files: [{ path: ['a.bin'], offset: 0, length: 1000 }],
  length: 1000,
  pieceLength: 100,
  pieceDigests: new Uint8Array(200),
  blockDigests: null,
  infoBytes: new Uint8Array(),
};

const ALONE: Snapshot = {
  infoHash: INFO_HASH,
  peerId: PEER_ID,
  metainfo: null,
  metadata: { bytes: 0, totalBytes: 0 },
  pieces: { count: 0, verified: 0, stored: 0, copiesElsewhere: 0, heldElsewhere: 0 },
  wanted: { count: 0, verified: 0, stored: 0, bytes: 0, verifiedBytes: 0, storedBytes: 0 },
  verifiedBytes: 0,
  storedBytes: 0,
  transferred: { downloaded: 0, uploaded: 0, wasted: 0 },
  rates: { download: 0, upload: 0 },
  signal: { state: 'open', trouble: null, retryAt: null },
  swarm: { complete: 0, incomplete: 1 },
  dialling: 0,
  neighbours: [],
  metadataTrouble: null,
  storageTrouble: null,
  isStopped: false,
};

/** Connected to the server and to nobody else, knowing nothing of the file. */
export const snapshotWith = (changes: Partial<Snapshot>): Snapshot => ({ ...ALONE, ...changes });

/** What a snapshot tells when so many of the ten pieces are verified, and so many stored. */
export const withPieces = (verified: number, stored = verified): Partial<Snapshot> => ({
  metainfo: METAINFO,
  pieces: { count: 10, verified, stored, copiesElsewhere: 0, heldElsewhere: 0 },
  wanted: { count: 10, verified, stored, bytes: 1000, verifiedBytes: verified * 100, storedBytes: stored * 100 },
  verifiedBytes: verified * 100,
  storedBytes: stored * 100,
});

export const neighbourWith = (changes: Partial<NeighbourView>): NeighbourView => ({
  peerId: PEER_ID,
  client: 'Tabswarm 0.1.0',
  route: 'direct',
  pieces: 0,
  isSeed: false,
  downloadRate: 0,
  uploadRate: 0,
  isUnchoked: false,
  isOptimistic: false,
  unchokesUs: false,
  isInterested: false,
  isInteresting: false,
  isSnubbed: false,
  ...changes,
});

/** A receiver's reading, in a running session at time 0. */
export const readingWith = (changes: Partial<Reading>): Reading => ({
  role: 'receiver',
  phase: { kind: 'running' },
  snapshot: ALONE,
  localCopy: { kind: 'none' },
  canSave: true,
  chosenBytes: 1000,
  expectedName: null,
  webSeeds: [],
  shortage: null,
  history: [],
  now: 0,
  ...changes,
});

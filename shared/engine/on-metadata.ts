/** The info dictionary: asked for, served, checked, and what follows when it is here (BEP 9). */
import { METADATA_PIECE_BYTES } from '../wire/limits.ts';
import type { Metainfo } from '../wire/metainfo.ts';
import type { PeerMessage } from '../wire/peer-message.ts';
import { banPeer, sendExtendedHandshake } from './on-link.ts';
import { adoptEarlyPieces } from './on-pieces.ts';
import type { PeerSession } from './peers/peer-session.ts';
import { fillAll, updateInterest } from './requesting.ts';
import type { MetadataVerdict } from './swarm-io.ts';
import { createTorrent, readySessions, send, type SwarmState } from './swarm-state.ts';

/** One neighbour gets the dictionary this many times; then requests are refused. */
const SERVED_TIMES_MAX = 3;

/** Asks one more neighbour for the dictionary, if it is time and there is one that has it. */
export function seekMetadata(state: SwarmState): void {
  if (state.torrent !== null || state.metadataTrouble !== null || !state.metadata.wantsAttempt(state.now)) return;
  const holders = readySessions(state).filter((session) => metadataBytesOf(session) > 0);
  const link = state.metadata.choose(holders.map((session) => session.link));
  const session = link === null ? undefined : state.sessions.get(link);
  if (session === undefined) return;
  const parts = state.metadata.begin(session.link, metadataBytesOf(session), state.now);
  for (const part of parts) send(state, session, { kind: 'metadata-request', part });
}

export function metadataRequested(state: SwarmState, session: PeerSession, part: number): void {
  const infoBytes = state.torrent?.metainfo.infoBytes ?? new Uint8Array();
  const parts = Math.ceil(infoBytes.byteLength / METADATA_PIECE_BYTES);
  session.metadataServed += 1;
  if (part >= parts || session.metadataServed > parts * SERVED_TIMES_MAX) {
    send(state, session, { kind: 'metadata-reject', part });
    return;
  }
  const data = infoBytes.subarray(part * METADATA_PIECE_BYTES, (part + 1) * METADATA_PIECE_BYTES);
  send(state, session, { kind: 'metadata-data', part, totalBytes: infoBytes.byteLength, data });
}

export function metadataReceived(
  state: SwarmState,
  session: PeerSession,
  message: PeerMessage & { kind: 'metadata-data' },
): void {
  const progress = state.metadata.receive(session.link, message.part, message.data, state.now);
  if (progress === null) return;
  for (const part of progress.ask) send(state, session, { kind: 'metadata-request', part });
  if (progress.whole === null) return;
  state.metadataSender = session.peer;
  state.effects.push({ kind: 'check-metadata', infoBytes: progress.whole });
}

/** The neighbour will not give the dictionary: it is not asked again before it tells anew that it has it. */
export function metadataRefused(state: SwarmState, session: PeerSession): void {
  if (session.extended !== null) session.extended = { ...session.extended, metadataBytes: null };
  state.metadata.refused(session.link);
  seekMetadata(state);
}

/** The driver compared the dictionary with the info hash. */
export function metadataChecked(state: SwarmState, verdict: MetadataVerdict): void {
  const sender = state.metadataSender;
  state.metadata.checking = null;
  state.metadataSender = null;
  if (state.torrent !== null) return;
  switch (verdict.kind) {
    case 'wrong':
      if (sender !== null) banPeer(state, sender);
      seekMetadata(state);
      return;
    case 'unusable':
      state.metadataTrouble = verdict.reason;
      for (const session of readySessions(state)) updateInterest(state, session);
      return;
    case 'right':
      metadataKnown(state, verdict.metainfo);
  }
}

function metadataKnown(state: SwarmState, metainfo: Metainfo): void {
  state.torrent = createTorrent(metainfo);
  for (const session of readySessions(state)) {
    sendExtendedHandshake(state, session);
    adoptEarlyPieces(state, session);
  }
  fillAll(state);
}

/** How long the neighbour says the dictionary is; 0 when it has none, or none that we would take. */
function metadataBytesOf({ extended }: PeerSession): number {
  return extended?.hasMetadataExtension === true ? (extended.metadataBytes ?? 0) : 0;
}

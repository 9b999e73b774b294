/**
 * What a swarm's screen says, as plain values: a pure function of what the session reads and of a small memory of what was said
 * before. Which words are used for it is for `web/ui`.
 */
import { seconds, type Millis } from '../../shared/base/time.ts';
import type { NeighbourView, Snapshot } from '../../shared/engine/snapshot.ts';
import type { LinkRoute } from '../../shared/engine/swarm-io.ts';
import type { PeerId } from '../../shared/wire/ids.ts';
import type { RateSample } from './rate-history.ts';
import type { LocalCopy, Reading, Role } from './reading.ts';
import { situationOf, serverTroubleOf, isWhole, mayBeHidden, type ServerTrouble, type Situation } from './situation.ts';
import { estimateFinish, type Estimate } from './time-left.ts';

/** What has to be remembered from one view to the next. */
export interface ViewMemory {
  /** Stands for all that counts as getting on; while it stays the same, the person waits. */
  readonly mark: string;
  readonly waitingSince: Millis;
  /** When everything will be here; null when nothing tells. */
  readonly estimate: Estimate | null;
}

/** What the screen says. */
export interface SwarmView {
  readonly role: Role;
  readonly situation: Situation;
  /** Trouble with the server while the situation itself is about something else. */
  readonly serverTrouble: ServerTrouble | null;
  readonly localCopy: LocalCopy;
  /** All of it is here, and the person does not have it as a file already. */
  readonly canSave: boolean;
  /** Before the info dictionary is here, what the link calls it; null when nothing tells. */
  readonly name: string | null;
  /** Length of what is wanted in bytes; null when unknown. */
  readonly length: number | null;
  /** 0 … 100 with one decimal; 100 only when every piece is verified and stored. */
  readonly percent: number;
  /** Of that, what is on disk. */
  readonly storedBytes: number;
  /** Time until everything is here; null when nothing tells. */
  readonly timeLeft: Millis | null;
  /** Bytes per second. */
  readonly downloadRate: number;
  readonly uploadRate: number;
  /** Bytes since the swarm started in this tab. */
  readonly uploadedBytes: number;
  readonly people: readonly PersonView[];
  /** Those that the link names. */
  readonly webServers: readonly WebServerView[];
  /** How fast it came and went of late, the oldest sample first. */
  readonly history: readonly RateSample[];
  /** Whole copies among them: how many hold the rarest piece. */
  readonly copiesElsewhere: number;
  /** How much of it they hold together, 0 … 100; 100 only when it is everything. */
  readonly percentElsewhere: number;
}

/** A web server that has the file. */
export interface WebServerView {
  readonly host: string;
  readonly isConnected: boolean;
  /** Bytes per second from it. */
  readonly downloadRate: number;
  /** Why nothing comes from it, as a trouble; null when all is well. */
  readonly trouble: string | null;
}

/** One connected person. */
export interface PersonView {
  readonly id: PeerId;
  /** The program it says it uses; null when it does not say. */
  readonly client: string | null;
  readonly route: LinkRoute;
  /** How much of the file it shows to have, 0 … 100. */
  readonly percent: number;
  /** It may have more than it shows. */
  readonly mayHaveMore: boolean;
  /** Bytes per second from it, and to it. */
  readonly downloadRate: number;
  readonly uploadRate: number;
}

export const NO_MEMORY: ViewMemory = { mark: '', waitingSince: 0, estimate: null };

/** After this long without getting on, advice grows stronger. */
const LONG_WAIT_MS = seconds(20);

/** The view of a reading, and what to remember for the next one. */
export function viewSwarm(
  reading: Reading,
  before: ViewMemory,
): { readonly view: SwarmView; readonly memory: ViewMemory } {
  const { snapshot, now } = reading;
  const mark = markOf(reading);
  const waitingSince = mark === before.mark ? before.waitingSince : now;
  const situation = situationOf(reading, { waitedMs: now - waitingSince, isLong: now - waitingSince >= LONG_WAIT_MS });
  const isRunning = reading.phase.kind === 'running';
  const estimate =
    snapshot !== null && situation.kind === 'downloading' ? estimateFinish(before.estimate, snapshot, now) : null;
  const trouble = isRunning && snapshot !== null ? serverTroubleOf(snapshot, now) : null;
  const length = reading.chosenBytes;
  const stored = storedShare(reading);
  const view: SwarmView = {
    role: reading.role,
    situation,
    serverTrouble: trouble?.kind === situation.kind ? null : trouble,
    localCopy: reading.localCopy,
    canSave: reading.canSave && snapshot !== null && isWhole(snapshot),
    name: snapshot?.metainfo?.name ?? reading.expectedName,
    length,
    percent: snapshot === null ? 0 : percentOf(snapshot, stored),
    storedBytes: length === null ? 0 : Math.floor(length * stored),
    timeLeft: estimate === null ? null : Math.max(0, estimate.finish - now),
    downloadRate: isRunning ? (snapshot?.rates.download ?? 0) : 0,
    uploadRate: isRunning ? (snapshot?.rates.upload ?? 0) : 0,
    uploadedBytes: snapshot?.transferred.uploaded ?? 0,
    people: isRunning && snapshot !== null ? viewPeople(snapshot, reading) : [],
    webServers: isRunning && snapshot !== null ? viewWebServers(snapshot, reading) : [],
    history: reading.history,
    copiesElsewhere: isRunning ? (snapshot?.pieces.copiesElsewhere ?? 0) : 0,
    percentElsewhere: isRunning && snapshot !== null ? percentElsewhere(snapshot.pieces) : 0,
  };
  return { view, memory: { mark, waitingSince, estimate } };
}

/** Stored bytes in percent, rounded down to one decimal, so that 100 is never shown too early. */
function percentOf(snapshot: Snapshot, stored: number): number {
  if (isWhole(snapshot)) return 100;
  return Math.min(99.9, Math.floor(stored * 1000) / 10);
}

/** An empty file has no pieces that somebody could lack. */
function percentElsewhere({ count, heldElsewhere }: Snapshot['pieces']): number {
  return count === 0 ? 100 : Math.floor((heldElsewhere / count) * 100);
}

/** How much of the wanted pieces is on disk, 0 … 1. They hold a little more than the chosen files. What waits for room is not wanted. */
function storedShare({ snapshot, shortage, chosenBytes }: Reading): number {
  if (shortage !== null && chosenBytes) return 1 - shortage.needed / chosenBytes;
  return snapshot === null || snapshot.wanted.bytes === 0 ? 0 : snapshot.wanted.storedBytes / snapshot.wanted.bytes;
}

function markOf({ phase, snapshot }: Reading): string {
  if (snapshot === null) return phase.kind;
  const isAlone = snapshot.neighbours.length === 0;
  return [phase.kind, isAlone, snapshot.signal.state === 'open', snapshot.metadata.bytes, snapshot.verifiedBytes].join(
    ' ',
  );
}

/** To one who has everything nobody hides anything. */
function viewPeople(snapshot: Snapshot, { webSeeds }: Reading): PersonView[] {
  const { count, verified } = snapshot.pieces;
  const areHiding = verified < count && mayBeHidden(snapshot);
  const people = snapshot.neighbours.filter(({ peerId }) => webSeeds.every(({ peer }) => peer !== peerId));
  return people.map((neighbour) => ({
    id: neighbour.peerId,
    client: neighbour.client,
    route: neighbour.route,
    percent: percentOfNeighbour(neighbour, count),
    mayHaveMore: areHiding && !neighbour.isSeed,
    downloadRate: neighbour.downloadRate,
    uploadRate: neighbour.uploadRate,
  }));
}

function viewWebServers({ neighbours }: Snapshot, { webSeeds }: Reading): WebServerView[] {
  return webSeeds.map(({ host, peer, trouble }) => {
    const neighbour = neighbours.find(({ peerId }) => peerId === peer);
    return { host, isConnected: neighbour !== undefined, downloadRate: neighbour?.downloadRate ?? 0, trouble };
  });
}

function percentOfNeighbour({ isSeed, pieces }: NeighbourView, pieceCount: number): number {
  if (isSeed) return 100;
  return pieceCount === 0 ? 0 : Math.min(99, Math.floor((pieces / pieceCount) * 100));
}

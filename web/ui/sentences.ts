/** Every sentence about a swarm: for each situation one word for its state, what happens or is waited for, and what to do. */
import type { LocalCopy } from '../app/reading.ts';
import type { ServerTrouble, Situation } from '../app/situation.ts';
import type { SwarmView } from '../app/swarm-view.ts';
import { formatBytes, formatSeconds, formatWholePercent } from './format.ts';
import { say } from './language.ts';
import { sayReason, sayRefusal } from './reasons.ts';

/** How the state looks: at work, at rest with a good end, at rest, or in need of somebody. */
export type Tone = 'busy' | 'good' | 'still' | 'trouble';

export interface Words {
  readonly tone: Tone;
  readonly word: string;
  readonly sentence: string;
  /** A second sentence that changes every second, and so is not read out. */
  readonly countdown?: string;
}

type Speakers = {
  readonly [Kind in Situation['kind']]: (situation: Extract<Situation, { kind: Kind }>, view: SwarmView) => Words;
};

/** What to say of this view. */
export function describe(view: SwarmView): Words {
  const speak = SPEAKERS[view.situation.kind] as (situation: Situation, view: SwarmView) => Words;
  return speak(view.situation, view);
}

/** What to say of the server beside a state that goes on without it. */
export const describeServerTrouble = (trouble: ServerTrouble): string =>
  trouble.kind === 'server-gone'
    ? say('serverGone.beside')
    : say('serverRefuses.beside', { reason: sayRefusal(trouble.reason) });

/** Whether a reload of the sharer's tab is safe; `length` is the file's, in bytes. Empty when nothing is to be said. */
export function describeLocalCopy(copy: LocalCopy, length: number): string {
  if (copy.kind === 'kept') return say('copy.kept');
  if (copy.kind === 'copying') {
    const percent = length === 0 ? 100 : (copy.bytes / length) * 100;
    return say('copy.copying', { percent: formatWholePercent(percent) });
  }
  return copy.kind === 'failed' ? say('copy.failed', { reason: sayReason(copy.reason) }) : '';
}

const busy = (word: string, sentence: string): Words => ({ tone: 'busy', word, sentence });
const good = (word: string, sentence: string): Words => ({ tone: 'good', word, sentence });
const still = (word: string, sentence: string): Words => ({ tone: 'still', word, sentence });
const trouble = (word: string, sentence: string): Words => ({ tone: 'trouble', word, sentence });

const SPEAKERS: Speakers = {
  opening: () => busy(say('opening.word'), say('opening.sentence')),
  'no-webrtc': () => trouble(say('noWebrtc.word'), say('noWebrtc.sentence')),
  'no-storage': ({ reason }) =>
    trouble(say('noStorage.word'), say('noStorage.sentence', { reason: sayReason(reason) })),
  crashed: ({ reason }) => trouble(say('crashed.word'), say('crashed.sentence', { reason })),
  stopped: ({ isWhole }, { role }) => {
    const isPaused = role === 'receiver' && !isWhole;
    return still(isPaused ? say('stopped.paused') : say('stopped.word'), stoppedSentence(isWhole, role));
  },
  'connecting-to-server': () => busy(say('connecting.word'), say('connecting.toServer')),
  'server-gone': ({ retryIn }) => ({
    ...trouble(say('serverGone.word'), say('serverGone.sentence')),
    countdown: retrySentence(retryIn),
  }),
  'server-refuses': ({ reason }) =>
    trouble(say('serverRefuses.word'), say('serverRefuses.sentence', { reason: sayRefusal(reason) })),
  'nobody-here': ({ isLong }, { role }) => {
    if (role === 'sharer') return busy(say('waiting.word'), say('waiting.partWasKept'));
    return busy(say('waiting.word'), isLong ? say('waiting.nobodyForLong') : say('waiting.nobody'));
  },
  'connecting-to-people': ({ isLong }) =>
    busy(say('connecting.word'), isLong ? say('connecting.forLong') : say('connecting.toPeople')),
  'just-connected': ({}, { people, percent }) => {
    const count = people.length;
    if (count === 0) return busy(say('connected.word'), say('connected.toWebServer'));
    const sentence = percent === 0 ? say('connected.first', { count }) : say('connected.next', { count });
    return busy(say('connected.word'), sentence);
  },
  'finding-name': ({}, { people }) =>
    busy(say('connected.word'), say('connected.findingName', { count: people.length })),
  'waiting-for-turn': () => busy(say('waiting.word'), say('waiting.forTurn')),
  'waiting-for-pieces': ({ isStuck }, { role, people }) => {
    if (role === 'sharer') return busy(say('waiting.word'), say('waiting.restOfOwn'));
    if (!isStuck && people.length === 0) return busy(say('waiting.word'), say('connected.toWebServer'));
    const sentence = isStuck ? say('waiting.stuck') : say('waiting.forPieces', { count: people.length });
    return busy(say('waiting.word'), sentence);
  },
  downloading: () => busy(say('downloading.word'), say('downloading.sentence')),
  'no-room': ({ needed, free }) =>
    trouble(say('noRoom.word'), say('noRoom.sentence', { needed: formatBytes(needed), free: formatBytes(free) })),
  'nothing-chosen': () => still(say('nothingChosen.word'), say('nothingChosen.sentence')),
  'unusable-link': ({ reason }) =>
    trouble(say('unusable.word'), say('unusable.sentence', { reason: sayReason(reason) })),
  'storage-full': ({ reason }) =>
    trouble(say('storageFull.word'), say('storageFull.sentence', { reason: sayReason(reason) })),
  storing: () => busy(say('storing.word'), say('storing.sentence')),
  complete: () => good(say('complete.word'), say('complete.sentence')),
  sharing: ({}, { people }) => good(say('sharing.word'), sharingSentence(people)),
};

/** Whether the sharer is still needed. */
function sharingSentence(people: SwarmView['people']): string {
  const whole = people.filter(({ percent }) => percent === 100).length;
  if (people.length === 0) return say('sharing.nobody');
  if (whole === 0) return say('sharing.nobodyWhole');
  return whole === people.length ? say('sharing.allWhole') : say('sharing.someWhole');
}

function stoppedSentence(wasWhole: boolean, role: SwarmView['role']): string {
  if (role === 'sharer') return say('stopped.sharer');
  return wasWhole ? say('stopped.whole') : say('stopped.part');
}

function retrySentence(retryIn: number | null): string {
  if (retryIn === null || retryIn <= 0) return say('serverGone.retryNow');
  return say('serverGone.retryIn', { seconds: formatSeconds(retryIn) });
}

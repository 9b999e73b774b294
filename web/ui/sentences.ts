/** Every sentence about a swarm: for each situation one word for its state, what happens or is waited for, and what to do. */
import type { LocalCopy } from '../app/reading.ts';
import type { ServerTrouble, Situation } from '../app/situation.ts';
import type { SwarmView } from '../app/swarm-view.ts';
import { formatCount, formatSeconds, formatWholePercent } from './format.ts';

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
    ? `The server cannot be reached, so nobody new can join. ${retrySentence(trouble.retryIn)} Transfers go on.`
    : `The server lets nobody new join: ${asSentence(trouble.reason)} Transfers go on.`;

/** Whether a reload of the sharer's tab is safe; `length` is the file's, in bytes. Empty when nothing is to be said. */
export function describeLocalCopy(copy: LocalCopy, length: number): string {
  if (copy.kind === 'kept') return 'A copy is kept in this browser, so a reload goes on sharing.';
  if (copy.kind === 'copying')
    return `Keeping a copy in this browser, so that a reload goes on sharing: ${formatWholePercent(length === 0 ? 100 : (copy.bytes / length) * 100)}.`;
  if (copy.kind === 'failed') {
    return `No copy could be kept in this browser, so do not reload this tab: ${asSentence(copy.reason)}`;
  }
  return '';
}

const busy = (word: string, sentence: string): Words => ({ tone: 'busy', word, sentence });
const good = (word: string, sentence: string): Words => ({ tone: 'good', word, sentence });
const still = (word: string, sentence: string): Words => ({ tone: 'still', word, sentence });
const trouble = (word: string, sentence: string): Words => ({ tone: 'trouble', word, sentence });

const ASK_AGAIN = 'Choose the same file again to go on sharing all of it, or wait for somebody who has it.';

const SPEAKERS: Speakers = {
  opening: () => busy('Opening', 'Looking for what this browser has stored of this file…'),
  'no-webrtc': () =>
    trouble(
      'Not possible here',
      'This browser cannot connect to other people’s browsers: WebRTC is missing or switched off. Open this page in a current Chrome, Edge, Firefox or Safari.',
    ),
  'no-storage': ({ reason }) =>
    trouble(
      'Cannot store',
      `${asSentence(reason)} Without that, a file cannot be received. Allow site data for this page, or leave private browsing; it starts by itself then.`,
    ),
  crashed: ({ reason }) =>
    trouble(
      'Something broke',
      `This is a mistake in Tabswarm, not yours. Reload the page; what was stored is still there. (${reason})`,
    ),
  stopped: ({ isWhole }, { role }) => still('Stopped', stoppedSentence(isWhole, role)),
  'connecting-to-server': () => busy('Connecting', 'Connecting to the server, to learn who has this file…'),
  'server-gone': ({ retryIn }) => ({
    tone: 'trouble',
    word: 'Server out of reach',
    sentence: 'The server that brings people together does not answer. If this lasts, check your network connection.',
    countdown: retrySentence(retryIn),
  }),
  'server-refuses': ({ reason }) =>
    trouble('Server refuses', `The server did not let this tab join: ${asSentence(reason)} It asks again by itself.`),
  'nobody-here': ({ isLong }, { role }) => {
    if (role === 'sharer') return busy('Waiting', `Only a part of this file was kept in this browser. ${ASK_AGAIN}`);
    return busy('Waiting', isLong ? NOBODY_FOR_LONG : NOBODY);
  },
  'connecting-to-people': ({ isLong }) =>
    busy('Connecting', isLong ? CONNECTING_FOR_LONG : 'Connecting to the people who have this file…'),
  'just-connected': ({}, { people, percent }) =>
    busy(
      'Connected',
      `Connected to ${persons(people.length)}. The ${percent === 0 ? 'first' : 'next'} pieces are on their way.`,
    ),
  'finding-name': ({}, { people }) =>
    busy('Connected', `Connected to ${persons(people.length)}. Asking for the name and size of the file…`),
  'waiting-for-turn': () =>
    busy(
      'Waiting',
      'Connected. Everybody who has more of the file is serving others right now; turns change every few seconds.',
    ),
  'waiting-for-pieces': ({ isStuck }, { role, people }) => {
    if (role === 'sharer') return busy('Waiting', `The rest of this file is not here yet. ${ASK_AGAIN}`);
    if (isStuck) return busy('Waiting', STUCK);
    return busy('Waiting', `Connected to ${persons(people.length)}. The next pieces come by themselves.`);
  },
  downloading: () => busy('Downloading', 'You can save the file when all of it is here. Keep this tab open.'),
  'unusable-link': ({ reason }) =>
    trouble('Cannot be received', `${asSentence(reason)} Ask the person who sent you the link to share a single file.`),
  'storage-full': ({ reason }) =>
    trouble(
      'Cannot store more',
      `${asSentence(reason)} Other files that are stored on this device can be deleted on the first page.`,
    ),
  storing: () => busy('Storing', 'Everything has arrived. The last pieces are being put on disk…'),
  complete: () =>
    good('Complete', 'All of it is here. While this tab stays open, it helps others to get the file too.'),
  sharing: ({}, { people }) => good('Sharing', sharingSentence(people)),
};

const NOBODY =
  'Nobody who has this file is here right now. Ask the person who sent you the link to open their tab; it starts by itself then.';

const NOBODY_FOR_LONG =
  'Still nobody with this file. The person who sent you the link has to open it, or share the file again. If you copied the link by hand, compare it with theirs: one wrong character leads to an empty place like this one. It starts by itself as soon as somebody comes.';

const STUCK =
  'Nobody who is connected has the rest of this file. Ask the person who sent you the link to open their tab; it goes on by itself then.';

const CONNECTING_FOR_LONG =
  'There are people with this link, but no connection to them comes about. They may have just left, or a network in between blocks direct connections, as in some offices and schools: try the same Wi-Fi as theirs, or a phone’s hotspot. It keeps trying by itself.';

const persons = (count: number): string => formatCount(count, 'person', 'people');

/** Whether the sharer is still needed. */
function sharingSentence(people: SwarmView['people']): string {
  const whole = people.filter(({ percent }) => percent === 100).length;
  if (people.length === 0) return 'Send the link. Keep this tab open until somebody else has the whole file.';
  if (whole === 0) return 'They get it from you and from each other. Keep this tab open until somebody has all of it.';
  return whole === people.length
    ? 'Everybody who is connected has the whole file, and passes it on. You may close this tab.'
    : 'Some have all of it and pass it on, so the others get it even if you close this tab. It is faster while you stay.';
}

function stoppedSentence(wasWhole: boolean, role: SwarmView['role']): string {
  if (role === 'sharer') return 'This tab does not share the file any more. Others who have all of it can go on.';
  return wasWhole
    ? 'This tab does not help others any more. The file is still stored in this browser, and you can save it.'
    : 'What has arrived is kept in this browser. Start again to get the rest.';
}

function retrySentence(retryIn: number | null): string {
  return retryIn === null || retryIn <= 0 ? 'Trying again now.' : `Trying again in ${formatSeconds(retryIn)}.`;
}

/** `text` with a capital letter in front and a full stop behind, as reasons from elsewhere may lack them. */
function asSentence(text: string): string {
  const trimmed = text.trim();
  const start = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…]$/.test(start) ? start : `${start}.`;
}

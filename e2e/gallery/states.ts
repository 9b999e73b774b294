/** Every state of the page, as what its screen is made from, so that each can be looked at without bringing it about. */
import type { PreparationView } from '../../web/app/preparation.ts';
import type { Situation } from '../../web/app/situation.ts';
import type { StoredGroup } from '../../web/app/stored-group.ts';
import type { SwarmFiles } from '../../web/app/swarm-content.ts';
import { NO_MEMORY, type PersonView, type SwarmView, viewSwarm } from '../../web/app/swarm-view.ts';
import { INFO_HASH, readingWith } from '../../web/app/test-snapshot.ts';

export interface GalleryState {
  /** What follows `#`. */
  readonly fragment: string;
  /** Of the swarm that the page is about, and is listed as open. */
  readonly view?: SwarmView;
  /** Of the same swarm, when it changes from one reading to the next. */
  readonly viewAt?: (reading: number) => SwarmView;
  /** How many pieces it has; 320 when it does not say. */
  readonly pieceCount?: number;
  readonly preparation?: PreparationView;
  readonly stored?: readonly StoredGroup[];
  /** Of the swarm. */
  readonly files?: SwarmFiles;
  /** A selector of what is fetched on demand in this state. */
  readonly fetched?: string;
  /** Names of files that another program hands over. */
  readonly handedOver?: readonly string[];
}

const MEGABYTE = 1_000_000;

const EMPTY = viewSwarm(readingWith({ chosenBytes: null }), NO_MEMORY).view;

const person = (number: number, changes: Partial<PersonView> = {}): PersonView => ({
  id: number.toString(16).padStart(40, '0') as PersonView['id'],
  client: number % 3 === 2 ? 'WebTorrent 3.0.21' : 'Tabswarm 0.1.0',
  route: (['direct', 'direct', 'same-browser', 'relayed'] as const)[number % 4],
  percent: (number * 37) % 100,
  mayHaveMore: false,
  downloadRate: number * 110_000,
  uploadRate: number * 70_000,
  ...changes,
});

const PEOPLE = [1, 2, 3, 4, 5].map((number) => person(number));

const KNOWN: SwarmView = { ...EMPTY, name: 'Water cycle, second lesson.mp4', length: 84 * MEGABYTE };

const PARTLY: SwarmView = {
  ...KNOWN,
  percent: 43.2,
  storedBytes: 36.3 * MEGABYTE,
  downloadRate: 3.1 * MEGABYTE,
  uploadRate: 840_000,
  uploadedBytes: 12 * MEGABYTE,
  timeLeft: 16_000,
  people: PEOPLE,
  history: Array.from({ length: 70 }, (_, at) => ({
    download: MEGABYTE * (3 + Math.sin(at / 6) + (at % 5) / 10),
    upload: MEGABYTE * (0.9 + Math.cos(at / 9) / 2),
  })),
  copiesElsewhere: 1,
  percentElsewhere: 100,
};

/** The same while nothing comes. */
const STANDING: SwarmView = { ...PARTLY, downloadRate: 0, timeLeft: null };

const WHOLE: SwarmView = { ...PARTLY, percent: 100, storedBytes: 84 * MEGABYTE, downloadRate: 0, timeLeft: null };

const receiver = (view: SwarmView, situation: Situation): GalleryState => ({
  fragment: INFO_HASH,
  view: { ...view, situation },
});

const sharer = (changes: Partial<SwarmView>, situation: Situation = { kind: 'sharing' }): GalleryState => ({
  fragment: INFO_HASH,
  view: { ...WHOLE, role: 'sharer', localCopy: { kind: 'kept' }, situation, ...changes },
});

const group = (number: number, changes: Partial<StoredGroup>): StoredGroup => {
  const infoHash = number.toString(16).padStart(40, 'a') as StoredGroup['infoHash'];
  const length = number * 12 * MEGABYTE;
  const name = ['Holiday.zip', 'Atlas of the world, third edition.pdf', '여름방학 사진.zip'][number % 3];
  const usedAt = Date.now() - number ** 2 * 3_600_000;
  const copy = { storeId: `${number}`, infoHash, name, length, storedBytes: length, isMine: false, isInUse: false };
  const record = { ...copy, updatedAt: usedAt, isShared: number === 2 };
  return { ...record, usedAt, isOpen: false, totalBytes: length, elsewhere: 0, copies: [record], ...changes };
};

const STORED = [group(4, {}), group(2, { storedBytes: 11 * MEGABYTE, totalBytes: 11 * MEGABYTE }), group(3, {})];

const FOLDER: SwarmFiles = {
  isFolder: true,
  files: [
    {
      path: ['Lesson 2', 'Water cycle.mp4'],
      length: 60 * MEGABYTE,
      storedBytes: 31 * MEGABYTE,
      isWanted: true,
      turn: 1,
    },
    { path: ['Lesson 2', 'Worksheet.pdf'], length: MEGABYTE, storedBytes: MEGABYTE, isWanted: true, turn: null },
    { path: ['Lesson 2', 'Answers.pdf'], length: MEGABYTE, storedBytes: 0, isWanted: false, turn: null },
    { path: ['Read me first.txt'], length: 1200, storedBytes: 0, isWanted: true, turn: null },
  ],
  choice: { wanted: new Set([0, 1, 3]), first: [0] },
};

const LONE_FILE: SwarmFiles = {
  isFolder: false,
  files: [
    {
      path: ['Water cycle, second lesson.mp4'],
      length: 84 * MEGABYTE,
      storedBytes: 84 * MEGABYTE,
      isWanted: true,
      turn: null,
    },
  ],
  choice: { wanted: new Set([0]), first: [] },
};

const NOTHING_CHOSEN: SwarmFiles['choice'] = { wanted: new Set(), first: [] };

/** Everybody gets on with every reading, as in a full swarm. */
const crowdAt = (reading: number): SwarmView => ({
  ...PARTLY,
  situation: { kind: 'downloading' },
  people: Array.from({ length: 60 }, (_, at) =>
    person(at, { percent: (at + reading) % 100, downloadRate: ((at * 7 + reading * 13) % 97) * 10_000 }),
  ),
  history: PARTLY.history.map(({ download, upload }) => ({ download: download + reading * 1000, upload })),
});

export const STATES = {
  home: { fragment: '' },
  'home-lists': { fragment: '', view: { ...PARTLY, situation: { kind: 'downloading' } }, stored: STORED },
  preparing: {
    fragment: '',
    preparation: { name: 'Water cycle.mp4', length: 84 * MEGABYTE, percent: 38.4, rate: 91e6, timeLeft: 700 },
  },
  'check-up': { fragment: `check-${INFO_HASH}`, view: { ...EMPTY, role: 'sharer' } },
  'check-up-met': {
    fragment: `check-${INFO_HASH}`,
    view: { ...WHOLE, length: 1000, role: 'sharer', people: [PEOPLE[0]] },
  },
  'wrong-link': { fragment: '0123456789' },
  opening: receiver(EMPTY, { kind: 'opening' }),
  'no-webrtc': receiver(EMPTY, { kind: 'no-webrtc' }),
  'no-storage': receiver(EMPTY, { kind: 'no-storage', reason: 'storage-forbidden' }),
  crashed: receiver(
    { ...STANDING, people: [], uploadRate: 0 },
    { kind: 'crashed', reason: 'Invariant broken: a piece is verified twice' },
  ),
  paused: receiver({ ...STANDING, people: [], uploadRate: 0 }, { kind: 'stopped', isWhole: false }),
  stopped: {
    ...receiver({ ...WHOLE, people: [], canSave: true, uploadRate: 0 }, { kind: 'stopped', isWhole: true }),
    files: LONE_FILE,
    fetched: '#files-title',
  },
  'connecting-to-server': receiver(EMPTY, { kind: 'connecting-to-server' }),
  'server-gone': receiver(EMPTY, { kind: 'server-gone', retryIn: 4200 }),
  'server-refuses': receiver(EMPTY, { kind: 'server-refuses', reason: 'This swarm is full.' }),
  'nobody-here': receiver(EMPTY, { kind: 'nobody-here', isLong: false }),
  'nobody-here-for-long': receiver(EMPTY, { kind: 'nobody-here', isLong: true }),
  'connecting-to-people': receiver(EMPTY, { kind: 'connecting-to-people', isLong: false }),
  'connecting-for-long': receiver(EMPTY, { kind: 'connecting-to-people', isLong: true }),
  'finding-name': receiver({ ...EMPTY, people: PEOPLE }, { kind: 'finding-name' }),
  'just-connected': receiver({ ...KNOWN, people: PEOPLE }, { kind: 'just-connected' }),
  'waiting-for-turn': receiver(STANDING, { kind: 'waiting-for-turn' }),
  'waiting-for-pieces': receiver(STANDING, { kind: 'waiting-for-pieces', isStuck: false }),
  stuck: receiver(STANDING, { kind: 'waiting-for-pieces', isStuck: true }),
  downloading: receiver(PARTLY, { kind: 'downloading' }),
  'downloading-without-server': receiver(
    { ...PARTLY, serverTrouble: { kind: 'server-gone', retryIn: 3000 } },
    { kind: 'downloading' },
  ),
  'downloading-from-web-servers': receiver(
    {
      ...PARTLY,
      webServers: [
        { host: 'mirror.example.org', isConnected: true, downloadRate: 1.2 * MEGABYTE, trouble: null },
        { host: 'files.example.com:8443', isConnected: false, downloadRate: 0, trouble: 'web-seed-closed' },
      ],
    },
    { kind: 'downloading' },
  ),
  'downloading-in-a-crowd': {
    fragment: INFO_HASH,
    view: crowdAt(0),
    viewAt: crowdAt,
    pieceCount: 40_000,
  },
  'downloading-a-folder': { ...receiver(PARTLY, { kind: 'downloading' }), files: FOLDER, fetched: '#files-title' },
  'nothing-chosen': {
    ...receiver({ ...KNOWN, people: PEOPLE }, { kind: 'nothing-chosen' }),
    files: {
      ...FOLDER,
      files: FOLDER.files.map((file) => Object.assign({}, file, { isWanted: false })),
      choice: NOTHING_CHOSEN,
    },
    fetched: '#files-title',
  },
  reviewing: {
    fragment: '',
    handedOver: ['Photo of the class.jpg', 'Water cycle.mp4', 'Worksheet 1.pdf'],
    fetched: '.tree',
  },
  'no-room': {
    ...receiver(KNOWN, { kind: 'no-room', needed: 84 * MEGABYTE, free: 31 * MEGABYTE }),
    stored: STORED,
    fetched: '#room-title ~ ul',
  },
  'unusable-link': receiver(EMPTY, { kind: 'unusable-link', reason: 'link-of-version-2' }),
  'storage-full': {
    ...receiver(STANDING, { kind: 'storage-full', reason: 'no-room' }),
    stored: STORED,
    fetched: '#room-title ~ ul',
  },
  storing: receiver({ ...STANDING, percent: 99.9, storedBytes: 83.9 * MEGABYTE }, { kind: 'storing' }),
  complete: {
    ...receiver({ ...WHOLE, canSave: true }, { kind: 'complete' }),
    files: LONE_FILE,
    fetched: '#files-title',
  },
  'complete-folder': {
    ...receiver({ ...WHOLE, name: 'Water cycle', canSave: true }, { kind: 'complete' }),
    files: {
      ...FOLDER,
      files: FOLDER.files.map((file) =>
        Object.assign({}, file, { storedBytes: file.length, isWanted: true, turn: null }),
      ),
      choice: { wanted: new Set([0, 1, 2, 3]), first: [] },
    },
    fetched: '#files-title',
  },
  'sharing-alone': sharer({
    people: [],
    copiesElsewhere: 0,
    percentElsewhere: 0,
    localCopy: { kind: 'copying', bytes: 9e6 },
  }),
  'sharing-needed': sharer({ copiesElsewhere: 0, percentElsewhere: 62 }),
  'sharing-safe': sharer({
    copiesElsewhere: 3,
    people: PEOPLE.map((_, at) => person(at, { percent: at < 3 ? 100 : 50 })),
  }),
  'sharing-uncopied': sharer({ localCopy: { kind: 'failed', reason: 'no-room-for-copy' } }),
  'sharing-part': sharer(
    { ...STANDING, localCopy: { kind: 'none' }, role: 'sharer' },
    { kind: 'waiting-for-pieces', isStuck: true },
  ),
} as const satisfies Record<string, GalleryState>;

export type StateName = keyof typeof STATES;

/** What a person is told: whole sentences in every state, with what to do where something is in the way. */
import { afterEach, expect, test } from 'vitest';

import type { LocalCopy } from '../app/reading.ts';
import type { Situation } from '../app/situation.ts';
import type { SwarmView } from '../app/swarm-view.ts';
import { LANGUAGES, type Language, speak } from './language.ts';
import { safetySentence } from './safe-to-close.tsx';
import { describe, describeLocalCopy, describeServerTrouble } from './sentences.ts';

const VIEW: SwarmView = {
  role: 'receiver',
  situation: { kind: 'opening' },
  serverTrouble: null,
  localCopy: { kind: 'none' },
  canSave: false,
  name: 'a.bin',
  length: 1000,
  percent: 0,
  storedBytes: 0,
  timeLeft: null,
  downloadRate: 0,
  uploadRate: 0,
  uploadedBytes: 0,
  people: [],
  webServers: [],
  history: [],
  copiesElsewhere: 0,
  percentElsewhere: 0,
};

const SITUATIONS: readonly Situation[] = [
  { kind: 'opening' },
  { kind: 'no-webrtc' },
  { kind: 'no-storage', reason: 'private window' },
  { kind: 'crashed', reason: 'Invariant broken' },
  { kind: 'stopped', isWhole: false },
  { kind: 'stopped', isWhole: true },
  { kind: 'connecting-to-server' },
  { kind: 'server-gone', retryIn: 4200 },
  { kind: 'server-gone', retryIn: null },
  { kind: 'server-refuses', reason: 'too many' },
  { kind: 'no-room', needed: 4_000_000, free: 2_000_000 },
  { kind: 'nobody-here', isLong: false },
  { kind: 'nobody-here', isLong: true },
  { kind: 'connecting-to-people', isLong: false },
  { kind: 'connecting-to-people', isLong: true },
  { kind: 'just-connected' },
  { kind: 'finding-name' },
  { kind: 'waiting-for-turn' },
  { kind: 'waiting-for-pieces', isStuck: false },
  { kind: 'waiting-for-pieces', isStuck: true },
  { kind: 'downloading' },
  { kind: 'storage-full', reason: 'No room' },
  { kind: 'storing' },
  { kind: 'complete' },
  { kind: 'sharing' },
];

const ALL_LANGUAGES = Object.keys(LANGUAGES) as Language[];

afterEach(() => speak('en'));

test.each(ALL_LANGUAGES)('in %s every state has a word and sentences with all values filled in', async (language) => {
  await speak(language);
  for (const situation of SITUATIONS) {
    const { word, sentence } = describe({ ...VIEW, situation, people: [person(0), person(50)] });
    expect(`${word} ${sentence}`).not.toMatch(/undefined|null|NaN|[{}]/);
    expect(sentence).toMatch(/[.…。)）]$/);
  }
});

test.each(
  SITUATIONS.flatMap((situation) => [
    { ...VIEW, situation },
    { ...VIEW, situation, role: 'sharer' as const },
  ]),
)('a $role in state $situation.kind reads a word and whole sentences', (view) => {
  const { word, sentence } = describe(view);
  expect(word).toMatch(/^[A-Z]\S/);
  expect(sentence).toMatch(/^[A-Z].*[.…)]$/s);
  expect(sentence).not.toMatch(/undefined|null|NaN|Infinity|\.\./);
});

test.each([
  [{ kind: 'complete' }, 'Complete'],
  [{ kind: 'sharing' }, 'Sharing'],
  [{ kind: 'stopped', isWhole: true }, 'Stopped'],
] as const)('the state %o is called "%s"', (situation, word) => {
  expect(describe({ ...VIEW, situation }).word).toBe(word);
});

const person = (percent: number): SwarmView['people'][number] => ({
  id: 'f'.repeat(40) as SwarmView['people'][number]['id'],
  client: null,
  route: 'direct',
  percent,
  mayHaveMore: false,
  downloadRate: 0,
  uploadRate: 0,
});

test.each([
  [0, 0, 'Not safe to close yet: only this tab has the file.'],
  [0, 43, 'Not safe to close yet: the others together have 43% of it, the rest is only here.'],
  [1, 100, 'Safe to close: 1 whole copy exists elsewhere, so the file lives on without this tab.'],
  [3, 100, 'Safe to close: 3 whole copies exist elsewhere, so the file lives on without this tab.'],
])('with %d whole copies and %d percent elsewhere, one reads "%s"', (copiesElsewhere, percentElsewhere, sentence) => {
  expect(safetySentence({ ...VIEW, copiesElsewhere, percentElsewhere })).toBe(sentence);
});

test('a refusal of our server is told in the language of the page', async () => {
  await speak('de');
  expect(describeServerTrouble({ kind: 'server-refuses', reason: 'This swarm is full: try again later.' })).toBe(
    'Der Server lässt niemand Neues zu. Er meldet: „Zu viele laden diese Datei gerade; später geht es vielleicht.“ Laufende Übertragungen gehen weiter.',
  );
});

test('a receiver who is alone is told whom to ask, and that it starts by itself', () => {
  expect(describe({ ...VIEW, situation: { kind: 'nobody-here', isLong: false } }).sentence).toBe(
    'Nobody who has this file is here right now. Ask the person who sent you the link to open their tab; it starts by itself then.',
  );
});

test('a server that is gone is no trouble for transfers', () => {
  expect(describeServerTrouble({ kind: 'server-gone', retryIn: 4200 })).toBe(
    'The server cannot be reached, so nobody new can join. Transfers go on.',
  );
});

test.each<[LocalCopy, string]>([
  [{ kind: 'none' }, ''],
  [{ kind: 'copying', bytes: 255 }, 'Keeping a copy in this browser, so that a reload goes on sharing: 25%.'],
  [{ kind: 'kept' }, 'A copy is kept in this browser, so a reload goes on sharing.'],
  [{ kind: 'failed', reason: 'no room' }, 'No copy could be kept in this browser, so do not reload this tab. No room.'],
])('of the copy %o one reads "%s"', (copy, sentence) => {
  expect(describeLocalCopy(copy, 1000)).toBe(sentence);
});

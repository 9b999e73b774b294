/** What a person reads of several copies of one file, which are several tabs' doing. */
import { expect, test } from 'vitest';

import { minutes } from '../../shared/base/time.ts';
import { groupStored } from '../app/stored-group.ts';
import { INFO_HASH } from '../app/test-snapshot.ts';
import type { StoredFile } from '../app/world.ts';
import { describeStored } from './stored-list.tsx';
import { describeCopies, describeDeletion } from './stored-sentences.ts';

const NOW = Date.UTC(2026, 10, 26);

const copy = (changes: Partial<StoredFile>): StoredFile => ({
  storeId: 'a',
  infoHash: INFO_HASH,
  name: 'notes.bin',
  length: 1_000_000,
  storedBytes: 1_000_000,
  isShared: false,
  updatedAt: NOW - minutes(125),
  isMine: false,
  isInUse: false,
  ...changes,
});

const MINE = copy({ isMine: true, isInUse: true });
const ELSEWHERE = copy({ isInUse: true });

test.each<[string, readonly StoredFile[], string, string]>([
  ['one copy', [copy({})], 'complete · 1.00 MB · last used 2 hours ago', 'Delete it from this device?'],
  [
    'a copy of what was shared, long ago',
    [copy({ isShared: true, updatedAt: Date.UTC(2026, 9, 1, 12) })],
    'shared from here · 1.00 MB · last used Oct 1, 2026',
    'Delete it from this device?',
  ],
  [
    'half a copy',
    [copy({ storedBytes: 500_000 })],
    'not complete yet · 500 kB of 1.00 MB · last used 2 hours ago',
    'Delete it from this device?',
  ],
  [
    'a copy of this tab',
    [MINE],
    'complete · 1.00 MB · open in this tab',
    'Delete it from this device? This tab leaves the swarm too.',
  ],
  [
    'two copies',
    [copy({}), copy({ storedBytes: 500_000 })],
    'complete · 1.00 MB · 2 copies, one for each tab, 1.50 MB in all · last used 2 hours ago',
    'Delete 2 copies from this device?',
  ],
  [
    'copies of this tab and two others',
    [ELSEWHERE, MINE, ELSEWHERE],
    'complete · 1.00 MB · 3 copies, one for each tab, 3.00 MB in all · open in this tab and 2 other tabs',
    'Delete it from this device? This tab leaves the swarm too. What is open in 2 other tabs stays.',
  ],
])('%s and its deletion read well', (_, copies, sentence, question) => {
  const [group] = groupStored(copies);
  expect([describeCopies(group, NOW).join(' · '), describeDeletion(group).join(' ')]).toEqual([sentence, question]);
});

test.each([
  [[ELSEWHERE], 'complete · 1.00 MB · open in another tab: close it to delete it'],
  [
    [ELSEWHERE, ELSEWHERE],
    'complete · 1.00 MB · 2 copies, one for each tab, 2.00 MB in all · open in 2 other tabs: close them to delete it',
  ],
])('what only other tabs have is not to be deleted here, and says why', (copies, sentence) => {
  expect(describeCopies(groupStored(copies)[0], NOW).join(' · ')).toBe(sentence);
});

test('several copies count as one file, under the name that any of them knows', () => {
  const other = copy({ infoHash: 'f'.repeat(40) as typeof INFO_HASH, storedBytes: 10 });
  const groups = groupStored([other, copy({ name: null, length: null, storedBytes: 500_000 }), copy({})]);
  expect(groups.map(({ name, copies }) => [name, copies.length])).toEqual([
    ['notes.bin', 2],
    ['notes.bin', 1],
  ]);
  expect(describeStored(groups)).toBe('Stored on this device: 2 files, 1.50 MB');
  expect(describeStored([])).toBe('Stored on this device: nothing');
});

test('what holds nothing is not listed; a file of no bytes is', () => {
  const groups = groupStored([copy({ name: null, length: null, storedBytes: 0 }), copy({ length: 0, storedBytes: 0 })]);
  expect(groups.map((group) => describeCopies(group, NOW)[1])).toEqual(['0 bytes']);
});

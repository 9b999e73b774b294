/** Which language a person reads, and how values find their places in it. */
import { afterEach, expect, test } from 'vitest';

import { directionOf, pickLanguage, say, sayWith, speak, spokenLanguage } from './language.ts';

afterEach(() => speak('en'));

test.each([
  [['de-CH', 'fr'], 'de'],
  [['nl', 'fr-CA', 'en'], 'fr'],
  [['', 'KO'], 'ko'],
  [['zh-Hant-TW'], 'zh'],
  [['nl', 'toString', 'en-GB'], 'en'],
  [[], 'en'],
])('who reads %j is spoken to in %s', (tags, language) => {
  expect(pickLanguage(tags)).toBe(language);
});

test('a number is written and counted as the language does', async () => {
  expect(say('facts.people', { count: 1 })).toBe('1 person');
  expect(say('facts.people', { count: 1200 })).toBe('1,200 people');
  await speak('de');
  expect(say('facts.people', { count: 1200 })).toBe('1.200 Personen');
  await speak('ar');
  expect([1, 2, 3, 11].map((count) => say('facts.people', { count }))).toEqual([
    'شخص واحد',
    'شخصان',
    '3 أشخاص',
    '11 شخصًا',
  ]);
});

test('what is no text keeps its place in the sentence', async () => {
  const name = { element: true };
  expect(sayWith('save.save', { name })).toEqual(['Save ', name, '']);
  await speak('ko');
  expect(sayWith('save.save', { name })).toEqual(['', name, ' 저장']);
});

test('Arabic runs from right to left, the others from left to right', () => {
  expect([directionOf('ar'), directionOf('ko')]).toEqual(['rtl', 'ltr']);
});

test('the language is the one that was spoken to last', async () => {
  await speak('fr');
  expect(spokenLanguage()).toBe('fr');
  expect(say('stored.keep')).toBe('Conserver');
});

/** Refusals are understood as the server of this very repository words them. */
import { readFileSync, readdirSync } from 'node:fs';

import { expect, test } from 'vitest';

import { REFUSALS, refusalIn } from './refusal.ts';

test('every sentence that is known here is one of the server', () => {
  const sources = readdirSync('signal-server')
    .filter((name) => /^[a-z-]+\.ts$/.test(name))
    .map((name) => readFileSync(`signal-server/${name}`, 'utf8'))
    .join('\n');
  expect(Object.keys(REFUSALS).filter((beginning) => !sources.includes(beginning))).toEqual([]);
});

test('what is not known is nobody’s', () => {
  expect(refusalIn('One connection may be in 100 swarms.')).toBe('tooManySwarms');
  expect(refusalIn('no')).toBe(null);
});

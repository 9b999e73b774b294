/** A file of blocked info hashes, read at the start and again when it changes. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { Blocklist } from './blocklist.ts';
import { swarm } from './test-tracker.ts';

const folder = mkdtempSync(join(tmpdir(), 'tabswarm-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** A list of this content; each reading of the file, and each trouble with it, is one word. */
async function listOf(name: string, content: string) {
  const path = join(folder, name);
  writeFileSync(path, content);
  const words: string[] = [];
  let awaken = (): void => {};
  const note = (word: string): void => {
    words.push(word);
    awaken();
  };
  const list = await Blocklist.open(path, { onRead: (count) => note(`read ${count}`), onTrouble: note }, 10);
  const word = async (): Promise<string> => {
    while (words.length === 0) await new Promise<void>((resolve) => (awaken = resolve));
    return words.shift()!;
  };
  return { path, list, word };
}

test('it names one hash a line, in either case; comments and empty lines are passed over, other lines are told', async () => {
  const content = `# unwanted\n${swarm('film').toUpperCase()} # a film\n\nfilm\n`;
  const { list, word } = await listOf('once', content);
  expect(await word()).toBe('"film" in the file of blocked hashes is no info hash.');
  expect(await word()).toBe('read 1');
  expect([list.has(swarm('film')), list.has(swarm('song'))]).toEqual([true, false]);
  list.close();
});

test('a new file in its place counts at once, and when there is none the last one holds', async () => {
  const { path, list, word } = await listOf('changing', swarm('film'));
  expect(await word()).toBe('read 1');
  writeFileSync(`${path}.new`, `${swarm('song')}\n${swarm('book')}\n`);
  renameSync(`${path}.new`, path);
  expect(await word()).toBe('read 2');
  expect([list.has(swarm('film')), list.has(swarm('song'))]).toEqual([false, true]);
  rmSync(path);
  expect(await word()).toMatch(/cannot be read, the last one holds/);
  expect(list.has(swarm('song'))).toBe(true);
  list.close();
});

test('without a file nothing is blocked; a file that is not there fails the start', async () => {
  const events = { onRead: () => {}, onTrouble: () => {} };
  expect((await Blocklist.open(null, events)).has(swarm('film'))).toBe(false);
  await expect(Blocklist.open(join(folder, 'none'), events)).rejects.toThrow(/^BLOCKED_HASHES_FILE cannot be read/);
});

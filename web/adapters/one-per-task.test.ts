/** Work that would hold a page up is spread over tasks. */
import { expect, test } from 'vitest';

import { onePerTask } from './one-per-task.ts';

/** Resolves in a later task than every one that was asked for so far. */
const nextTask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('one piece of work is done within the call, the others one by one in later tasks, in order', async () => {
  await nextTask();
  const done: string[] = [];
  /** What was done, at the end of each task in which something was. */
  const tasks: string[] = [];
  const work = (name: string) => (): void => {
    done.push(name);
    queueMicrotask(() => tasks.push(done.join(' ')));
  };
  for (const name of ['one', 'two', 'three']) onePerTask(work(name));
  expect(done).toEqual(['one']);
  while (done.length < 3) await nextTask();
  await nextTask();
  expect(tasks).toEqual(['one', 'one two', 'one two three']);
});

test('work that comes alone, in a task of its own, never waits', async () => {
  for (const name of ['one', 'two']) {
    await nextTask();
    await nextTask();
    const done: string[] = [];
    onePerTask(() => done.push(name));
    expect(done).toEqual([name]);
  }
});

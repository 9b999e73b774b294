/** Work that holds the page up while the browser does it: one piece in each task, so that the page can answer in between. */
import { nextTask } from './next-task.ts';

const waiting: (() => void)[] = [];
/** Whether one was done in this task, or waits for a later one. */
let isTaken = false;

function goOn(): void {
  const work = waiting.shift();
  isTaken = work !== undefined;
  if (work === undefined) return;
  nextTask(goOn);
  work();
}

/** Does `work`, which must not throw: within the call, unless others were here first; then in order, each in a task of its own. */
export function onePerTask(work: () => void): void {
  if (isTaken) {
    waiting.push(work);
    return;
  }
  isTaken = true;
  nextTask(goOn);
  work();
}

/** Work that holds the page up while the browser does it: one piece in each task, so that the page can answer in between. */

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
/** Whether one was done in this task, or waits for a later one. */
let isTaken = false;

channel.port1.addEventListener('message', () => {
  const work = waiting.shift();
  isTaken = work !== undefined;
  if (work === undefined) return;
  channel.port2.postMessage(null);
  work();
});
channel.port1.start();

/** Does `work`, which must not throw: within the call, unless others were here first; then in order, each in a task of its own. No timer, which hidden tabs have slowed. */
export function onePerTask(work: () => void): void {
  if (isTaken) {
    waiting.push(work);
    return;
  }
  isTaken = true;
  channel.port2.postMessage(null);
  work();
}

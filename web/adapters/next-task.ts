/** The next task: soon, but after what the browser has waiting for the page already. No timer, which hidden tabs have slowed. */

const channel = new MessageChannel();
let waiting: (() => void)[] = [];

channel.port1.addEventListener('message', () => {
  const due = waiting;
  waiting = [];
  for (const work of due) work();
});
channel.port1.start();

/** Does `work`, which must not throw, in the next task; in order, and with all else that is put off until then. */
export function nextTask(work: () => void): void {
  if (waiting.push(work) === 1) channel.port2.postMessage(null);
}

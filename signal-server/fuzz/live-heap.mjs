/**
 * Loaded before the server under attack (`node --expose-gc --import`): asked over the channel between processes, it tells how many
 * bytes are alive after a full collection. What the system gives a process says little: V8 keeps room it once had.
 */
process.on('message', () => {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  process.send(heapUsed + external);
});

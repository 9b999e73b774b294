/** In place of `queue-microtask` in simple-peer: every browser that we run in has it. */

const queue = (task: () => void): void => queueMicrotask(task);

export { queue as 'module.exports' };

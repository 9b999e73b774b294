/** In place of `debug` in simple-peer: its log goes nowhere. */

const noLog = (): (() => void) => () => undefined;

export { noLog as 'module.exports' };

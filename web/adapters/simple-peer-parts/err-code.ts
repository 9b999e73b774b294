/** In place of `err-code` in simple-peer: an error with a word by which it is known, also one of the browser's, whose code is its own. */

const withCode = (error: Error, code: string): Error => Object.defineProperty(error, 'code', { value: code });

export { withCode as 'module.exports' };

/** In place of `err-code` in simple-peer: an error with a word by which it is known. */

const withCode = (error: Error, code: string): Error => Object.assign(error, { code });

export { withCode as 'module.exports' };

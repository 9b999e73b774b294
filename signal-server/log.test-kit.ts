/** A log for tests: what goes wrong in the server itself is kept as data. */
import { type Log, openLog } from './log.ts';

/** Puts every line about an error into `faults`, as it would be written. */
export function logInto(faults: unknown[]): Log {
  return openLog({ logLevel: 'error', logAddresses: false }, { write: (line) => faults.push(JSON.parse(line)) });
}

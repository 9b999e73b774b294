/**
 * What the server writes down: one JSON object a line, by pino. No info hashes, peer ids or session descriptions; addresses of
 * clients only when the person who runs it wants them.
 */
import { type DestinationStream, type Logger, destination, pino } from 'pino';

import type { Config } from './config.ts';

/** `info`, `warn`, `error`: a bag of fields, then what happened. A client's address goes into the field `address`. */
export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** The standard error: the standard output tells a person where the server is. */
const STANDARD_ERROR = 2;

/** A log, by default on the standard error, where a line is out before the process may end. */
export function openLog(
  { logLevel, logAddresses }: Pick<Config, 'logLevel' | 'logAddresses'>,
  stream: DestinationStream = destination({ dest: STANDARD_ERROR, sync: true }),
): Log {
  const paths = logAddresses ? [] : ['address'];
  return pino({ level: logLevel, base: null, redact: { paths, remove: true } }, stream);
}

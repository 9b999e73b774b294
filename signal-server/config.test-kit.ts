/** Configurations for tests: on the loopback, on free ports, and otherwise as they come. */
import { isMalformed } from '../shared/wire/malformed.ts';
import { type Config, readConfig } from './config.ts';
import type { Environment } from './variable.ts';

export function configWith(environment: Environment): Config {
  const config = readConfig({ HOST: '127.0.0.1', PORT: '0', STUN_PORT: '0', ...environment });
  if (isMalformed(config)) throw new Error(config.reason);
  return config;
}

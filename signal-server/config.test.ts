/** What may be configured, what a wrong value is told, and that README.md tells all of it. */
import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { VARIABLES, readConfig } from './config.ts';
import type { Variable } from './variable.ts';

const variables: readonly Variable<unknown>[] = Object.values(VARIABLES);

/** What the person is told about these variables. */
function complaint(environment: Record<string, string>): string {
  const config = readConfig(environment);
  return 'reason' in config ? config.reason : 'nothing';
}

test('without variables, or with empty ones, the defaults hold', () => {
  const defaults = readConfig({});
  expect(defaults).toMatchObject({ port: 8080, host: '0.0.0.0', tlsCert: null, turnUrls: [], logLevel: 'info' });
  expect(readConfig(Object.fromEntries(variables.map(({ name }) => [name, ''])))).toEqual(defaults);
});

test.each([
  { PORT: '0' },
  { PORT: '65535' },
  { HOST: '127.0.0.1' },
  { HOST: '::' },
  { HOST: 'my-host.example' },
  { TLS_CERT: '/etc/ssl/a.pem', TLS_KEY: '/etc/ssl/a.key' },
  { TRUST_PROXY: 'loopback, 10.0.0.0/8,fd00::/8,192.0.2.1' },
  { ALLOWED_ORIGINS: 'https://share.example.org,http://localhost:8080' },
  { STUN_PORT: '0' },
  { TURN_URLS: 'turn:turn.example.org:3478, turns:192.0.2.1?transport=tcp', TURN_SECRET: 'x' },
  { REDIS_URL: 'rediss://user:password@redis.example.org:6379/1' },
  { REDIS_URL: 'redis://one:6379, redis://two:6379' },
  { MESSAGES_PER_SECOND: '1' },
  { LOG_LEVEL: 'silent' },
  { LOG_ADDRESSES: 'yes' },
])('%o is right', (environment) => {
  expect(complaint(environment)).toBe('nothing');
});

test.each([
  ...['65536', '-1', '80.5', '8e3', 'http', ' 80', '0x50', '999999999999999999999'].map((PORT) => ({ PORT })),
  ...['http://localhost', '256.0.0.1', 'a b', '-x', '0.0.0.0:80', '1.2.3'].map((HOST) => ({ HOST })),
  ...['proxy', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/', ',', 'loopback,'].map((TRUST_PROXY) => ({ TRUST_PROXY })),
  ...['share.example.org', 'https://a.example/', 'https://a.example/page', '*'].map((ALLOWED_ORIGINS) => ({
    ALLOWED_ORIGINS,
  })),
  ...['stun:a.example', 'turn:', 'turn:a b', 'turn:a:1?transport=sctp', 'a.example'].map((TURN_URLS) => ({
    TURN_URLS,
  })),
  { MEMORY_MIB: '0' },
  { LOG_LEVEL: 'verbose' },
  { LOG_ADDRESSES: 'true' },
])('%o is wrong, and one sentence says so', (environment) => {
  const [[name, value]] = Object.entries(environment);
  const sentence = complaint(environment);
  expect(sentence.startsWith(`${name} is "${value}", but must be `)).toBe(true);
  expect(sentence).toMatch(/[^.]\.$/);
});

test('a secret that is wrong is not repeated', () => {
  expect(complaint({ REDIS_URL: 'http://user:hush@redis' })).toBe(
    'REDIS_URL is set, but must be an address like redis://localhost:6379; several have commas between.',
  );
  expect(complaint({ TURN_URLS: 'turn:a.example', TURN_SECRET: 'hush'.repeat(999) })).not.toContain('hush');
});

test.each([
  [{ TLS_CERT: 'a.pem' }, 'TLS_CERT and TLS_KEY must be set together.'],
  [{ TLS_KEY: 'a.key' }, 'TLS_CERT and TLS_KEY must be set together.'],
  [{ TURN_URLS: 'turn:a.example' }, 'TURN_URLS and TURN_SECRET must be set together.'],
  [{ TURN_SECRET: 'x' }, 'TURN_URLS and TURN_SECRET must be set together.'],
])('%o says half', (environment, sentence) => {
  expect(complaint(environment)).toBe(sentence);
});

test('README.md names every variable with its default and its meaning, and no other', () => {
  const rows = readFileSync('README.md', 'utf8')
    .split('\n')
    .filter((line) => /^\| `[A-Z_]+` +\|/.test(line))
    .map((line) => line.replaceAll(/ +/g, ' ').trim());
  expect(rows).toEqual(variables.map(readmeRow));
});

function readmeRow({ name, default: value, unit, meaning }: Variable<unknown>): string {
  const shown = value === '' ? '' : ` \`${value}\`${unit === undefined ? '' : ` ${unit}`}`;
  return `| \`${name}\` |${shown} | ${meaning} |`;
}

/** What may be configured, and what a wrong value is told. */
import { expect, test } from 'vitest';

import { readConfig } from './config.ts';

test('without variables, or with empty ones, the defaults hold', () => {
  expect(readConfig({})).toEqual({ port: 8080, host: '0.0.0.0' });
  expect(readConfig({ PORT: '', HOST: '' })).toEqual({ port: 8080, host: '0.0.0.0' });
});

test.each(['0', '1', '8081', '65535'])('PORT may be %s', (port) => {
  expect(readConfig({ PORT: port })).toMatchObject({ port: Number(port) });
});

test.each(['127.0.0.1', '::', '::1', '192.168.1.20', 'localhost', 'my-host.example'])('HOST may be %s', (host) => {
  expect(readConfig({ HOST: host })).toMatchObject({ host });
});

test.each(['65536', '-1', '80.5', '8e3', 'http', ' 80', '0x50', '999999999'])('PORT may not be "%s"', (port) => {
  expect(readConfig({ PORT: port })).toEqual({
    kind: 'malformed',
    reason: `PORT is "${port}", but must be a number from 0 to 65535.`,
  });
});

test.each(['http://localhost', '256.0.0.1', 'a b', '-x', '0.0.0.0:80', '1.2.3'])('HOST may not be "%s"', (host) => {
  expect(readConfig({ HOST: host })).toMatchObject({ kind: 'malformed', reason: expect.stringContaining(host) });
});

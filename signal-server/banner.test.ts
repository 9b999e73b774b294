/** Where the server says it can be reached. */
import type { NetworkInterfaceInfo } from 'node:os';

import { generate } from 'lean-qr';
import { expect, test } from 'vitest';

import { addresses, banner } from './banner.ts';

const ipv4 = (address: string, internal = false): NetworkInterfaceInfo => ({
  address,
  netmask: '255.255.255.0',
  family: 'IPv4',
  mac: '00:00:00:00:00:00',
  internal,
  cidr: null,
});
const ipv6: NetworkInterfaceInfo = { ...ipv4('fe80::1'), family: 'IPv6', scopeid: 2 };
const interfaces = {
  lo: [ipv4('127.0.0.1', true)],
  docker0: [ipv4('172.17.0.1')],
  wlan0: [ipv6, ipv4('192.168.1.20')],
};

test.each([
  { host: '0.0.0.0', local: 'http://localhost:80', lan: ['http://192.168.1.20:80', 'http://172.17.0.1:80'] },
  { host: '::', local: 'http://localhost:80', lan: ['http://192.168.1.20:80', 'http://172.17.0.1:80'] },
  { host: '127.0.0.1', local: 'http://127.0.0.1:80', lan: [] },
  { host: '::1', local: 'http://[::1]:80', lan: [] },
  { host: '192.168.1.20', local: 'http://192.168.1.20:80', lan: ['http://192.168.1.20:80'] },
])('a server on $host is reached at $local and $lan', ({ host, local, lan }) => {
  expect(addresses({ host, port: 80, tlsCert: null }, interfaces)).toEqual({ local, lan });
});

test('with a certificate the addresses are those of https', () => {
  const { local } = addresses({ host: '0.0.0.0', port: 443, tlsCert: 'a.pem' }, interfaces);
  expect(local).toBe('https://localhost:443');
});

test('the QR code shows a terminal every module of the LAN address, and a log file none', () => {
  const url = 'http://192.168.1.20:8080';
  const reachable = { local: 'http://localhost:8080', lan: [url] };
  expect(banner(reachable, false)).not.toMatch(/[▀▄█]/);
  expect(banner({ ...reachable, lan: [] }, true)).not.toMatch(/[▀▄█]/);
  const rows = banner(reachable, true)
    .split('\n')
    .filter((line) => line.includes('48;5;231m'))
    .map((line) => line.slice(line.indexOf('231m') + 4, line.lastIndexOf('\u001B')))
    .flatMap((line) => ['▀█', '▄█'].map((dark) => Array.from(line, (block) => dark.includes(block))));
  const code = generate(url);
  for (let y = 0; y < code.size; y += 1) {
    expect(rows[y + 4].slice(4, -4)).toEqual(Array.from({ length: code.size }, (_, x) => code.get(x, y)));
  }
});

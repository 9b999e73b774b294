/** What the server prints when it has started: where it can be reached, from here and from the network. */
import { isIPv6 } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';

import { generate } from 'lean-qr';

import type { Config } from './config.ts';

/** As `os.networkInterfaces()` gives them. */
type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

export interface Addresses {
  readonly local: string;
  /** For other devices in the network; empty when only this machine can reach the server. */
  readonly lan: readonly string[];
}

/** The URLs that reach a server with this configuration. */
export function addresses(
  { host, port, tlsCert }: Pick<Config, 'host' | 'port' | 'tlsCert'>,
  interfaces: Interfaces,
): Addresses {
  const scheme = tlsCert === null ? 'http' : 'https';
  const url = (name: string): string => `${scheme}://${isIPv6(name) ? `[${name}]` : name}:${port}`;
  if (host === '0.0.0.0' || host === '::') return { local: url('localhost'), lan: lanHosts(interfaces).map(url) };
  const isLoopback = host === 'localhost' || host === '::1' || host.startsWith('127.');
  return { local: url(host), lan: isLoopback ? [] : [url(host)] };
}

/** The lines to print; `isTerminal` adds a QR code of the first LAN address, for the phone next to the screen. */
export function banner({ local, lan }: Addresses, isTerminal: boolean): string {
  const lines = ['Tabswarm is running.', `  On this computer:  ${local}`];
  for (const url of lan) lines.push(`  In your network:   ${url}`);
  if (isTerminal && lan.length > 0) lines.push('', ...qrLines(lan[0]), '');
  lines.push('Stop it with Ctrl+C.');
  return lines.join('\n');
}

/** Names of network interfaces that lead to containers, virtual machines and tunnels, not to the room. */
const VIRTUAL = /^(br-|docker|podman|tailscale|tap|tun|utun|vboxnet|veth|virbr|vmnet|wg|zt)/;

/** The IPv4 addresses that others may know, those of real interfaces first. */
function lanHosts(interfaces: Interfaces): string[] {
  const hostsOf = (names: readonly string[]): string[] =>
    names
      .flatMap((name) => interfaces[name] ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => address);
  const names = Object.keys(interfaces);
  return [
    ...hostsOf(names.filter((name) => !VIRTUAL.test(name))),
    ...hostsOf(names.filter((name) => VIRTUAL.test(name))),
  ];
}

/** Light modules around a QR code that scanners need (ISO 18004). */
const QUIET_ZONE = 4;

/** Black on white whatever the terminal's colours are: numbers 16 and 231 of the 256-colour palette are fixed. */
const BLACK_ON_WHITE = '\u001B[38;5;16;48;5;231m';
const RESET = '\u001B[0m';

/** The half blocks for a dark or light upper and lower module. */
const HALF_BLOCKS = [' ', '▄', '▀', '█'];

/** A QR code, two rows of modules in each line of text. */
function qrLines(text: string): string[] {
  const code = generate(text);
  const lines: string[] = [];
  for (let y = -QUIET_ZONE; y < code.size + QUIET_ZONE; y += 2) {
    let line = '';
    for (let x = -QUIET_ZONE; x < code.size + QUIET_ZONE; x += 1) {
      line += HALF_BLOCKS[2 * Number(code.get(x, y)) + Number(code.get(x, y + 1))];
    }
    lines.push(BLACK_ON_WHITE + line + RESET);
  }
  return lines;
}

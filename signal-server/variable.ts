/** One environment variable: its name, what it means, and the kinds of values that variables have. */
import { isIP } from 'node:net';

import { type Malformed, malformed } from '../shared/wire/malformed.ts';

export interface Variable<Value> {
  readonly name: string;
  /** As a person would write it; empty for what is left out unless somebody needs it. */
  readonly default: string | number;
  /** Of a number, such as `bytes`. */
  readonly unit?: string;
  readonly kind: Kind<Value>;
  /** Half a sentence, for the table in README.md. */
  readonly meaning: string;
  /** Never repeated in a message. */
  readonly isSecret?: true;
}

/** What values a variable may have. */
export interface Kind<Value> {
  /** Follows "must be". */
  readonly expected: string;
  /** The value; undefined when the text stands for none. */
  readonly parse: (text: string) => Value | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The value of a variable in this environment, or the sentence that says what is wrong. One that is empty is not set. */
export function valueOf<Value>(variable: Variable<Value>, environment: Environment): Value | Malformed {
  const { name, kind, isSecret } = variable;
  const text = environment[name] || String(variable.default);
  const value = kind.parse(text);
  if (value !== undefined) return value;
  return malformed(`${name} is ${isSecret ? 'set' : `"${text}"`}, but must be ${kind.expected}.`);
}

export function wholeNumber(min: number, max: number): Kind<number> {
  return {
    expected: `a number from ${min} to ${max}`,
    parse: (text) => (/^\d{1,15}$/.test(text) ? within(Number(text), min, max) : undefined),
  };
}

function within(value: number, min: number, max: number): number | undefined {
  return value >= min && value <= max ? value : undefined;
}

/** The words of which one must be chosen. */
export function oneOf<const Word extends string>(...words: readonly Word[]): Kind<Word> {
  return {
    expected: `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`,
    parse: (text) => words.find((word) => word === text),
  };
}

export const YES_OR_NO: Kind<boolean> = {
  expected: 'yes or no',
  parse: (text) => (text === 'yes' ? true : text === 'no' ? false : undefined),
};

/** Any text that is no more than `charsMax` characters long. */
export function shortText(charsMax: number): Kind<string> {
  return {
    expected: `a text of at most ${charsMax} characters`,
    parse: (text) => (text.length <= charsMax ? text : undefined),
  };
}

/** Names of hosts by RFC 1123: labels of letters, digits and hyphens. */
const HOST_NAME = /^(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/i;

export const LISTENING_ADDRESS: Kind<string> = {
  expected: 'an address of this machine, like 0.0.0.0 or 127.0.0.1',
  parse: (text) => (isIP(text) > 0 || isHostName(text) ? text : undefined),
};

function isHostName(text: string): boolean {
  return HOST_NAME.test(text) && !/^[\d.]+$/.test(text);
}

/** Addresses by name, as `proxy-addr` knows them. */
const NETWORK_NAMES = ['loopback', 'linklocal', 'uniquelocal'];

/** One address, or a network such as 10.0.0.0/8. */
export const NETWORK: Kind<string> = {
  expected: `an address, a network like 10.0.0.0/8, or one of ${NETWORK_NAMES.join(', ')}`,
  parse: (text) => (NETWORK_NAMES.includes(text) || isNetwork(text) ? text : undefined),
};

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || wholeNumber(0, family === 4 ? 32 : 128).parse(bits) !== undefined;
}

/** Scheme, host and port, as the header `Origin` names them. */
export const ORIGIN: Kind<string> = {
  expected: 'an origin like https://share.example.org',
  parse: (text) => (URL.canParse(text) && new URL(text).origin === text ? text : undefined),
};

export const REDIS_ADDRESS: Kind<string> = {
  expected: 'an address like redis://localhost:6379',
  parse: (text) => (/^rediss?:\/\/./.test(text) && URL.canParse(text) ? text : undefined),
};

/** By RFC 7065, with a host name or an IPv4 address. */
export const TURN_ADDRESS: Kind<string> = {
  expected: 'an address like turn:turn.example.org:3478 or turns:turn.example.org:5349?transport=tcp',
  parse: (text) => (/^turns?:[a-z0-9.-]+(:\d{1,5})?(\?transport=(udp|tcp))?$/i.test(text) ? text : undefined),
};

/** Nothing, or what `kind` takes. */
export function optional<Value>(kind: Kind<Value>): Kind<Value | null> {
  return { expected: kind.expected, parse: (text) => (text === '' ? null : kind.parse(text)) };
}

/** Any number of what `kind` takes, with commas between. */
export function listOf<Value>({ expected, parse }: Kind<Value>): Kind<readonly Value[]> {
  return {
    expected: `${expected}; several have commas between`,
    parse: (text) => {
      const values = text === '' ? [] : text.split(',').map((part) => parse(part.trim()));
      return values.every((value) => value !== undefined) ? values : undefined;
    },
  };
}

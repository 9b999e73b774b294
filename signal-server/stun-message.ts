/**
 * What a STUN server says to a packet (RFC 8489): binding requests, without authentication. Pure. Packets that are not by the
 * RFC get no answer, and no answer is much longer than what it answers, so that nobody gains by sending them in another's name.
 */
import { crc32 } from 'node:zlib';

import ipaddr from 'ipaddr.js';

/** Where a packet came from. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** Longest packet that is looked at, in bytes: what every IPv4 path carries in one piece. RFC 8489, section 6.1. */
export const STUN_BYTES_MAX = 576;

/** Type, length, magic cookie and transaction id (section 5). */
const HEADER_BYTES = 20;
const MAGIC_COOKIE = 0x2112_a442;

const BINDING_REQUEST = 0x0001;
const BINDING_SUCCESS = 0x0101;
const BINDING_ERROR = 0x0111;

const ERROR_CODE = 0x0009;
const UNKNOWN_ATTRIBUTES = 0x000a;
const XOR_MAPPED_ADDRESS = 0x0020;
const FINGERPRINT = 0x8028;
const FINGERPRINT_MASK = 0x5354_554e;

/** Attributes below this must be understood (section 14). */
const OPTIONAL_FROM = 0x8000;

/** What authentication needs, which we may leave alone: USERNAME, MESSAGE-INTEGRITY, REALM, NONCE and their later kin. */
const UNDERSTOOD: ReadonlySet<number> = new Set([0x0006, 0x0008, 0x0014, 0x0015, 0x001c, 0x001d, 0x001e]);

const ADDRESS_FAMILY = { ipv4: 1, ipv6: 2 } as const;

interface Attribute {
  readonly type: number;
  /** From the begin of the packet, in bytes. */
  readonly offset: number;
  readonly value: Buffer;
}

/** The response to a packet, or null when there is none. */
export function stunResponse(packet: Buffer, from: Endpoint): Buffer | null {
  const attributes = readBindingRequest(packet);
  if (attributes === null || !isFingerprintRight(packet, attributes)) return null;
  const unknown = attributes.map(({ type }) => type).filter((type) => type < OPTIONAL_FROM && !UNDERSTOOD.has(type));
  return unknown.length > 0
    ? response(packet, BINDING_ERROR, [unknownAttributeError(), unknownAttributes(unknown)])
    : response(packet, BINDING_SUCCESS, [xorMappedAddress(packet, from)]);
}

/** The attributes of a binding request; null for anything else. */
function readBindingRequest(packet: Buffer): readonly Attribute[] | null {
  if (packet.length < HEADER_BYTES || packet.length > STUN_BYTES_MAX) return null;
  if (packet.readUInt16BE(0) !== BINDING_REQUEST || packet.readUInt32BE(4) !== MAGIC_COOKIE) return null;
  if (packet.readUInt16BE(2) !== packet.length - HEADER_BYTES || packet.length % 4 !== 0) return null;
  const attributes: Attribute[] = [];
  for (let offset = HEADER_BYTES; offset < packet.length;) {
    const begin = offset + 4;
    const end = begin + packet.readUInt16BE(offset + 2);
    if (end > packet.length) return null;
    attributes.push({ type: packet.readUInt16BE(offset), offset, value: packet.subarray(begin, end) });
    offset = padded(end);
  }
  return attributes;
}

/** Section 14.7: if it is there, it is the last one, and covers all before it. */
function isFingerprintRight(packet: Buffer, attributes: readonly Attribute[]): boolean {
  const fingerprint = attributes.find(({ type }) => type === FINGERPRINT);
  if (fingerprint === undefined) return true;
  const { offset, value } = fingerprint;
  const isLast = offset + 8 === packet.length && value.length === 4;
  return isLast && value.readUInt32BE(0) === (crc32(packet.subarray(0, offset)) ^ FINGERPRINT_MASK) >>> 0;
}

/** With the transaction id of the request. */
function response(request: Buffer, type: number, attributes: readonly Buffer[]): Buffer {
  const body = Buffer.concat(attributes);
  const header = Buffer.from(request.subarray(0, HEADER_BYTES));
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(body.length, 2);
  return Buffer.concat([header, body]);
}

/** Section 14.2: hidden from routers that rewrite every address they see. */
function xorMappedAddress(request: Buffer, { address, port }: Endpoint): Buffer {
  const ip = ipaddr.process(address.replace(/%.*$/, ''));
  const mask = request.subarray(4, HEADER_BYTES);
  const bytes = ip.toByteArray().map((byte, index) => byte ^ mask[index]);
  const value = Buffer.from([0, ADDRESS_FAMILY[ip.kind()], 0, 0, ...bytes]);
  value.writeUInt16BE(port ^ (MAGIC_COOKIE >>> 16), 2);
  return attribute(XOR_MAPPED_ADDRESS, value);
}

/** 420, without words (sections 6.3.1 and 14.8). */
function unknownAttributeError(): Buffer {
  return attribute(ERROR_CODE, Buffer.from([0, 0, 4, 20]));
}

function unknownAttributes(types: readonly number[]): Buffer {
  const value = Buffer.alloc(2 * types.length);
  types.forEach((type, index) => value.writeUInt16BE(type, 2 * index));
  return attribute(UNKNOWN_ATTRIBUTES, value);
}

function attribute(type: number, value: Buffer): Buffer {
  const bytes = Buffer.alloc(padded(4 + value.length));
  bytes.writeUInt16BE(type, 0);
  bytes.writeUInt16BE(value.length, 2);
  value.copy(bytes, 4);
  return bytes;
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}

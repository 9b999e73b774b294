/**
 * The hosts' lines and the distances between them.
 *
 * Rates are of the bytes that data channels carry: what UDP, DTLS and SCTP add to each packet (about 93 bytes) is taken to be
 * off the host's rate already, as it is in the fluid model of Kurose & Ross 2.5.
 */
import { randomBelow, type Random } from '../base/random.ts';
import type { Millis } from '../base/time.ts';
import { Downlink } from './downlink.ts';
import type { EventQueue } from './event-queue.ts';
import { Flow, type FlowEnds } from './flow.ts';
import { placeOfHost } from './place-queue.ts';
import { QueueUplink } from './queue-uplink.ts';
import { FairUplink, type Uplink } from './uplink.ts';

/** How the flows of a host share its uplink: in turns, or in one queue, as plain home routers have it. */
export type UplinkKind = 'fair' | 'shared-queue';

/** The line of one host, in bytes per second. Tabs of one host share it. */
export interface LineRates {
  readonly up: number;
  readonly down: number;
}

export interface Host {
  /** From 0, in the order they were added. */
  readonly index: number;
  readonly rates: LineRates;
  readonly uplink: Uplink;
  readonly downlink: Downlink;
}

export interface NetworkOptions {
  /** There and back between two hosts, in milliseconds; must not depend on the direction. */
  readonly roundTrip: (a: Host, b: Host) => Millis;
  /** Share of packets that are lost, 0 … 1. */
  readonly loss: number;
  readonly uplinks: UplinkKind;
}

export class Network {
  readonly queue: EventQueue;
  readonly #random: Random;
  readonly #options: NetworkOptions;
  readonly #hosts: Host[] = [];

  constructor(queue: EventQueue, random: Random, options: NetworkOptions) {
    this.queue = queue;
    this.#random = random;
    this.#options = options;
  }

  addHost(rates: LineRates): Host {
    const Kind = this.#options.uplinks === 'fair' ? FairUplink : QueueUplink;
    const uplink = new Kind(this.queue, rates.up);
    const downlink = new Downlink(this.queue, rates.down);
    const host = { index: this.#hosts.length, rates, uplink, downlink };
    this.#hosts.push(host);
    return host;
  }

  /** There and back, in milliseconds. */
  roundTrip(a: Host, b: Host): Millis {
    return this.#options.roundTrip(a, b);
  }

  /** There and back to the nearest other host; ∞ when there is none. */
  leastRoundTrip(host: Host): Millis {
    let least = Number.POSITIVE_INFINITY;
    for (const other of this.#hosts) if (other !== host) least = Math.min(least, this.roundTrip(host, other));
    return least;
  }

  /** A new stream from one host to the other. */
  flow<Item>(from: Host, to: Host, ends: FlowEnds<Item>): Flow<Item> {
    const { queue } = this;
    const latency = this.roundTrip(from, to) / 2;
    const places = { from: placeOfHost(from.index), to: placeOfHost(to.index) };
    const lines = { uplink: from.uplink, downlink: to.downlink };
    return new Flow({ queue, ...places, ...lines, latency, losesOneOf: this.#losesOneOf }, ends);
  }

  readonly #losesOneOf = (packets: number): boolean => {
    const { loss } = this.#options;
    if (loss === 0) return false;
    for (let packet = 0; packet < packets; packet += 1) {
      if (randomBelow(this.#random, 1_000_000) < loss * 1_000_000) return true;
    }
    return false;
  };
}

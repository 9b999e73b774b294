/** What `GET /metrics` tells Prometheus: how much there is and what flows. No info hash, peer id or address is in it. */
import { Counter, Gauge, Registry, collectDefaultMetrics } from 'prom-client';

import type { Traffic } from './traffic.ts';

export interface MetricsParts {
  readonly traffic: Traffic;
  readonly readLoad: () => Promise<{ readonly sockets: number; readonly swarms: number; readonly peers: number }>;
  /** Packets that the STUN server answered and ignored; null when there is none. */
  readonly readStun: () => { readonly answered: number; readonly ignored: number } | null;
}

export interface Metrics {
  readonly contentType: string;
  readonly read: () => Promise<string>;
}

/** With the defaults of prom-client: memory, processor time, delay of the event loop. */
export function makeMetrics({ traffic, readLoad, readStun }: MetricsParts): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  const counter = (name: string, help: string) =>
    new Counter({ name, help, labelNames: ['kind'], registers: [registry] });

  const sockets = gauge('tabswarm_sockets', 'Open WebSockets of this process.');
  const swarms = gauge('tabswarm_swarms', 'Swarms with at least one peer.');
  const peers = gauge('tabswarm_peers', 'Peers in all swarms.');
  const received = counter('tabswarm_messages_received_total', 'Messages of clients.');
  const sent = counter('tabswarm_messages_sent_total', 'Messages to clients.');
  const stun = counter('tabswarm_stun_packets_total', 'Packets that came to the STUN server.');

  return {
    contentType: registry.contentType,
    read: async () => {
      const load = await readLoad();
      sockets.set(load.sockets);
      swarms.set(load.swarms);
      peers.set(load.peers);
      show(received, traffic.received);
      show(sent, traffic.sent);
      show(stun, readStun() ?? {});
      return registry.metrics();
    },
  };
}

function show(counter: Counter<'kind'>, counts: Readonly<Record<string, number>>): void {
  counter.reset();
  for (const [kind, count] of Object.entries(counts)) counter.inc({ kind }, count);
}

/** The WebSocket against the contract, and against a server that talks nonsense. */
import { expect, inject, test, vi } from 'vitest';

import type { SignalFact } from '../../shared/driver/ports.ts';
import { signalLinkContract } from '../../shared/driver/signal-link.contract.ts';
import { parseInfoHash, parsePeerId } from '../../shared/wire/ids.ts';
import type { ClientMessage } from '../../shared/wire/signal-message.ts';
import { createSignalSocket } from './signal-socket.ts';

const server = inject('standInUrl');
const until = async (condition: () => boolean): Promise<void> => {
  await vi.waitUntil(condition, { timeout: 5000, interval: 5 });
};

signalLinkContract('signal socket', () => ({
  toAnswering: (report) => createSignalSocket({ url: `${server}/answering`, report }),
  toHangingUp: (report) => createSignalSocket({ url: `${server}/hanging-up`, report }),
  // The discard port, on which nothing answers.
  toNobody: (report) => createSignalSocket({ url: 'ws://127.0.0.1:9', report }),
  until,
}));

test('signal socket: nonsense from the server is passed over', async () => {
  const facts: SignalFact[] = [];
  const link = createSignalSocket({ url: `${server}/babbling`, report: (fact) => facts.push(fact) });
  link.connect();
  await until(() => facts.length === 1);
  link.send(announce(7));
  await until(() => facts.length > 1);
  expect(facts.slice(1)).toMatchObject([{ kind: 'signal-message', message: { kind: 'announced', complete: 7 } }]);
  link.close();
});

test('signal socket: an address that is none is reported as closed, not thrown', async () => {
  const facts: SignalFact[] = [];
  const link = createSignalSocket({ url: 'http://[', report: (fact) => facts.push(fact) });
  link.connect();
  await until(() => facts.length > 0);
  expect(facts.map(({ kind }) => kind)).toEqual(['signal-closed']);
});

test('[S11] signal socket: a server that closes may say when to come back', async () => {
  const facts: SignalFact[] = [];
  const link = createSignalSocket({ url: `${server}/restarting`, report: (fact) => facts.push(fact) });
  link.connect();
  await until(() => facts.length === 1);
  link.send(announce(0));
  await until(() => facts.length === 2);
  expect(facts[1]).toEqual({ kind: 'signal-closed', reason: 'The signal server is restarting.', retryIn: 7250 });
});

function announce(uploaded: number): ClientMessage {
  return {
    kind: 'announce',
    infoHash: parseInfoHash('a'.repeat(40))!,
    peerId: parsePeerId('b'.repeat(40))!,
    event: 'started',
    uploaded,
    downloaded: 0,
    left: null,
    offersWanted: 0,
    offers: [],
    neighboursWanted: null,
    trackerId: null,
  };
}

/** The WebSocket against the contract, and against a server that talks nonsense. */
import { expect, inject, onTestFinished, test, vi } from 'vitest';

import type { SignalFact, SignalLink } from '../../shared/driver/ports.ts';
import { signalLinkContract } from '../../shared/driver/signal-link.contract.ts';
import { parseInfoHash, parsePeerId } from '../../shared/wire/ids.ts';
import type { ClientMessage } from '../../shared/wire/signal-message.ts';
import { createSignalSocket, openAhead } from './signal-socket.ts';

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

signalLinkContract('signal socket opened ahead', () => ({
  toAnswering: (report) => aheadTo(`${server}/answering`, report),
  toHangingUp: (report) => aheadTo(`${server}/hanging-up`, report),
  toNobody: (report) => aheadTo('ws://127.0.0.1:9/', report),
  until,
}));

function aheadTo(url: string, report: (fact: SignalFact) => void): SignalLink {
  openAhead(url);
  return createSignalSocket({ url, report });
}

test('signal socket: one that was opened ahead is used once, and another is opened after it', async () => {
  const sockets = watchSockets();
  const url = `${server}/answering`;
  openAhead(url);
  openAhead(url);
  await until(() => sockets[0].readyState === WebSocket.OPEN);
  const facts: SignalFact[] = [];
  const link = createSignalSocket({ url, report: (fact) => facts.push(fact) });
  link.connect();
  expect(facts).toEqual([]);
  await until(() => facts.length === 1);
  link.send(announce(7));
  await until(() => facts.length === 2);
  expect(sockets).toHaveLength(1);
  link.connect();
  await until(() => facts.length === 3);
  expect(sockets.map(({ readyState }) => readyState > WebSocket.OPEN)).toEqual([true, false]);
  link.close();
});

test.each([
  ['has closed meanwhile', `/answering`, true],
  ['leads elsewhere', `/babbling`, false],
])('signal socket: one that was opened ahead and %s is not used', async (_, path, closes) => {
  const sockets = watchSockets();
  openAhead(server + path);
  await until(() => sockets[0].readyState === WebSocket.OPEN);
  if (closes) sockets[0].close();
  const facts: SignalFact[] = [];
  const link = createSignalSocket({ url: `${server}/answering`, report: (fact) => facts.push(fact) });
  link.connect();
  await until(() => facts.length === 1);
  expect(facts).toEqual([{ kind: 'signal-opened' }]);
  expect(sockets.map(({ url }) => url)).toEqual([server + path, `${server}/answering`]);
  link.close();
});

/** Those that are made until the end of the test, in order. */
function watchSockets(): readonly WebSocket[] {
  // What an earlier test has left goes.
  openAhead('ws://127.0.0.1:9/');
  const sockets: WebSocket[] = [];
  class Watched extends WebSocket {
    constructor(url: string) {
      super(url);
      sockets.push(this);
    }
  }
  vi.stubGlobal('WebSocket', Watched);
  onTestFinished(() => void vi.unstubAllGlobals());
  return sockets;
}

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

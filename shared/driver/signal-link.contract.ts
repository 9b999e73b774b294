/** What every link to a signal server must do. */
import { expect, test } from 'vitest';

import { parseInfoHash, parsePeerId } from '../wire/ids.ts';
import type { ClientMessage } from '../wire/signal-message.ts';
import type { SignalFact, SignalLink } from './ports.ts';

export interface SignalWorld {
  /** A link to a server that answers every announce with `announced`, with `complete` = the `uploaded` of the announce. */
  readonly toAnswering: (report: (fact: SignalFact) => void) => SignalLink;
  /** A link to a server that hangs up on the first message. */
  readonly toHangingUp: (report: (fact: SignalFact) => void) => SignalLink;
  /** A link to where no server is. */
  readonly toNobody: (report: (fact: SignalFact) => void) => SignalLink;
  /** Lets the world run until the condition holds; rejects when it never will. */
  readonly until: (condition: () => boolean) => Promise<void>;
}

/** Registers the cases. `name` begins their titles. */
export function signalLinkContract(name: string, newWorld: () => SignalWorld): void {
  const begin = (reach: 'toAnswering' | 'toHangingUp' | 'toNobody') => {
    const world = newWorld();
    const facts: SignalFact[] = [];
    const link = world[reach]((fact) => facts.push(fact));
    const kinds = (): string[] => facts.map(({ kind }) => kind);
    const answers = (): number[] =>
      facts.flatMap((fact) =>
        fact.kind === 'signal-message' && fact.message.kind === 'announced' ? [fact.message.complete] : [],
      );
    return { ...world, facts, link, kinds, answers };
  };

  test(`${name}: opens, but not within the call`, async () => {
    const { link, kinds, until } = begin('toAnswering');
    link.connect();
    expect(kinds()).toEqual([]);
    await until(() => kinds().length > 0);
    expect(kinds()).toEqual(['signal-opened']);
    link.close();
  });

  test(`${name}: messages are answered in order`, async () => {
    const { link, kinds, answers, until } = begin('toAnswering');
    link.connect();
    await until(() => kinds().includes('signal-opened'));
    for (const uploaded of [1, 2, 3]) link.send(announce(uploaded));
    await until(() => answers().length === 3);
    expect(answers()).toEqual([1, 2, 3]);
    link.close();
  });

  test(`${name}: a message sent before it is open goes nowhere`, async () => {
    const { link, kinds, answers, until } = begin('toAnswering');
    link.send(announce(1));
    link.connect();
    link.send(announce(2));
    await until(() => kinds().includes('signal-opened'));
    link.send(announce(3));
    await until(() => answers().length > 0);
    expect(answers()).toEqual([3]);
    link.close();
  });

  test(`${name}: where nobody is, it closes with a reason, and never opens`, async () => {
    const { link, facts, until } = begin('toNobody');
    link.connect();
    expect(facts).toEqual([]);
    await until(() => facts.length > 0);
    expect(facts).toEqual([{ kind: 'signal-closed', reason: expect.stringMatching(/^[A-Z].+\.$/), retryIn: null }]);
  });

  test(`${name}: a server that hangs up is reported once, and can be called again`, async () => {
    const { link, kinds, until } = begin('toHangingUp');
    link.connect();
    await until(() => kinds().length === 1);
    link.send(announce(1));
    await until(() => kinds().length === 2);
    link.connect();
    await until(() => kinds().length === 3);
    expect(kinds()).toEqual(['signal-opened', 'signal-closed', 'signal-opened']);
    link.close();
  });

  test(`${name}: after close nothing is reported, until it is opened again`, async () => {
    const { link, kinds, answers, until } = begin('toAnswering');
    link.connect();
    await until(() => kinds().length === 1);
    link.send(announce(1));
    link.close();
    link.connect();
    await until(() => kinds().length === 2);
    link.send(announce(2));
    await until(() => answers().length > 0);
    expect(kinds()).toEqual(['signal-opened', 'signal-opened', 'signal-message']);
    expect(answers()).toEqual([2]);
    link.close();
  });

  test(`${name}: close without connect, and twice, does no harm`, () => {
    const { link, facts } = begin('toAnswering');
    link.close();
    link.close();
    expect(facts).toEqual([]);
  });
}

function announce(uploaded: number): ClientMessage {
  return {
    kind: 'announce',
    infoHash: parseInfoHash('a'.repeat(40))!,
    peerId: parsePeerId('b'.repeat(40))!,
    event: 'update',
    uploaded,
    downloaded: 0,
    left: 0,
    offersWanted: 0,
    offers: [],
    neighboursWanted: 50,
    trackerId: null,
  };
}

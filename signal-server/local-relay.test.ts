/** The relay of one node is a relay, and tells what the receiver says. */
import { describe, expect, test } from 'vitest';

import { LocalRelay } from './local-relay.ts';
import { relayContract } from './relay.contract.ts';
import { offer, peer, socket, swarm } from './test-tracker.ts';

describe('the local relay is a relay', () => {
  relayContract(async () => {
    const relay = new LocalRelay();
    return { here: relay, there: relay };
  });
});

test('a receiver that is busy says so to the sender', async () => {
  const relay = new LocalRelay();
  relay.attach(socket('s'), () => 'busy', 0);
  const message = { kind: 'offer', infoHash: swarm('film'), peerId: peer('a'), offerId: offer('1'), sdp: '' } as const;
  expect(await relay.send({ to: socket('s'), toPeerId: peer('b'), message }, 0)).toBe('busy');
});

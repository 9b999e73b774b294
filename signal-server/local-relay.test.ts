/** The relay of one node is a relay. */
import { describe } from 'vitest';

import { LocalRelay } from './local-relay.ts';
import { relayContract } from './relay.contract.ts';

describe('the local relay is a relay', () => {
  relayContract(async () => {
    const relay = new LocalRelay();
    return { here: relay, there: relay, nodeThere: 'node' };
  });
});

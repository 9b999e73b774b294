/** Which statistics mean a relay. */
import { expect, test } from 'vitest';

import { type Stats, isRelayedBy } from './link-route.ts';

const CANDIDATES: Stats[] = [
  { id: 'host', type: 'local-candidate', candidateType: 'host' },
  { id: 'ours', type: 'local-candidate', candidateType: 'relay' },
  { id: 'public', type: 'remote-candidate', candidateType: 'srflx' },
  { id: 'theirs', type: 'remote-candidate', candidateType: 'relay' },
];
const pair = (localCandidateId: string, remoteCandidateId: string, selected?: true): Stats => ({
  id: `${localCandidateId}-${remoteCandidateId}`,
  type: 'candidate-pair',
  localCandidateId,
  remoteCandidateId,
  ...(selected && { selected }),
});
const transport = (selectedCandidatePairId: string): Stats => ({ id: 'T', type: 'transport', selectedCandidatePairId });

test.each([
  ['no pair yet', [{ id: 'T', type: 'transport' }], false],
  [
    'a direct pair beside a relayed one',
    [pair('ours', 'theirs'), pair('host', 'public'), transport('host-public')],
    false,
  ],
  ['our relay', [pair('host', 'public'), pair('ours', 'public'), transport('ours-public')], true],
  ['their relay', [pair('host', 'theirs'), transport('host-theirs')], true],
  ['a selected pair without a transport (Firefox)', [pair('host', 'public'), pair('ours', 'theirs', true)], true],
  ['a pair that is gone', [transport('gone')], false],
])('%s', (_, stats, isRelayed) => {
  expect(isRelayedBy([...CANDIDATES, ...stats])).toBe(isRelayed);
});

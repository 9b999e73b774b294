/** What to think of each outcome of a check. */
import { expect, test } from 'vitest';

import { CHECKS, type CheckResult, type Verdict, verdictOf } from './check-up.ts';

const OUTCOMES: readonly (readonly [CheckResult, Verdict])[] = [
  [{ kind: 'secure', isSecure: true }, 'good'],
  [{ kind: 'secure', isSecure: false }, 'note'],
  [{ kind: 'webrtc', isThere: true }, 'good'],
  [{ kind: 'webrtc', isThere: false }, 'bad'],
  [{ kind: 'channel', millis: 80 }, 'good'],
  [{ kind: 'channel', millis: null }, 'bad'],
  [{ kind: 'server', millis: 5 }, 'good'],
  [{ kind: 'server', millis: null }, 'bad'],
  [{ kind: 'storage', canStore: true, freeBytes: 5e9 }, 'good'],
  [{ kind: 'storage', canStore: true, freeBytes: null }, 'good'],
  [{ kind: 'storage', canStore: true, freeBytes: 1e6 }, 'note'],
  [{ kind: 'storage', canStore: false, freeBytes: 5e9 }, 'bad'],
  [{ kind: 'stun', outcome: 'answered' }, 'good'],
  [{ kind: 'stun', outcome: 'silent' }, 'note'],
  [{ kind: 'stun', outcome: 'none' }, 'note'],
];

test.each(OUTCOMES)('%o is %s', (result, verdict) => {
  expect(verdictOf(result)).toBe(verdict);
});

test('each check that is shown has outcomes', () => {
  expect(new Set(OUTCOMES.map(([{ kind }]) => kind))).toEqual(new Set(CHECKS));
});

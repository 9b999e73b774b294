/** What a browser can do. */
import { afterEach, expect, test, vi } from 'vitest';

import { canConnect } from './capabilities.ts';
import { runCheck } from './check-up.ts';

const WORLD = { signalUrl: 'ws://localhost', iceServers: () => Promise.resolve([]) };

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('a current Chromium has all that is needed', async () => {
  expect(canConnect()).toBe(true);
  expect(await runCheck('storage', WORLD)).toMatchObject({ canStore: true });
});

test('without WebRTC, that is said', () => {
  vi.stubGlobal('RTCPeerConnection', undefined);
  expect(canConnect()).toBe(false);
});

test('without a usable IndexedDB, that is said', async () => {
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('A mutation operation was attempted on a database that did not allow mutations.');
  });
  expect(await runCheck('storage', WORLD)).toMatchObject({ canStore: false });
});

/** What a browser can do, and the sentences for what it cannot. */
import { afterEach, expect, test, vi } from 'vitest';

import { detectCapabilities } from './capabilities.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('a current Chromium has all that is needed', async () => {
  expect(await detectCapabilities()).toMatchObject({ canConnect: true, canStore: true, isSecure: true, troubles: [] });
});

test('without WebRTC, that is said', async () => {
  vi.stubGlobal('RTCPeerConnection', undefined);
  const { canConnect, troubles } = await detectCapabilities();
  expect(canConnect).toBe(false);
  expect(troubles).toEqual([expect.stringMatching(/WebRTC is missing/)]);
});

test('without a usable IndexedDB, that is said', async () => {
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('A mutation operation was attempted on a database that did not allow mutations.');
  });
  const { canStore, troubles } = await detectCapabilities();
  expect(canStore).toBe(false);
  expect(troubles).toEqual([expect.stringMatching(/does not let the page store anything/)]);
});

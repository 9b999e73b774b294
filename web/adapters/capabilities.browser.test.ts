/** What a browser can do. */
import { afterEach, expect, test, vi } from 'vitest';

import { detectCapabilities } from './capabilities.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test('a current Chromium has all that is needed', async () => {
  expect(await detectCapabilities()).toMatchObject({ canConnect: true, canStore: true, isSecure: true });
});

test('without WebRTC, that is said', async () => {
  vi.stubGlobal('RTCPeerConnection', undefined);
  expect(await detectCapabilities()).toMatchObject({ canConnect: false });
});

test('without a usable IndexedDB, that is said', async () => {
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('A mutation operation was attempted on a database that did not allow mutations.');
  });
  expect(await detectCapabilities()).toMatchObject({ canStore: false });
});

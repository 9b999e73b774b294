/** Tabs of ours find each other, and stock clients, through the stock tracker alone. */
import type { Page } from '@playwright/test';

import { magnetLink } from '../shared/wire/magnet-link.ts';
import { parseInfoHash } from '../shared/wire/ids.ts';
import { MEGABYTE } from './files.ts';
import { expect, expectSame, test } from './fixtures.ts';
import { type StockTracker, stockTracker } from './stock-tracker.ts';

let tracker: StockTracker;

// The certificate of its TLS is nobody's.
test.use({ ignoreHTTPSErrors: true });

test.beforeEach(async () => {
  tracker = await stockTracker();
});
test.afterEach(() => tracker.close());

test('two tabs of ours and two of theirs meet at the stock tracker, and nowhere else', async ({
  server,
  sample,
  tab,
  stock,
}) => {
  const file = await sample('theirs.bin', 3 * MEGABYTE);
  const seed = await stock('Node', { file, trackers: [tracker.url] });
  const infoHash = parseInfoHash(seed.infoHash)!;
  const magnet = magnetLink({ infoHash, name: file.name, tracker: tracker.url });
  const [first, second] = [await tab(), await tab()];
  await Promise.all([first, second].map(withoutOurServer));
  await first.goto(`${server.origin}/#${magnet}`);
  await expectSame(first, file);
  await seed.leave();
  // As other sites write it: the info hash in base32, the tracker over TLS.
  const elsewhere = `magnet:?xt=urn:btih:${base32(infoHash)}&tr=${encodeURIComponent(tracker.secureUrl)}`;
  await second.goto(`${server.origin}/#${elsewhere}`);
  const third = await stock('Node', { magnet });
  await expectSame(second, file);
  expect(await third.finished()).toBe(file.sha256);
});

/** 160 bits as 32 digits (RFC 4648). */
function base32(hex: string): string {
  const digits = BigInt(`0x${hex}`).toString(32).padStart(32, '0');
  return digits.replaceAll(/./g, (digit) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(digit, 32)]);
}

/** The page loads, but its own signal server refuses it. */
async function withoutOurServer(page: Page): Promise<void> {
  await page.routeWebSocket(/\/signal$/, (socket) => socket.close());
}

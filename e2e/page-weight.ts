/** What a tab fetches of JavaScript and CSS, in bytes as gzip packs them, whether or not the server did. */
import { gzipSync } from 'node:zlib';

import type { Page, Response } from '@playwright/test';

import { KEEP_AFTER_MS } from '../web/adapters/shell.ts';

/** The share and receive pages may weigh this much at their first load: half a second on a phone's 1.3 Mbit/s. */
export const PAGE_BYTES_MAX = 80_000;

const COUNTED = new Set(['script', 'stylesheet']);

/**
 * Counts from now on; what it returns gives the sum so far. Workers' scripts count too; not what the page fetches ahead, once it has been
 * there for a while.
 */
export function weigh(page: Page): () => Promise<number> {
  const bodies: Promise<Buffer>[] = [];
  let firstLoadEndsAt = Number.POSITIVE_INFINITY;
  // Half of the while, since this is told later than it happens.
  page.once('load', () => (firstLoadEndsAt = Date.now() + KEEP_AFTER_MS / 2));
  const isCounted = (response: Response): boolean =>
    response.request().timing().startTime < firstLoadEndsAt &&
    (COUNTED.has(response.request().resourceType()) || /\.(js|css)$/.test(new URL(response.url()).pathname));
  page.on('response', (response) => {
    if (isCounted(response)) bodies.push(response.body());
  });
  return async () => {
    const each = await Promise.all(bodies);
    return each.reduce((sum, body) => sum + gzipSync(body).byteLength, 0);
  };
}

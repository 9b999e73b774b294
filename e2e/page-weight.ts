/** What a tab fetches of JavaScript and CSS, in bytes as gzip packs them, whether or not the server did. */
import { gzipSync } from 'node:zlib';

import type { Page, Response } from '@playwright/test';

/** The share and receive pages may weigh this much at their first load: half a second on a phone's 1.3 Mbit/s. */
export const PAGE_BYTES_MAX = 80_000;

const COUNTED = new Set(['script', 'stylesheet']);

/** Counts from now on; what it returns gives the sum so far. Workers' scripts count too. */
export function weigh(page: Page): () => Promise<number> {
  const bodies: Promise<Buffer>[] = [];
  const isCounted = (response: Response): boolean =>
    COUNTED.has(response.request().resourceType()) || /\.(js|css)$/.test(new URL(response.url()).pathname);
  page.on('response', (response) => {
    if (isCounted(response)) bodies.push(response.body());
  });
  return async () => {
    const each = await Promise.all(bodies);
    return each.reduce((sum, body) => sum + gzipSync(body).byteLength, 0);
  };
}

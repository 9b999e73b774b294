/** Serves the gallery of states, as the sources are, for the time of a test file. */
import { createServer } from 'vite';

import type { StateName } from './states.ts';

export interface Gallery {
  readonly address: (state: StateName, language?: string) => string;
  readonly close: () => Promise<void>;
}

export async function openGallery(): Promise<Gallery> {
  const server = await createServer({
    configFile: false,
    logLevel: 'error',
    cacheDir: 'node_modules/.cache/gallery',
    server: { port: 0, host: 'localhost', hmr: false, watch: null },
  });
  await server.listen();
  const [origin] = server.resolvedUrls?.local ?? [];
  return {
    address: (state, language = 'en') => `${origin}e2e/gallery/index.html?state=${state}&language=${language}`,
    close: () => server.close(),
  };
}

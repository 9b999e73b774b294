/** The way to the check-up page: it makes the share in which two devices meet, and fetches what is shown. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import type { RunCheck } from '../app/check-up.ts';
import type { Library } from '../app/library.ts';
import { type Route, checkLinkOf } from '../app/route.ts';
import type { CheckPageProps } from './check-page.tsx';
import { useLoaded } from './use-loaded.ts';

export interface CheckUpProps extends Pick<CheckPageProps, 'device' | 'isOnlyHere'> {
  readonly library: Library;
  readonly route: Extract<Route, { kind: 'check' }>;
  readonly runCheck: RunCheck;
}

/** Bytes that make each check's share one of its own. */
const CONTENT_BYTES = 1000;

const loadPage = (): Promise<typeof import('./check-page.tsx')> => import('./check-page.tsx');

export function CheckUp({ library, route, ...props }: CheckUpProps): JSX.Element | null {
  const page = useLoaded(loadPage);
  const { infoHash } = route;
  useEffect(() => {
    if (infoHash === null) void makeMeeting(library);
  }, [library, infoHash]);
  if (page === null) return null;
  const { CheckPage } = page;
  return (
    <CheckPage
      {...props}
      meeting={infoHash === null ? null : library.join(infoHash)}
      url={infoHash === null ? '' : checkLinkOf(location.origin, infoHash)}
    />
  );
}

/** Shares some bytes of chance, and goes on under the link of that. */
async function makeMeeting(library: Library): Promise<void> {
  const file = new File([crypto.getRandomValues(new Uint8Array(CONTENT_BYTES))], 'tabswarm-check.bin');
  const infoHash = await library.share({ name: file.name, isFolder: false, files: [{ path: [file.name], file }] });
  if (infoHash !== null && location.hash === '#check') location.replace(checkLinkOf(location.origin, infoHash));
}

/** The check-up, with the share in which two devices meet. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import type { RunCheck } from '../app/check-up.ts';
import type { Library } from '../app/library.ts';
import { type Route, checkLinkOf } from '../app/route.ts';
import { CheckPage, type CheckPageProps } from './check-page.tsx';

export interface CheckUpProps extends Pick<CheckPageProps, 'device' | 'isOnlyHere'> {
  readonly library: Library;
  readonly route: Extract<Route, { kind: 'check' }>;
  readonly runCheck: RunCheck;
}

/** Bytes that make each check's share one of its own. */
const CONTENT_BYTES = 1000;

export function CheckUp({ library, route, ...props }: CheckUpProps): JSX.Element {
  const { infoHash } = route;
  useEffect(() => {
    if (infoHash === null) void makeMeeting(library);
  }, [library, infoHash]);
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

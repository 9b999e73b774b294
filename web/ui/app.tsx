/** The whole window: header, the page that the address asks for, and a place to drop files anywhere. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';

import type { Library } from '../app/library.ts';
import { isLoopback, linkOf } from '../app/route.ts';
import { HomePage } from './home-page.tsx';
import { Logo } from './logo.tsx';
import { SwarmPage } from './swarm-page.tsx';
import { type Dropped, useFileDrop } from './use-file-drop.ts';
import { usePageFocus } from './use-page-focus.ts';
import { useRoute } from './use-route.ts';
import { WrongLinkPage } from './wrong-link-page.tsx';

export interface AppProps {
  readonly library: Library;
  /** Puts text on the clipboard; false when the browser does not let us. */
  readonly copyText: (text: string) => Promise<boolean>;
}

export function App({ library, copyText }: AppProps): JSX.Element {
  const route = useRoute();
  const [trouble, setTrouble] = useState<string | null>(null);
  const share = useCallback(
    (file: File) => {
      setTrouble(null);
      const said = shareFile(library, file);
      said.catch((error: unknown) => setTrouble(error instanceof Error ? error.message : String(error)));
    },
    [library],
  );
  const drop = useCallback(
    (dropped: Dropped) => {
      if (dropped.kind === 'file') return share(dropped.file);
      location.hash = '';
      return setTrouble(dropped.reason);
    },
    [share],
  );
  const isOver = useFileDrop(drop);
  usePageFocus(route);
  useEffect(() => {
    scrollTo(0, 0);
    if (route.kind !== 'home') setTrouble(null);
  }, [route]);
  return (
    <>
      <header class="header">
        <a class="brand" href="#">
          <Logo />
          Tabswarm
        </a>
        {route.kind !== 'home' && <a href="#">Share a file</a>}
      </header>
      <main tabIndex={-1}>
        {route.kind === 'home' && <HomePage library={library} trouble={trouble} onFile={share} />}
        {route.kind === 'wrong-link' && <WrongLinkPage reason={route.reason} />}
        {route.kind === 'swarm' && (
          <SwarmPage
            key={route.infoHash}
            session={library.join(route.infoHash)}
            url={linkOf(location.origin, route.infoHash)}
            isOnlyHere={isLoopback(location.hostname)}
            copyText={copyText}
            onFile={share}
            readLimits={() => library.limits}
            onLimits={(limits) => library.limit(limits)}
          />
        )}
      </main>
      <footer class="footer">
        Files go from browser to browser, encrypted on the way. The server only brings people together; it never sees a
        file.
      </footer>
      {isOver && (
        <div class="overlay" aria-hidden="true">
          Drop the file to share it
        </div>
      )}
    </>
  );
}

/** Shows the first page while the file is prepared, and then the page of its swarm, unless the person has gone elsewhere. */
async function shareFile(library: Library, file: File): Promise<void> {
  location.hash = '';
  const infoHash = await library.share(file);
  if (infoHash !== null && location.hash === '') location.hash = infoHash;
}

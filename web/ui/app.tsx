/** The whole window: header, the page that the address asks for, and a place to drop files anywhere. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';

import type { Library } from '../app/library.ts';
import { isLoopback, linkOf } from '../app/route.ts';
import { type PickedFile, type SharedFiles, addFiles, sharedFiles } from '../app/shared-files.ts';
import type { FileChooserProps } from './file-chooser.tsx';
import { HomePage } from './home-page.tsx';
import { Logo } from './logo.tsx';
import { SwarmPage } from './swarm-page.tsx';
import { useFileDrop } from './use-file-drop.ts';
import { usePaste } from './use-paste.ts';
import { usePageFocus } from './use-page-focus.ts';
import { useRoute } from './use-route.ts';
import { WrongLinkPage } from './wrong-link-page.tsx';

/** How a browser hands over what a person wants to share. */
export interface FileIntake extends Pick<FileChooserProps, 'pickedFrom' | 'canPickFolders'> {
  /** Reads the transfer at once. Rejects with an Error for a person. */
  readonly droppedFrom: (transfer: DataTransfer) => Promise<readonly PickedFile[]>;
  readonly pastedFrom: (transfer: DataTransfer) => readonly PickedFile[];
}

export interface AppProps {
  readonly library: Library;
  /** Puts text on the clipboard; false when the browser does not let us. */
  readonly copyText: (text: string) => Promise<boolean>;
  readonly intake: FileIntake;
}

/** What is put together to be shared. */
const NOTHING: readonly PickedFile[] = [];

export function App({ library, copyText, intake }: AppProps): JSX.Element {
  const route = useRoute();
  const [trouble, setTrouble] = useState<string | null>(null);
  const [draft, setDraft] = useState(NOTHING);
  const tell = useCallback((error: unknown) => setTrouble(error instanceof Error ? error.message : String(error)), []);
  const share = useCallback(
    (files: readonly PickedFile[], name: string) => {
      setTrouble(null);
      setDraft(NOTHING);
      shareFiles(library, sharedFiles(files, name)).catch(tell);
    },
    [library, tell],
  );
  const review = useCallback((files: readonly PickedFile[]) => {
    setTrouble(null);
    setDraft((before) => addFiles(before, files));
    location.hash = '';
  }, []);
  const choose = useCallback(
    (files: readonly PickedFile[]) => {
      // A lone file needs no second look: what it is called and how large it is comes with its link.
      const isLone = draft.length === 0 && files.length === 1 && files[0].path.length === 1;
      if (isLone) share(files, '');
      else review(files);
    },
    [draft, share, review],
  );
  const drop = useCallback(
    (transfer: DataTransfer) => {
      const dropped = intake.droppedFrom(transfer);
      location.hash = '';
      dropped.then((files) => (files.length === 0 ? tell(NOTHING_DROPPED) : choose(files)), tell);
    },
    [intake, choose, tell],
  );
  const isOver = useFileDrop(drop);
  usePaste(intake.pastedFrom, review);
  const chooser = { ...intake, onFiles: choose };
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
        {route.kind !== 'home' && <a href="#">Share files</a>}
      </header>
      <main tabIndex={-1}>
        {route.kind === 'home' && (
          <HomePage
            library={library}
            trouble={trouble}
            chooser={chooser}
            draft={draft}
            onKeep={setDraft}
            onShare={(name) => share(draft, name)}
          />
        )}
        {route.kind === 'wrong-link' && <WrongLinkPage reason={route.reason} />}
        {route.kind === 'swarm' && (
          <SwarmPage
            key={route.infoHash}
            session={library.join(route.infoHash)}
            url={linkOf(location.origin, route.infoHash)}
            isOnlyHere={isLoopback(location.hostname)}
            copyText={copyText}
            chooser={chooser}
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
          Drop to share
        </div>
      )}
    </>
  );
}

/** For a person. */
const NOTHING_DROPPED =
  'The browser handed over no files: the folder is empty, or it keeps them to itself. Choose them by a button instead.';

/** Shows the first page while the files are prepared, and then the page of their swarm, unless the person has gone elsewhere. */
async function shareFiles(library: Library, files: SharedFiles): Promise<void> {
  location.hash = '';
  const infoHash = await library.share(files);
  if (infoHash !== null && location.hash === '') location.hash = infoHash;
}

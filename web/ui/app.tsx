/** The whole window: header, the page that the address asks for, and a place to drop files anywhere. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

import type { RunCheck } from '../app/check-up.ts';
import type { Device } from '../app/device.ts';
import type { Library } from '../app/library.ts';
import { fragmentIn, isLoopback, linkOf, nameOf, sourcesOf } from '../app/route.ts';
import { type PickedFile, type SharedFiles, addFiles, sharedFiles } from '../app/shared-files.ts';
import type { FileChooserProps } from './file-chooser.tsx';
import { type Language, directionOf, say, speak, spokenLanguage } from './language.ts';
import { LanguageChooser } from './language-chooser.tsx';
import { Fetched } from './fetched.tsx';
import { HomePage } from './home-page.tsx';
import { Logo } from './logo.tsx';
import { sayReason } from './reasons.ts';
import { SwarmPage } from './swarm-page.tsx';
import { useFileDrop } from './use-file-drop.ts';
import { usePaste } from './use-paste.ts';
import { usePageFocus } from './use-page-focus.ts';
import { useRoute } from './use-route.ts';

/** How a browser hands over what a person wants to share. */
export interface FileIntake extends Pick<FileChooserProps, 'pickedFrom' | 'canPickFolders'> {
  /** Reads the transfer at once. Rejects with an Error for a person. */
  readonly droppedFrom: (transfer: DataTransfer) => Promise<readonly PickedFile[]>;
  readonly pastedFrom: (transfer: DataTransfer) => readonly PickedFile[];
  /** Calls with what another program of the device hands over, now or later. */
  readonly receiveHandedOver: (onFiles: (files: readonly PickedFile[]) => void) => void;
}

export interface AppProps {
  readonly library: Library;
  readonly device: Device;
  readonly intake: FileIntake;
  readonly runCheck: RunCheck;
  /** Keeps the choice for later visits. */
  readonly rememberLanguage: (language: Language) => void;
}

const loadCheckUp = async () => (await import('./check-up.tsx')).CheckUp;
const loadWrongLink = async () => (await import('./wrong-link-page.tsx')).WrongLinkPage;

/** What is opened instead of shared, when it comes alone. */
const TORRENT_FILE = /\.torrent$/i;

/** What is put together to be shared. */
const NOTHING: readonly PickedFile[] = [];

export function App({ library, device, intake, runCheck, rememberLanguage }: AppProps): JSX.Element {
  const route = useRoute();
  const [trouble, setTrouble] = useState<string | null>(null);
  const [draft, setDraft] = useState(NOTHING);
  const tell = useCallback((error: unknown) => setTrouble(sayReason(error)), []);
  const share = useCallback(
    (files: readonly PickedFile[], name: string) => {
      setTrouble(null);
      setDraft(NOTHING);
      shareFiles(library, sharedFiles(files, name)).catch(tell);
    },
    [library, tell],
  );
  const open = useCallback(
    (torrentFile: File) => {
      setTrouble(null);
      library.open(torrentFile).then((infoHash) => (location.hash = infoHash), tell);
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
      if (isLone && TORRENT_FILE.test(files[0].file.name)) open(files[0].file);
      else if (isLone) share(files, '');
      else review(files);
    },
    [draft, open, share, review],
  );
  const drop = useCallback(
    (transfer: DataTransfer) => {
      const dropped = intake.droppedFrom(transfer);
      location.hash = '';
      dropped.then((files) => (files.length === 0 ? setTrouble(say('drop.nothing')) : choose(files)), tell);
    },
    [intake, choose, tell],
  );
  const isOver = useFileDrop(drop);
  /** From outside the page: what opens something is opened, everything else is looked over. */
  const take = useCallback(
    (files: readonly PickedFile[]) => {
      const lone = files.length === 1 && draft.length === 0 ? files[0].file : null;
      if (lone !== null && TORRENT_FILE.test(lone.name)) open(lone);
      else if (lone === null || !isShortText(lone)) review(files);
      else lone.text().then((text) => openLink(text) || review(files), tell);
    },
    [draft, open, review, tell],
  );
  usePaste(intake.pastedFrom, take);
  const latestTake = useRef(take);
  latestTake.current = take;
  useEffect(() => intake.receiveHandedOver((files) => latestTake.current(files)), [intake]);
  const chooser = { ...intake, onFiles: choose };
  const speakTo = useLanguage(rememberLanguage);
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
        {route.kind !== 'home' && <a href="#">{say('app.shareFiles')}</a>}
      </header>
      <main tabIndex={-1}>
        {route.kind === 'home' && (
          <HomePage
            library={library}
            trouble={trouble}
            chooser={chooser}
            draft={draft}
            onLink={openLink}
            onKeep={setDraft}
            onShare={(name) => share(draft, name)}
          />
        )}
        {route.kind === 'check' && (
          <Fetched
            key={route.infoHash}
            load={loadCheckUp}
            props={{ library, route, runCheck, device, isOnlyHere: isLoopback(location.hostname) }}
          />
        )}
        {route.kind === 'wrong-link' && <Fetched load={loadWrongLink} props={{ reason: route.reason }} />}
        {route.kind === 'swarm' && (
          <SwarmPage
            key={route.infoHash}
            session={library.join(route.infoHash, { sources: sourcesOf(location.hash), name: nameOf(location.hash) })}
            url={linkOf(location.origin, route.infoHash)}
            isOnlyHere={isLoopback(location.hostname)}
            device={device}
            chooser={chooser}
            readLimits={() => library.limits}
            stored={library}
            onLimits={(limits) => library.limit(limits)}
            readIsOnMobileData={() => library.isOnMobileData}
            onDiscard={() => {
              location.hash = '';
              library.discard(route.infoHash).catch(tell);
            }}
          />
        )}
      </main>
      <footer class="footer">
        <p>{say('app.promise')}</p>
        <a href="#check">{say('app.check')}</a>
        <LanguageChooser onChoose={speakTo} />
      </footer>
      {isOver && (
        <div class="overlay" aria-hidden="true">
          {say('app.dropHere')}
        </div>
      )}
    </>
  );
}

/** Longer ones are no links. */
const isShortText = ({ name, size, type }: File): boolean =>
  name === 'text.txt' && type.startsWith('text/plain') && size <= LINK_BYTES_MAX;

const LINK_BYTES_MAX = 16_384;

/** Goes to what the text names; false when it is no link. */
function openLink(text: string): boolean {
  const fragment = fragmentIn(text);
  if (fragment !== null) location.hash = fragment;
  return fragment !== null;
}

/** Shows the first page while the files are prepared, and then the page of their swarm, unless the person has gone elsewhere. */
async function shareFiles(library: Library, files: SharedFiles): Promise<void> {
  location.hash = '';
  const infoHash = await library.share(files);
  if (infoHash !== null && location.hash === '') location.hash = infoHash;
}

/** Keeps the document in the language that is spoken; the function changes it, and all that is shown. */
function useLanguage(remember: (language: Language) => void): (language: Language) => void {
  const [language, setLanguage] = useState(spokenLanguage);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
  }, [language]);
  return useCallback(
    (chosen: Language) => {
      const change = async (): Promise<void> => {
        await speak(chosen);
        remember(chosen);
        setLanguage(chosen);
      };
      // The server is out of reach: the language stays.
      change().catch(() => undefined);
    },
    [remember],
  );
}

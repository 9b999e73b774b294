/** The first page: what this is, a way in, and what is here already. */
import type { JSX } from 'preact';

import type { Library } from '../app/library.ts';
import { FileChooser } from './file-chooser.tsx';
import { OpenList } from './open-list.tsx';
import { PreparationPanel } from './preparation-panel.tsx';
import { StoredList } from './stored-list.tsx';
import { usePageFocus } from './use-page-focus.ts';
import { useReading } from './use-reading.ts';

export interface HomePageProps {
  readonly library: Library;
  /** What stands in the way of sharing, for a person; null when nothing does. */
  readonly trouble: string | null;
  readonly onFile: (file: File) => void;
}

export function HomePage({ library, trouble, onFile }: HomePageProps): JSX.Element {
  const [{ preparation, sessions }, refresh] = useReading(() => ({
    preparation: library.preparation?.view() ?? null,
    sessions: library.sessions,
  }));
  usePageFocus(preparation !== null);
  const cancel = (): void => {
    library.preparation?.cancel();
    refresh();
  };
  return (
    <>
      {preparation === null ? (
        <section class="welcome">
          <h1 class="lead">Send a file by a link. Everyone who opens it downloads from you and from each other.</h1>
          <FileChooser onFile={onFile} />
          {trouble !== null && (
            <p class="hint hint-trouble" role="alert">
              {trouble}
            </p>
          )}
        </section>
      ) : (
        <PreparationPanel view={preparation} onCancel={cancel} />
      )}
      {sessions.length > 0 && <OpenList sessions={sessions} />}
      <StoredList library={library} />
    </>
  );
}

/** The first page: what this is, a way in, and what is here already. */
import type { JSX } from 'preact';

import type { Library } from '../app/library.ts';
import type { PickedFile } from '../app/shared-files.ts';
import { FileChooser, type FileChooserProps } from './file-chooser.tsx';
import { say } from './language.ts';
import { LinkField, type LinkFieldProps } from './link-field.tsx';
import { OpenList } from './open-list.tsx';
import { PreparationPanel } from './preparation-panel.tsx';
import type { ReviewPanelProps } from './review-panel.tsx';
import { StoredList } from './stored-list.tsx';
import { useLoaded } from './use-loaded.ts';
import { usePageFocus } from './use-page-focus.ts';
import { useReading } from './use-reading.ts';

export interface HomePageProps {
  readonly library: Library;
  /** What stands in the way of sharing, for a person; null when nothing does. */
  readonly trouble: string | null;
  readonly chooser: FileChooserProps;
  /** What is put together to be shared; perhaps nothing. */
  readonly draft: readonly PickedFile[];
  /** Opens what the text names; false when it is no link. */
  readonly onLink: LinkFieldProps['onLink'];
  readonly onKeep: ReviewPanelProps['onKeep'];
  readonly onShare: ReviewPanelProps['onShare'];
}

const loadReview = (): Promise<typeof import('./review-panel.tsx')> => import('./review-panel.tsx');

export function HomePage({ library, trouble, chooser, draft, onLink, onKeep, onShare }: HomePageProps): JSX.Element {
  const [{ preparation, sessions }, refresh] = useReading(() => ({
    preparation: library.preparation?.view() ?? null,
    sessions: library.sessions,
  }));
  // Until it is here, the first page stays as it is.
  const review = useLoaded(draft.length > 0 ? loadReview : null);
  const isReviewing = preparation === null && draft.length > 0 && review !== null;
  usePageFocus(preparation !== null);
  usePageFocus(isReviewing);
  const cancel = (): void => {
    library.preparation?.cancel();
    refresh();
  };
  return (
    <>
      {preparation !== null && <PreparationPanel view={preparation} onCancel={cancel} />}
      {isReviewing && <review.ReviewPanel {...chooser} files={draft} onKeep={onKeep} onShare={onShare} />}
      {preparation === null && !isReviewing && (
        <section class="welcome">
          <h1 class="lead">{say('home.lead')}</h1>
          <FileChooser {...chooser} />
          <LinkField onLink={onLink} />
        </section>
      )}
      {preparation === null && trouble !== null && (
        <p class="hint hint-trouble" role="alert">
          {trouble}
        </p>
      )}
      {sessions.length > 0 && <OpenList sessions={sessions} />}
      <StoredList library={library} />
    </>
  );
}

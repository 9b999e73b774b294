/** What this browser keeps of files, how much room that takes, and a way to be rid of it. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';

import { seconds } from '../../shared/base/time.ts';
import type { Library, StoredFiles } from '../app/library.ts';
import type { StoredFile } from '../app/world.ts';
import { FileName } from './file-name.tsx';
import { formatBytes, formatCount } from './format.ts';
import { focusPage } from './use-page-focus.ts';

/** Other tabs store and delete as well. */
const LIST_EVERY_MS = seconds(5);

export function StoredList({ library }: { readonly library: Library }): JSX.Element {
  const [stored, setStored] = useState<StoredFiles | null>(null);
  const refresh = useCallback(async () => setStored(await library.stored()), [library]);
  useEffect(() => {
    void refresh();
    const timer = setInterval(() => void refresh(), LIST_EVERY_MS);
    return () => clearInterval(timer);
  }, [refresh]);
  const remove = async (file: StoredFile): Promise<void> => {
    await library.deleteStored(file);
    await refresh();
    focusPage();
  };
  return (
    <section aria-labelledby="stored-title" class="stored">
      <h2 id="stored-title" class="subtitle">
        Stored on this device{stored?.kind === 'files' && `: ${summary(stored.files)}`}
      </h2>
      {stored?.kind === 'unavailable' && <p class="hint hint-trouble">{stored.reason}</p>}
      {stored?.kind === 'files' && stored.files.length > 0 && (
        <ul class="rows">
          {stored.files.map((file) => (
            <StoredRow key={file.storeId} file={file} onDelete={() => remove(file)} />
          ))}
        </ul>
      )}
    </section>
  );
}

function summary(files: readonly StoredFile[]): string {
  if (files.length === 0) return 'nothing';
  const bytes = files.reduce((sum, file) => sum + file.storedBytes, 0);
  return `${formatCount(files.length, 'file', 'files')}, ${formatBytes(bytes)}`;
}

interface StoredRowProps {
  readonly file: StoredFile;
  readonly onDelete: () => Promise<void>;
}

function StoredRow({ file, onDelete }: StoredRowProps): JSX.Element {
  const [isAsking, setIsAsking] = useState(false);
  const isElsewhere = file.isInUse && !file.isMine;
  return (
    <li>
      <div>
        {file.name === null ? 'A file whose name is not known yet' : <FileName name={file.name} />}
        <p class="hint">
          {sizeSentence(file)}
          {isElsewhere && ' · open in another tab'}
        </p>
      </div>
      {isAsking ? (
        <div class="buttons" role="group" aria-label="Delete it from this device?">
          <button class="button button-small button-trouble" type="button" onClick={() => void onDelete()}>
            Delete for good
          </button>
          <button class="button button-small" type="button" ref={focusOnce} onClick={() => setIsAsking(false)}>
            Keep
          </button>
        </div>
      ) : (
        <div class="buttons">
          <a class="button button-small" href={`#${file.infoHash}`}>
            Open
          </a>
          <button class="button button-small" type="button" disabled={isElsewhere} onClick={() => setIsAsking(true)}>
            Delete
          </button>
        </div>
      )}
    </li>
  );
}

function sizeSentence({ length, storedBytes }: StoredFile): string {
  if (length === null || storedBytes >= length) return formatBytes(storedBytes);
  return `${formatBytes(storedBytes)} of ${formatBytes(length)}`;
}

/** The question has come where the button was: the focus goes to the harmless answer. */
const focusOnce = (button: HTMLButtonElement | null): void => button?.focus();

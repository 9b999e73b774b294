/** What this browser keeps of files, how much room that takes, and a way to be rid of it. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import { seconds } from '../../shared/base/time.ts';
import type { Library, StoredFiles } from '../app/library.ts';
import type { StoredGroup } from '../app/stored-group.ts';
import { focusOnce } from './focus-once.ts';
import { FileName } from './file-name.tsx';
import { say } from './language.ts';
import { sayReason } from './reasons.ts';
import { describeCopies, describeDeletion, describeStored } from './stored-sentences.ts';

/** Other tabs store and delete as well. */
const LIST_EVERY_MS = seconds(5);

export function StoredList({ library }: { readonly library: Library }): JSX.Element {
  const [stored, setStored] = useState<StoredFiles | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const refresh = useCallback(async () => setStored(await library.stored()), [library]);
  useEffect(() => {
    void refresh();
    const timer = setInterval(() => void refresh(), LIST_EVERY_MS);
    return () => clearInterval(timer);
  }, [refresh]);
  const remove = async (file: StoredGroup): Promise<void> => {
    await library.deleteStored(file);
    await refresh();
    heading.current?.focus();
  };
  return (
    <section aria-labelledby="stored-title" class="stored">
      <h2 id="stored-title" class="subtitle" ref={heading} tabIndex={-1}>
        {stored?.kind === 'files' ? describeStored(stored.files) : say('stored.title')}
      </h2>
      {stored?.kind === 'unavailable' && <p class="hint hint-trouble">{sayReason(stored.reason)}</p>}
      {stored?.kind === 'files' && stored.files.length > 0 && (
        <ul class="rows">
          {stored.files.map((file) => (
            <StoredRow key={file.infoHash} file={file} onDelete={() => remove(file)} />
          ))}
        </ul>
      )}
    </section>
  );
}

interface StoredRowProps {
  readonly file: StoredGroup;
  readonly onDelete: () => Promise<void>;
}

function StoredRow({ file, onDelete }: StoredRowProps): JSX.Element {
  const [step, setStep] = useState<'list' | 'asking' | 'kept'>('list');
  const isFree = file.elsewhere < file.copies.length;
  const removeFreeCopies = async (): Promise<void> => {
    await onDelete();
    // What other tabs have open is still listed here.
    setStep('list');
  };
  const nameId = `stored-${file.infoHash}`;
  return (
    <li>
      <div>
        <span id={nameId}>{file.name === null ? say('file.nameUnknown') : <FileName name={file.name} />}</span>
        <p class="hint" id={`${nameId}-size`}>
          {step === 'asking' ? describeDeletion(file).join(' ') : describeCopies(file).join(' · ')}
        </p>
      </div>
      {step === 'asking' ? (
        <div class="buttons" role="group" aria-labelledby={`${nameId} ${nameId}-size`}>
          <button class="button button-small button-trouble" type="button" onClick={() => void removeFreeCopies()}>
            {say('stored.deleteForGood')}
          </button>
          <button class="button button-small" type="button" ref={focusOnce} onClick={() => setStep('kept')}>
            {say('stored.keep')}
          </button>
        </div>
      ) : (
        <div class="buttons">
          <a class="button button-small" href={`#${file.infoHash}`} aria-describedby={nameId}>
            {say('stored.open')}
          </a>
          <button
            key={step}
            class="button button-small"
            type="button"
            disabled={!isFree}
            aria-describedby={nameId}
            ref={step === 'kept' ? focusOnce : null}
            onClick={() => setStep('asking')}
          >
            {say('stored.delete')}
          </button>
        </div>
      )}
    </li>
  );
}

/** Files that this browser keeps, one a row, each with a way to be rid of it. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { StoredGroup } from '../app/stored-group.ts';
import { focusOnce } from './focus-once.ts';
import { FileName } from './file-name.tsx';
import { say } from './language.ts';
import { onEscape } from './on-escape.ts';
import { describeCopies, describeDeletion } from './stored-sentences.ts';

export interface StoredRowsProps {
  readonly files: readonly StoredGroup[];
  readonly onDelete: (file: StoredGroup) => Promise<void>;
}

export function StoredRows({ files, onDelete }: StoredRowsProps): JSX.Element {
  return (
    <ul class="rows">
      {files.map((file) => (
        <StoredRow key={file.infoHash} file={file} onDelete={() => onDelete(file)} />
      ))}
    </ul>
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
          {step === 'asking' ? describeDeletion(file).join(' ') : describeCopies(file, Date.now()).join(' · ')}
        </p>
      </div>
      {step === 'asking' ? (
        <div
          class="buttons"
          role="group"
          aria-labelledby={`${nameId} ${nameId}-size`}
          onKeyDown={onEscape(() => setStep('kept'))}
        >
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

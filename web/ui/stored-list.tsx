/** What this browser keeps of files, and how much room that takes. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';

import type { StoredGroup } from '../app/stored-group.ts';
import { say } from './language.ts';
import { sayReason } from './reasons.ts';
import { type Stored, StoredRows, useStored } from './stored-rows.tsx';
import { describeStored } from './stored-sentences.ts';

export function StoredList({ library }: { readonly library: Stored }): JSX.Element {
  const [stored, refresh] = useStored(library);
  const heading = useRef<HTMLHeadingElement>(null);
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
      {stored?.kind === 'files' && stored.files.length > 0 && <StoredRows files={stored.files} onDelete={remove} />}
    </section>
  );
}

/** What this browser keeps of files, and how much room that takes. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';

import type { StoredGroup } from '../app/stored-group.ts';
import { formatBytes } from './format.ts';
import { say } from './language.ts';
import { sayReason } from './reasons.ts';
import { useLoaded } from './use-loaded.ts';
import { type Stored, useStored } from './use-stored.ts';

const loadRows = (): Promise<typeof import('./stored-rows.tsx')> => import('./stored-rows.tsx');

export function StoredList({ library }: { readonly library: Stored }): JSX.Element {
  const [stored, refresh] = useStored(library);
  const files = stored?.kind === 'files' ? stored.files : [];
  const rows = useLoaded(files.length > 0 ? loadRows : null);
  const isBusy = stored === null || (files.length > 0 && rows === null);
  const heading = useRef<HTMLHeadingElement>(null);
  const remove = async (file: StoredGroup): Promise<void> => {
    await library.deleteStored(file);
    await refresh();
    heading.current?.focus();
  };
  return (
    <section aria-labelledby="stored-title" class="stored" aria-busy={isBusy}>
      <h2 id="stored-title" class="subtitle" ref={heading} tabIndex={-1}>
        {stored?.kind === 'files' ? describeStored(stored.files) : say('stored.title')}
      </h2>
      {stored?.kind === 'unavailable' && <p class="hint hint-trouble">{sayReason(stored.reason)}</p>}
      {files.length > 0 && rows !== null && <rows.StoredRows files={files} onDelete={remove} />}
    </section>
  );
}

/** Of all: "Stored on this device: 2 files, 36.0 MB". */
export function describeStored(files: readonly StoredGroup[]): string {
  if (files.length === 0) return say('stored.titleNothing');
  const bytes = files.reduce((sum, { totalBytes }) => sum + totalBytes, 0);
  return say('stored.titleFiles', { count: files.length, size: formatBytes(bytes) });
}

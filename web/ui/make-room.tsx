/** Where a file does not fit: what else this browser keeps that could make way for it, the largest first, to be deleted right there. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';

import type { StoredGroup } from '../app/stored-group.ts';
import { addEnglish, say } from './language.ts';
import { enOfPanels } from './messages/en-panels.ts';
import { StoredRows } from './stored-rows.tsx';
import { type Stored, useStored } from './use-stored.ts';

addEnglish(enOfPanels);

export interface MakeRoomProps {
  readonly library: Stored;
  /** The file that needs the room. */
  readonly infoHash: string;
  /** Some was made. */
  readonly onRoom: () => void;
}

export function MakeRoom({ library, infoHash, onRoom }: MakeRoomProps): JSX.Element {
  const [stored, refresh] = useStored(library);
  const heading = useRef<HTMLHeadingElement>(null);
  const files = stored?.kind === 'files' ? stored.files.filter((file) => mayGo(file, infoHash)) : [];
  const remove = async (file: StoredGroup): Promise<void> => {
    await library.deleteStored(file);
    onRoom();
    await refresh();
    heading.current?.focus();
  };
  return (
    <section class="card" aria-labelledby="room-title">
      <h2 id="room-title" class="subtitle" ref={heading} tabIndex={-1}>
        {say('room.title')}
      </h2>
      {files.length > 0 && <StoredRows files={files} onDelete={remove} />}
      {stored !== null && files.length === 0 && <p class="hint">{say('room.nothing')}</p>}
    </section>
  );
}

/** What other tabs have open cannot be deleted. */
const mayGo = (file: StoredGroup, infoHash: string): boolean =>
  file.infoHash !== infoHash && file.elsewhere < file.copies.length && file.totalBytes > 0;

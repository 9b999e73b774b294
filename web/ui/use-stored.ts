/** What this browser keeps, read now and then. */
import { useCallback, useEffect, useState } from 'preact/hooks';

import { seconds } from '../../shared/base/time.ts';
import type { Library, StoredFiles } from '../app/library.ts';

/** What is stored, and what deletes. */
export type Stored = Pick<Library, 'stored' | 'deleteStored'>;

/** Other tabs store and delete as well. */
const LIST_EVERY_MS = seconds(5);

/** What is stored now, null before it is known, and a function that has it listed again at once. */
export function useStored(library: Stored): readonly [stored: StoredFiles | null, refresh: () => Promise<void>] {
  const [stored, setStored] = useState<StoredFiles | null>(null);
  const refresh = useCallback(async () => setStored(await library.stored()), [library]);
  useEffect(() => {
    void refresh();
    const timer = setInterval(() => void refresh(), LIST_EVERY_MS);
    return () => clearInterval(timer);
  }, [refresh]);
  return [stored, refresh];
}

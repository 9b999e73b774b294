/** How fast content may flow, as the person chooses. Closed until somebody wants to; the fields are fetched when it is opened. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { RateLimits } from '../../shared/base/rate-limits.ts';
import { formatRate } from './format.ts';
import { say } from './language.ts';
import type { LimitFieldsProps } from './limit-fields.tsx';
import { useLoaded } from './use-loaded.ts';

export function LimitsPanel(props: LimitFieldsProps): JSX.Element {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details class="limits" onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary>{inBrief(props.limits)}</summary>
      {isOpen && <Opened {...props} />}
    </details>
  );
}

const loadFields = (): Promise<typeof import('./limit-fields.tsx')> => import('./limit-fields.tsx');

function Opened(props: LimitFieldsProps): JSX.Element | null {
  const loaded = useLoaded(loadFields);
  return loaded && <loaded.LimitFields {...props} />;
}

/** What is in force, seen without opening. */
function inBrief({ upload, download }: RateLimits): string {
  if (upload !== null && download !== null) {
    return say('limits.titleBoth', { upload: formatRate(upload), download: formatRate(download) });
  }
  if (upload !== null) return say('limits.titleUpload', { upload: formatRate(upload) });
  if (download !== null) return say('limits.titleDownload', { download: formatRate(download) });
  return say('limits.title');
}

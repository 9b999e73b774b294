/** The mark: four tabs around one, all of the same kind. The same drawing as `favicon.svg`. */
import type { JSX } from 'preact';

export function Logo(): JSX.Element {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <path fill="none" stroke="currentColor" stroke-width="2" d="M16 16 7 7m9 9 9-9m-9 9-9 9m9-9 9 9" />
      <g fill="currentColor">
        <rect x="10.5" y="10.5" width="11" height="11" rx="3" />
        <rect x="2.5" y="2.5" width="8" height="8" rx="2.5" />
        <rect x="21.5" y="2.5" width="8" height="8" rx="2.5" />
        <rect x="2.5" y="21.5" width="8" height="8" rx="2.5" />
        <rect x="21.5" y="21.5" width="8" height="8" rx="2.5" />
      </g>
    </svg>
  );
}

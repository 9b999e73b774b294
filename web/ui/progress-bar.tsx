/** A bar that fills from 0 to 100 percent. */
import type { JSX } from 'preact';

/** `label` says what makes progress; `percent` is 0 … 100. */
export function ProgressBar({ label, percent }: { readonly label: string; readonly percent: number }): JSX.Element {
  return (
    <div
      class="bar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div class="bar-fill" style={{ width: `${percent}%` }} />
    </div>
  );
}

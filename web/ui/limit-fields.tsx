/** The fields of the limits, taken over while they are typed: what their panel fetches when it is opened. */
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';

import type { ChosenLimits } from '../app/world.ts';
import { formatRateUnit } from './format.ts';
import { addEnglish, say } from './language.ts';
import { type LimitText, RATE_UNITS, readLimit, writeLimit } from './limit-text.ts';
import { enOfPanels } from './messages/en-panels.ts';

addEnglish(enOfPanels);

export interface LimitFieldsProps {
  readonly limits: ChosenLimits;
  readonly onLimits: (limits: ChosenLimits) => void;
  /** Whether the browser knows when it is on mobile data, and whether it is. */
  readonly knowsMobileData: boolean;
  readonly isOnMobileData: boolean;
}

export function LimitFields({ limits, onLimits, ...network }: LimitFieldsProps): JSX.Element {
  return (
    <>
      <div class="limit-fields">
        <LimitField
          label={say('limits.upload')}
          unitLabel={say('limits.uploadUnit')}
          limit={limits.upload}
          onLimit={(upload) => onLimits({ ...limits, upload })}
        />
        <LimitField
          label={say('limits.download')}
          unitLabel={say('limits.downloadUnit')}
          limit={limits.download}
          onLimit={(download) => onLimits({ ...limits, download })}
        />
      </div>
      {network.knowsMobileData && (
        <label class="tick-box">
          <input
            type="checkbox"
            checked={limits.sparesMobileData}
            onChange={({ currentTarget }) => onLimits({ ...limits, sparesMobileData: currentTarget.checked })}
          />
          {say('limits.sparesMobileData')}
        </label>
      )}
      {network.isOnMobileData && limits.sparesMobileData && <p class="hint">{say('limits.onMobileData')}</p>}
      <p class="hint">{say('limits.hint')}</p>
    </>
  );
}

interface LimitFieldProps {
  readonly label: string;
  readonly unitLabel: string;
  readonly limit: number | null;
  readonly onLimit: (limit: number | null) => void;
}

/** What is no rate changes nothing, and is said so. */
function LimitField({ label, unitLabel, limit, onLimit }: LimitFieldProps): JSX.Element {
  const id = useId();
  const [written, setWritten] = useState(() => writeLimit(limit));
  const isWrong = readLimit(written) === undefined;
  const write = (change: Partial<LimitText>): void => {
    const next = { ...written, ...change };
    setWritten(next);
    const read = readLimit(next);
    if (read !== undefined) onLimit(read);
  };
  return (
    <div class="limit">
      <label for={id}>{label}</label>
      <div class="limit-rate">
        <input
          id={id}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          size={8}
          placeholder={say('limits.none')}
          value={written.text}
          aria-invalid={isWrong}
          aria-describedby={`${id}-trouble`}
          onInput={(event) => write({ text: event.currentTarget.value })}
        />
        <select
          aria-label={unitLabel}
          value={written.unit}
          onChange={({ currentTarget }) => write({ unit: RATE_UNITS[currentTarget.selectedIndex] })}
        >
          {RATE_UNITS.map((unit) => (
            <option key={unit} value={unit}>
              {formatRateUnit(unit)}
            </option>
          ))}
        </select>
      </div>
      <p id={`${id}-trouble`} class="hint hint-trouble" aria-live="polite">
        {isWrong ? say('limits.notARate') : ''}
      </p>
    </div>
  );
}

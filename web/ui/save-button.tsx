/** Puts the finished file where the person wants it, says how far that is, and lets it be called off. */
import type { ComponentChildren, JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';

import type { SaveOutcome } from '../app/world.ts';
import { formatWholePercent } from './format.ts';
import { shownName } from './file-name.tsx';
import { say } from './language.ts';
import type { MessageKey } from './messages/en.ts';
import { sayReason } from './reasons.ts';

export interface SaveButtonProps {
  readonly label: ComponentChildren;
  /** What it is called where the label alone says too little. */
  readonly name?: string;
  /** 'first': the one obvious thing to do. */
  readonly look: 'first' | 'plain' | 'small';
  readonly length: number;
  /** Rejects with an Error for a person. `onProgress` is told the bytes that are written. */
  readonly save: (options: { onProgress: (bytes: number) => void; signal: AbortSignal }) => Promise<SaveOutcome>;
}

/** Room for a name on the button: two lines of a phone. */
const NAME_CHARACTERS_MAX = 40;

/** A name as it stands on such a button. */
export const nameOnButton = (name: string): JSX.Element => <bdi>{shownName(name, NAME_CHARACTERS_MAX)}</bdi>;

type State =
  | { readonly kind: 'idle'; readonly said: string; readonly isTrouble: boolean }
  | { readonly kind: 'saving'; readonly percent: number };

const idle = (said: string, isTrouble = false): State => ({ kind: 'idle', said, isTrouble });

const SAID = {
  saved: 'save.saved',
  downloaded: 'save.downloaded',
  'handed-to-browser': 'save.handedToBrowser',
  cancelled: 'save.cancelled',
} as const satisfies Record<SaveOutcome, MessageKey>;

export function SaveButton({ label, name, look, length, save }: SaveButtonProps): JSX.Element {
  const [state, setState] = useState<State>(idle(''));
  const abort = useRef(new AbortController());
  const saver = useRef<HTMLButtonElement>(null);
  const canceller = useRef<HTMLButtonElement>(null);
  const begin = async (): Promise<void> => {
    abort.current = new AbortController();
    setState({ kind: 'saving', percent: 0 });
    const onProgress = (bytes: number): void => {
      const percent = length === 0 ? 100 : Math.floor((bytes / length) * 100);
      setState((state) => (state.kind === 'saving' && state.percent === percent ? state : { kind: 'saving', percent }));
    };
    try {
      setState(idle(say(SAID[await save({ onProgress, signal: abort.current.signal })])));
    } catch (error) {
      setState(idle(say('save.failed', { reason: sayReason(error) }), true));
    }
    // The button to call it off goes away now.
    if (document.activeElement === canceller.current) saver.current?.focus();
  };
  const isSaving = state.kind === 'saving';
  return (
    <div class="save">
      <button
        ref={saver}
        class={`button ${look === 'plain' ? '' : `button-${look}`}`}
        type="button"
        aria-label={name}
        aria-disabled={isSaving}
        onClick={() => void (isSaving || begin())}
      >
        <span>{label}</span>
      </button>
      {isSaving && (
        <button ref={canceller} class="button" type="button" onClick={() => abort.current.abort()}>
          {say('save.cancel')}
        </button>
      )}
      {state.kind === 'saving' && (
        <p class="hint">{say('save.saving', { percent: formatWholePercent(state.percent) })}</p>
      )}
      <p class={`hint ${state.kind === 'idle' && state.isTrouble ? 'hint-trouble' : ''}`} role="status">
        {state.kind === 'idle' && state.said}
      </p>
    </div>
  );
}

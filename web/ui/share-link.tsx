/** The link of a swarm, to be passed on: to copy, to scan, or to read. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { seconds } from '../../shared/base/time.ts';
import { say } from './language.ts';
import { QrCode } from './qr-code.tsx';

/** How long the word stands that the link was copied. */
const ANSWER_MS = seconds(3);

const ANSWERS = { copied: 'share.copied', refused: 'share.copyRefused' } as const;

export interface ShareLinkProps {
  readonly url: string;
  /** The link leads to this very computer only. */
  readonly isOnlyHere: boolean;
  /** Copying it is the one obvious thing to do. */
  readonly isFirst: boolean;
  /** Puts text on the clipboard; false when the browser does not let us. */
  readonly copyText: (text: string) => Promise<boolean>;
}

export function ShareLink({ url, isOnlyHere, isFirst, copyText }: ShareLinkProps): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const [answer, setAnswer] = useState<keyof typeof ANSWERS | null>(null);
  useEffect(() => {
    if (answer !== 'copied') return undefined;
    const timer = setTimeout(() => setAnswer(null), ANSWER_MS);
    return () => clearTimeout(timer);
  }, [answer]);
  const copy = async (): Promise<void> => {
    const isCopied = await copyText(url);
    setAnswer(isCopied ? 'copied' : 'refused');
    if (!isCopied) field.current?.select();
  };
  return (
    <div class="share">
      <QrCode text={url} label={say('share.qr')} />
      <div class="share-text">
        <label for="share-link">{say('share.link')}</label>
        <input id="share-link" ref={field} readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
        <div class="answered">
          <button class={`button ${isFirst ? 'button-first' : ''}`} type="button" onClick={() => void copy()}>
            {say('share.copy')}
          </button>
          <p class={answer === 'copied' ? 'done' : 'hint'} role="status">
            {answer !== null && say(ANSWERS[answer])}
          </p>
        </div>
        {isOnlyHere && <p class="hint hint-trouble">{say('share.onlyHere')}</p>}
      </div>
    </div>
  );
}

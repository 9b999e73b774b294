/** The link of a swarm, to be passed on: to copy, to scan, or to read. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { seconds } from '../../shared/base/time.ts';
import type { Device } from '../app/device.ts';
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
  /** What the link is to, for whoever gets it. */
  readonly title: string;
  readonly device: Pick<Device, 'copyText' | 'shareLink'>;
}

export function ShareLink({ url, title, isOnlyHere, isFirst, device }: ShareLinkProps): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const [answer, setAnswer] = useState<keyof typeof ANSWERS | null>(null);
  const [isLarge, setIsLarge] = useState(false);
  useEffect(() => {
    if (answer !== 'copied') return undefined;
    const timer = setTimeout(() => setAnswer(null), ANSWER_MS);
    return () => clearTimeout(timer);
  }, [answer]);
  const copy = async (): Promise<void> => {
    const isCopied = await device.copyText(url);
    setAnswer(isCopied ? 'copied' : 'refused');
    if (!isCopied) field.current?.select();
  };
  return (
    <div class="share">
      <div class="share-text">
        <label for="share-link">{say('share.link')}</label>
        <input
          id="share-link"
          dir="ltr"
          ref={field}
          readOnly
          value={url}
          onFocus={(event) => event.currentTarget.select()}
        />
        <div class="answered">
          <button class={`button ${isFirst ? 'button-first' : ''}`} type="button" onClick={() => void copy()}>
            {say('share.copy')}
          </button>
          {device.shareLink !== null && (
            <button class="button" type="button" onClick={() => void device.shareLink?.({ title, url })}>
              {say('share.send')}
            </button>
          )}
          <p class={answer === 'copied' ? 'done' : 'hint'} role="status">
            {answer !== null && say(ANSWERS[answer])}
          </p>
        </div>
        {isOnlyHere && <p class="hint hint-trouble">{say('share.onlyHere')}</p>}
      </div>
      <div class="share-code">
        <QrCode text={url} label={say('share.qr')} />
        <button class="button button-small" type="button" onClick={() => setIsLarge(true)}>
          {say('share.qrLarge')}
        </button>
      </div>
      {isLarge && <LargeCode url={url} onClose={() => setIsLarge(false)} />}
    </div>
  );
}

/** To be scanned, or typed, from the back of a room. The browser keeps the keyboard in it, and brings it back afterwards. */
function LargeCode({ url, onClose }: { readonly url: string; readonly onClose: () => void }): JSX.Element {
  return (
    <dialog
      class="large-code"
      aria-label={say('share.qr')}
      ref={showOnce}
      onClose={onClose}
      onClick={({ currentTarget }) => currentTarget.close()}
    >
      <QrCode text={url} label={say('share.qr')} />
      <p dir="ltr">{url}</p>
      <button class="button" type="button">
        {say('share.qrClose')}
      </button>
    </dialog>
  );
}

const showOnce = (dialog: HTMLDialogElement | null): void => dialog?.showModal();

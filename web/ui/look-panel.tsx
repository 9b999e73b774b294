/**
 * A file to look at: played while it comes, or shown once it is here. What strangers sent is shown by the browser's own players and
 * pictures, or as plain text; it is never a page of ours.
 */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import type { Look } from '../app/look.ts';
import type { StreamedView } from '../app/world.ts';
import { shownName } from './file-name.tsx';
import { focusOnce } from './focus-once.ts';
import { say } from './language.ts';
import { onEscape } from './on-escape.ts';

/** How a browser gets at a file of the swarm, by its number. */
export interface Looking {
  /** An address for a frame, good while the file still comes; null when this browser has none to give. */
  readonly stream: ((number: number, type: string) => Promise<StreamedView | null>) | null;
  /** All of a file that is here. */
  readonly contentOf: (number: number, type: string) => Promise<Blob>;
}

export interface LookPanelProps extends Looking {
  readonly number: number;
  readonly name: string;
  readonly look: Look;
  /** In bytes. */
  readonly length: number;
  readonly isHere: boolean;
  /** How much of it is here, in words. */
  readonly progress: string;
  readonly onClose: () => void;
}

type Shown =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'frame' | 'media' | 'image'; readonly address: string }
  | { readonly kind: 'text'; readonly text: string; readonly isCut: boolean }
  | { readonly kind: 'too-large' | 'failed' };

interface Opened {
  readonly shown: Shown;
  readonly close: () => void;
}

/** Larger pictures and papers would fill the memory of a phone, in bytes. */
const SHOWN_BYTES_MAX = 100 * 1024 * 1024;

/** So much of a text is shown, in bytes. */
const TEXT_BYTES_MAX = 256 * 1024;

export function LookPanel(props: LookPanelProps): JSX.Element {
  const { number, name, look, isHere, progress, onClose } = props;
  const [shown, setShown] = useState<Shown>({ kind: 'nothing' });
  const isPlayedAhead = props.stream !== null && (look.kind === 'video' || look.kind === 'audio');
  const isReady = isPlayedAhead || isHere;
  useEffect(() => {
    setShown({ kind: 'nothing' });
    if (!isReady) return undefined;
    const opening = open(props).catch((): Opened => ({ shown: { kind: 'failed' }, close: () => undefined }));
    let isGone = false;
    void opening.then((opened) => isGone || setShown(opened.shown));
    return () => {
      isGone = true;
      void opening.then(({ close }) => close());
    };
  }, [number, isReady]);
  const isMedia = look.kind === 'video' || look.kind === 'audio';
  return (
    <div
      class="look"
      role="region"
      aria-label={shownName(name)}
      tabIndex={-1}
      ref={focusOnce}
      onKeyDown={onEscape(onClose)}
    >
      {isReady ? (
        <Content shown={shown} name={name} isSound={look.kind === 'audio'} />
      ) : (
        <p role="status">{isMedia ? say('look.plainHttp', { progress }) : say('look.coming', { progress })}</p>
      )}
      <div class="buttons">
        <button class="button button-small" type="button" onClick={onClose}>
          {say('look.close')}
        </button>
      </div>
    </div>
  );
}

function Content({ shown, name, isSound }: { shown: Shown; name: string; isSound: boolean }): JSX.Element | null {
  switch (shown.kind) {
    case 'nothing':
      return null;
    case 'frame':
      return (
        <iframe
          class={`look-frame ${isSound ? 'look-sound' : ''}`}
          title={shownName(name)}
          src={shown.address}
          allow="autoplay; fullscreen"
        />
      );
    case 'media':
      return <video class="look-picture" controls src={shown.address} />;
    case 'image':
      return <img class="look-picture" alt={shownName(name)} src={shown.address} />;
    case 'text':
      return (
        <>
          <pre class="look-text" tabIndex={0}>
            {shown.text}
          </pre>
          {shown.isCut && <p class="hint">{say('look.cut')}</p>}
        </>
      );
    case 'too-large':
      return <p>{say('look.tooLarge')}</p>;
    case 'failed':
      return <p>{say('look.failed')}</p>;
  }
}

async function open({ number, look, length, stream, contentOf }: LookPanelProps): Promise<Opened> {
  const isMedia = look.kind === 'video' || look.kind === 'audio';
  if (isMedia || look.kind === 'pdf') {
    const view = stream === null ? null : await stream(number, look.type);
    if (view !== null) return { shown: { kind: 'frame', address: view.address }, close: view.close };
    if (!isMedia) return { shown: { kind: 'failed' }, close: () => undefined };
  } else if (length > SHOWN_BYTES_MAX) return { shown: { kind: 'too-large' }, close: () => undefined };
  const content = await contentOf(number, look.type);
  if (look.kind === 'text') {
    const text = await content.slice(0, TEXT_BYTES_MAX).text();
    return { shown: { kind: 'text', text, isCut: length > TEXT_BYTES_MAX }, close: () => undefined };
  }
  const address = URL.createObjectURL(content);
  return { shown: { kind: isMedia ? 'media' : 'image', address }, close: () => URL.revokeObjectURL(address) };
}

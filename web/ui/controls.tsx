/** What the person can do with a swarm: pause and resume, call it off, stop sharing, start again. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { SwarmView } from '../app/swarm-view.ts';
import { focusOnce } from './focus-once.ts';
import { say } from './language.ts';
import { onEscape } from './on-escape.ts';

export interface ControlsProps {
  readonly view: SwarmView;
  readonly onLeave: () => void;
  readonly onEnter: () => void;
  readonly onDiscard: () => void;
}

export function Controls({ view, onLeave, onEnter, onDiscard }: ControlsProps): JSX.Element {
  const [step, setStep] = useState<'idle' | 'asking' | 'asked'>('idle');
  const { kind } = view.situation;
  const isReceiving = view.role === 'receiver' && view.percent < 100;
  if (kind === 'crashed') return <Row label={say('swarm.reload')} isFirst onClick={() => location.reload()} />;
  if (step === 'asking' && isReceiving) return <Question onYes={onDiscard} onNo={() => setStep('asked')} />;
  const cancel = isReceiving && (
    <button
      key={step}
      class="button"
      type="button"
      ref={step === 'asked' ? focusOnce : null}
      onClick={() => setStep('asking')}
    >
      {say('swarm.cancel')}
    </button>
  );
  if (kind === 'stopped') {
    const label = isReceiving ? say('swarm.resume') : say('swarm.startAgain');
    return (
      <Row label={label} isFirst={isReceiving || !view.canSave} onClick={onEnter}>
        {cancel}
      </Row>
    );
  }
  return (
    <Row label={isReceiving ? say('swarm.pause') : say('swarm.stopSharing')} isFirst={false} onClick={onLeave}>
      {cancel}
    </Row>
  );
}

interface RowProps {
  readonly label: string;
  readonly isFirst: boolean;
  readonly onClick: () => void;
  readonly children?: JSX.Element | false;
}

/** The button stays where it is while it changes its words, so that the keyboard stays on it. */
function Row({ label, isFirst, onClick, children }: RowProps): JSX.Element {
  return (
    <div class="buttons">
      <button class={`button ${isFirst ? 'button-first' : ''}`} type="button" onClick={onClick}>
        {label}
      </button>
      {children}
    </div>
  );
}

function Question({ onYes, onNo }: { readonly onYes: () => void; readonly onNo: () => void }): JSX.Element {
  return (
    <div class="question" role="group" aria-labelledby="cancel-question" onKeyDown={onEscape(onNo)}>
      <p id="cancel-question">{say('swarm.cancelQuestion')}</p>
      <div class="buttons">
        <button class="button button-trouble" type="button" onClick={onYes}>
          {say('swarm.cancelYes')}
        </button>
        <button class="button" type="button" ref={focusOnce} onClick={onNo}>
          {say('swarm.cancelNo')}
        </button>
      </div>
    </div>
  );
}

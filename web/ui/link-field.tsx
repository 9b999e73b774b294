/** For who has a link or a code on paper, or by ear: a field to type it into. */
import type { JSX, TargetedSubmitEvent } from 'preact';
import { useState } from 'preact/hooks';

import { say } from './language.ts';

export interface LinkFieldProps {
  /** Opens what the text names; false when it is no link. */
  readonly onLink: (text: string) => boolean;
}

export function LinkField({ onLink }: LinkFieldProps): JSX.Element {
  const [isRefused, setIsRefused] = useState(false);
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = new FormData(event.currentTarget).get('link');
    setIsRefused(typeof text === 'string' && text.trim() !== '' && !onLink(text));
  };
  return (
    <form class="link-field" onSubmit={submit}>
      <label for="link-field">{say('home.link')}</label>
      <input
        id="link-field"
        name="link"
        dir="ltr"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        aria-describedby="link-refused"
        onInput={() => setIsRefused(false)}
      />
      <button class="button" type="submit">
        {say('home.openLink')}
      </button>
      <p class="hint hint-trouble" id="link-refused" role="status">
        {isRefused && say('home.noLink')}
      </p>
    </form>
  );
}

/** Lets a person choose the language of the page. Each language stands under its own name, for those who read no other. */
import type { JSX, TargetedEvent } from 'preact';

import { LANGUAGES, type Language, say, spokenLanguage } from './language.ts';

const CHOICES = Object.entries(LANGUAGES) as [Language, string][];

export function LanguageChooser({ onChoose }: { readonly onChoose: (language: Language) => void }): JSX.Element {
  const choose = ({ currentTarget }: TargetedEvent<HTMLSelectElement>): void => {
    const chosen = currentTarget.value as Language;
    // The field follows the page: a language that cannot be fetched is not spoken.
    currentTarget.value = spokenLanguage();
    onChoose(chosen);
  };
  return (
    <label class="language">
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 0c5 4 5 10 0 14M8 1C3 5 3 11 8 15M1.5 5.5h13m-13 5h13" />
      </svg>
      <span class="visually-hidden">{say('app.language')}</span>
      <select value={spokenLanguage()} onChange={choose}>
        {CHOICES.map(([language, name]) => (
          <option key={language} value={language} lang={language}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The language that the person chose, remembered on this device: in localStorage, for every tab and every later visit. */

const KEY = 'tabswarm-language';

export interface LanguageMemory {
  /** A language tag, or whatever else stands there; null when nothing was chosen. */
  readonly recall: () => string | null;
  readonly remember: (language: string) => void;
}

/** Where the browser allows no memory, nothing is remembered. */
export const languageMemory: LanguageMemory = {
  recall: () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  },
  remember: (language) => {
    try {
      localStorage.setItem(KEY, language);
    } catch {
      // Full, or forbidden: the choice holds until this page is closed.
    }
  },
};

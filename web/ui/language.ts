/**
 * The language of the page: one at a time for all of it, as a document has one `lang`. English is always here, and every
 * other one is fetched when it is chosen. Numbers and plural forms come from Intl.
 */
import { present } from '../../shared/base/assert.ts';
import { type Message, type PlacesOf, type PluralForm, fill, formOf } from './message.ts';
import { type English, type MessageKey, type Messages, en } from './messages/en.ts';

/** The languages of the page, each by its own name. */
export const LANGUAGES = {
  en: 'English',
  ko: '한국어',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  zh: '简体中文',
  ar: 'العربية',
} as const;

export type Language = keyof typeof LANGUAGES;

/** The values for the places of a message. `Value` is what may stand there. */
type Values<Key extends MessageKey, Value> =
  PlacesOf<English[Key]> extends never ? [] : [values: Readonly<Record<PlacesOf<English[Key]>, Value>>];

const FETCHED: { readonly [Other in Exclude<Language, 'en'>]: () => Promise<{ readonly messages: Messages }> } = {
  ko: () => import('./messages/ko.ts'),
  de: () => import('./messages/de.ts'),
  es: () => import('./messages/es.ts'),
  fr: () => import('./messages/fr.ts'),
  zh: () => import('./messages/zh.ts'),
  ar: () => import('./messages/ar.ts'),
};

const RIGHT_TO_LEFT: ReadonlySet<Language> = new Set<Language>(['ar']);

/** As far as it has been fetched: a text comes with what says it, at the latest. */
const english: Partial<Messages> = { ...en };

interface Spoken {
  readonly language: Language;
  readonly messages: Partial<Messages>;
  readonly pluralForm: PluralForm;
  readonly write: (number: number) => string;
}

/** What Intl makes is kept, and made when it is first used: the first of a page takes 30 ms, for which a link would wait. */
function speaking(language: Language, messages: Partial<Messages>): Spoken {
  let rules: Intl.PluralRules | undefined;
  let numbers: Intl.NumberFormat | undefined;
  return {
    language,
    messages,
    pluralForm: (count) => (rules ??= new Intl.PluralRules(language)).select(count),
    write: (number) => (numbers ??= new Intl.NumberFormat(language)).format(number),
  };
}

let spoken = speaking('en', english);

export const spokenLanguage = (): Language => spoken.language;

export const directionOf = (language: Language): 'ltr' | 'rtl' => (RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr');

/** The first of these that the page speaks, which are tags as in `navigator.languages`; else English. */
export function pickLanguage(tags: readonly string[]): Language {
  const spokenHere = tags
    .map((tag) => tag.split('-', 1)[0].toLowerCase())
    .find((base) => Object.hasOwn(LANGUAGES, base));
  return (spokenHere as Language | undefined) ?? 'en';
}

/** From now on, everything is said in this language. Rejects, and changes nothing, when it cannot be fetched. */
export async function speak(language: Language): Promise<void> {
  const messages = language === 'en' ? english : (await FETCHED[language]()).messages;
  spoken = speaking(language, messages);
}

/** Adds English texts that are fetched with what says them. Other languages are fetched whole. */
export function addEnglish(texts: Partial<Messages>): void {
  Object.assign(english, texts);
}

/** The message as text. A number is written as the language writes it. */
export function say<Key extends MessageKey>(key: Key, ...[values]: Values<Key, string | number>): string {
  return sayWith(key, ...([values] as Values<Key, string | number>))
    .map((part) => (typeof part === 'number' ? spoken.write(part) : part))
    .join('');
}

/** The message in parts, for values that are no text, such as elements. */
export function sayWith<Key extends MessageKey, Value>(key: Key, ...[values]: Values<Key, Value>): (string | Value)[] {
  const given: Readonly<Record<string, Value>> = values ?? {};
  const message = present<Message>(spoken.messages[key], key);
  return fill(formOf(message, given['count'], spoken.pluralForm), (place) => given[place]);
}

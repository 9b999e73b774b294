/** What a message is: a sentence with places in `{braces}`, or one sentence for each plural form that its language has. */

/** The form is chosen by the value called `count`. */
export type Plural = { readonly other: string } & { readonly [Form in Intl.LDMLPluralRule]?: string };

export type Message = string | Plural;

/** The form that a language has for this many. */
export type PluralForm = (count: number) => Intl.LDMLPluralRule;

/** The names in braces. */
export type PlacesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | PlacesIn<Rest> : never;

/** The places of all forms of a message. */
export type PlacesOf<Shape> = Shape extends string ? PlacesIn<Shape> : PlacesIn<Shape[keyof Shape]> | 'count';

/** The sentence of a message for these values, not filled in yet. */
export function formOf(message: Message, count: unknown, pluralForm: PluralForm): string {
  if (typeof message === 'string') return message;
  return message[pluralForm(Number(count))] ?? message.other;
}

/** The sentence cut at its places, with the values between: text at even indices, values at odd ones. */
export function fill<Value>(sentence: string, value: (place: string) => Value): (string | Value)[] {
  return sentence.split(PLACE).map((part, index) => (index % 2 === 0 ? part : value(part)));
}

/** The names in braces, in order. */
export const placesIn = (sentence: string): string[] => Array.from(sentence.matchAll(PLACE), ([, name]) => name);

const PLACE = /\{([a-zA-Z]+)\}/g;

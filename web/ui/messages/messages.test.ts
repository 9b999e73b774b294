/** Every text of the page stands in every language, is used, and stands nowhere else. */
import { readFileSync, readdirSync } from 'node:fs';

import { parseSync } from 'vite';
import { expect, test } from 'vitest';

import { TROUBLES } from '../../../shared/base/trouble.ts';
import { LANGUAGES, type Language } from '../language.ts';
import { type Message, placesIn } from '../message.ts';
import { messages as ar } from './ar.ts';
import { messages as de } from './de.ts';
import { enOfCheckUp } from './en-check-up.ts';
import { enOfFiles } from './en-files.ts';
import { enOfNotice } from './en-notice.ts';
import { enOfPanels } from './en-panels.ts';
import { enOfRefusals } from './en-refusals.ts';
import { enOfStored } from './en-stored.ts';
import { enOfWrongLink } from './en-wrong-link.ts';
import { type Messages, en as enOfPage } from './en.ts';
import { messages as es } from './es.ts';
import { messages as fr } from './fr.ts';
import { messages as ko } from './ko.ts';
import { messages as zh } from './zh.ts';

const en: Messages = {
  ...enOfPage,
  ...enOfCheckUp,
  ...enOfFiles,
  ...enOfNotice,
  ...enOfPanels,
  ...enOfRefusals,
  ...enOfStored,
  ...enOfWrongLink,
};

const ALL: Readonly<Record<Language, Messages>> = { en, ko, de, es, fr, zh, ar };
const languages = Object.keys(LANGUAGES) as Language[];

/** Attributes that are not for people, though words may stand in them. */
const CODE_ATTRIBUTES = new Set(['class', 'd', 'viewBox', 'for', 'id', 'aria-labelledby', 'aria-describedby']);

/** Names that are the same in every language, and words of the browser that only look like ours. */
const NAMES = new Set(['Tabswarm', ...Object.values(LANGUAGES), 'Enter', 'Escape', 'Files']);

interface Node {
  readonly type: string;
  readonly parent: Node | null;
  readonly [field: string]: unknown;
}

interface Source {
  readonly path: string;
  readonly nodes: readonly Node[];
}

const ui = sources('web/ui');
const product = [
  ...ui,
  source('web/main.tsx'),
  ...sources('web/app'),
  ...sources('web/adapters'),
  ...sources('shared'),
];

test('the files to check are found', () => {
  expect(ui.length).toBeGreaterThan(20);
  expect(product.length).toBeGreaterThan(80);
});

test.each(languages)('%s has every message, and no other', (language) => {
  expect(Object.keys(ALL[language]).toSorted()).toEqual(Object.keys(en).toSorted());
});

test.each(languages)('%s has a sentence for each of its plural forms', (language) => {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted().join();
  const faults = entries(language).filter(
    ([, message]) => typeof message !== 'string' && Object.keys(message).toSorted().join() !== forms,
  );
  expect(faults).toEqual([]);
});

test.each(languages)('%s fills in the same values as English', (language) => {
  const faults = entries(language).filter(([key, message]) => {
    const places = placesOf(en[key as keyof Messages]);
    const sentences = sentencesOf(message);
    const hasUnknown = sentences.some((sentence) => placesIn(sentence).some((place) => !places.includes(place)));
    // A form for one or two may have its number in a word; the general form has every place.
    return hasUnknown || sentences.includes('') || placesOf(message).join() !== places.join();
  });
  expect(faults).toEqual([]);
});

test('every message is used', () => {
  const literals = new Set(product.flatMap(({ nodes }) => nodes.map(({ value }) => value)));
  const patterns = product.flatMap(({ nodes }) =>
    nodes.filter(({ type }) => type === 'TemplateLiteral').map(patternOf),
  );
  const used = (key: string): boolean => literals.has(key) || patterns.some((pattern) => pattern.test(key));
  expect(Object.keys(en).filter((key) => !used(key))).toEqual([]);
  expect(TROUBLES.filter((trouble) => !literals.has(trouble))).toEqual([]);
});

test('no text for people stands in web/ui itself', () => {
  const faults = ui.flatMap(({ path, nodes }) =>
    nodes.filter(isTextForPeople).map((node) => `${path}: ${textOf(node).trim()} belongs into web/ui/messages`),
  );
  expect(faults).toEqual([]);
});

test.each([
  '<p>Hello</p>',
  '<p title="hello" />',
  'const a = "Hello you.";',
  'const a = `the file ${b}`;',
  '<button aria-label="close" />',
])('the check finds the text in %s', (code) => {
  expect(nodesOf('a.tsx', code).some(isTextForPeople)).toBe(true);
});

test.each([
  '<p class="hint hint-trouble" />',
  "say('home.lead')",
  "import a from './Some file.ts';",
  '<b>Tabswarm</b>',
])('the check passes %s', (code) => {
  expect(nodesOf('a.tsx', code).some(isTextForPeople)).toBe(false);
});

function entries(language: Language): [string, Message][] {
  return Object.entries(ALL[language]);
}

/** The keys that a template such as `trouble.${word}` stands for: any word in the place of each value. */
function patternOf({ quasis }: Node): RegExp {
  const texts = (quasis as Node[]).map((quasi) => textOf(quasi).replaceAll('.', '\\.'));
  return texts[0].includes('.') ? new RegExp(`^${texts.join('[a-zA-Z0-9-]+')}$`) : /^$/;
}

/** The general form last. */
function sentencesOf(message: Message): string[] {
  if (typeof message === 'string') return [message];
  const { other, ...forms } = message;
  return [...Object.values(forms), other];
}

const placesOf = (message: Message): string[] => placesIn(sentencesOf(message).at(-1) ?? '').toSorted();

function sources(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => /\.tsx?$/.test(path) && !/(\/messages\/|\.(test|contract|test-kit)\.|base\/trouble)/.test(path))
    .map(source);
}

function source(path: string): Source {
  return { path, nodes: nodesOf(path, readFileSync(path, 'utf8')) };
}

function nodesOf(path: string, code: string): Node[] {
  return nodesIn(parseSync(path, code).program, null);
}

function nodesIn(value: unknown, parent: Node | null): Node[] {
  if (Array.isArray(value)) return value.flatMap((item) => nodesIn(item, parent));
  if (typeof value !== 'object' || value === null || !('type' in value)) return [];
  const node = { ...value, parent } as Node;
  return [node, ...Object.values(value).flatMap((child) => nodesIn(child, node))];
}

/** Words in an element, in an attribute for people, or anything that reads like a sentence. */
function isTextForPeople(node: Node): boolean {
  const text = textOf(node).trim().replace('· Tabswarm', '');
  if (!/\p{L}/u.test(text) || NAMES.has(text)) return false;
  const { parent } = node;
  if (node.type === 'JSXText') return true;
  if (parent?.type.startsWith('Import') || parent?.type.startsWith('TS')) return false;
  if (isInCode(parent)) return false;
  if (parent?.type === 'JSXAttribute')
    return ['aria-label', 'title', 'alt', 'placeholder', 'label'].includes(attributeOf(parent));
  if (node.type === 'TemplateElement') return /\p{L}\s|\s\p{L}/u.test(textOf(node));
  return /^\p{Lu}\p{Ll}|\p{L}\s+\p{L}/u.test(text);
}

/** Inside an attribute that is not for people, at any depth. */
function isInCode(node: Node | null): boolean {
  if (node === null) return false;
  return (node.type === 'JSXAttribute' && CODE_ATTRIBUTES.has(attributeOf(node))) || isInCode(node.parent);
}

const attributeOf = (node: Node): string => (node['name'] as { name: string }).name;

/** The text of a literal, of text between tags, or of a piece of a template; else nothing. */
function textOf({ type, value }: Node): string {
  if (type === 'TemplateElement') return (value as { cooked: string }).cooked;
  return typeof value === 'string' && (type === 'Literal' || type === 'JSXText') ? value : '';
}

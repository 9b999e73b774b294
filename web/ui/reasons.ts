/** What stands in the way, in the language of the page. What a browser or a server says in its own words is passed on. */
import { readTrouble } from '../../shared/base/trouble.ts';
import { refusalIn } from '../app/refusal.ts';
import { say, spokenLanguage } from './language.ts';

/** The sentence for a reason: an Error, or a text such as facts carry. */
export function sayReason(reason: unknown): string {
  const text = reason instanceof Error ? reason.message : String(reason);
  const known = readTrouble(text);
  return known === null ? asSentence(text) : say(`trouble.${known.trouble}`, { detail: known.detail });
}

/** The sentence for a refusal of the server, which speaks English itself; of another tracker, in its own words. */
export function sayRefusal(reason: string): string {
  const refusal = refusalIn(reason);
  return refusal === null || spokenLanguage() === 'en' ? sayReason(reason) : say(`refusal.${refusal}`);
}

/** `text` with a capital letter in front and a full stop behind, as other people's words may lack them. */
export function asSentence(text: string): string {
  const trimmed = text.trim();
  const start = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…。؟]$/.test(start) ? start : `${start}.`;
}

/** What others translate of the server's refusals. Never fetched: in English, the server's own words are shown. */
import type { Message } from '../message.ts';

export const enOfRefusals = {
  'refusal.full': 'Too many people fetch this file at the moment; it may work later.',
  'refusal.blocked': 'This content is blocked on this server.',
  'refusal.tooOften': 'This tab asks too often: wait a minute.',
  'refusal.crowdedAddress': 'Too many tabs are connected from this network; it may work later.',
  'refusal.tooManySwarms': 'This tab is in too many swarms at once.',
  'refusal.heldPeerId': 'It takes this tab for another one that has just left.',
  'refusal.fault': 'It could not answer; it may work later.',
} as const satisfies Record<string, Message>;

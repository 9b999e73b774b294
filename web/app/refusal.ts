/** What our signal server means when it refuses. It says so in English, as stock clients expect it to; the page has words of its own. */

/** How its sentences begin, and what they mean. */
export const REFUSALS = {
  'This swarm is full': 'full',
  'This content is blocked': 'blocked',
  'Too many announces': 'tooOften',
  'Too many offers': 'tooOften',
  'Too many messages': 'tooOften',
  'Too many connections come from this address': 'crowdedAddress',
  'One connection may be in ': 'tooManySwarms',
  'This peer id belongs to another connection': 'heldPeerId',
  'The server could not answer': 'fault',
} as const;

export type Refusal = (typeof REFUSALS)[keyof typeof REFUSALS];

/** Null for what is not known, such as what another tracker says. */
export function refusalIn(reason: string): Refusal | null {
  const known = Object.entries(REFUSALS).find(([beginning]) => reason.startsWith(beginning));
  return known?.[1] ?? null;
}

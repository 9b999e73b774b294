/**
 * Gives memory back once it is calm: when a crowd has come or gone, what its handshakes left behind would lie about until V8
 * needs the room, and the process would count as larger than it is, by which newcomers are turned away.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Sockets that open or close before it is worth a pause, which takes a millisecond for some hundred of those that are open. */
const CHANGES_MIN = 1000;

/** Messages between two looks, at most, for it to be calm: nobody notices the pause then. */
const CALM_MESSAGES_MAX = 100;

export interface CalmCollectorParts {
  /** Sockets that have opened and closed since the start. */
  readonly readChanges: () => number;
  /** Messages that have come since the start. */
  readonly readMessages: () => number;
  readonly collect: () => void;
}

export class CalmCollector {
  readonly #parts: CalmCollectorParts;
  #changes = 0;
  #messages = 0;

  constructor(parts: CalmCollectorParts) {
    this.#parts = parts;
  }

  /** To be called about once a second. */
  look(): void {
    const messages = this.#parts.readMessages();
    const isCalm = messages - this.#messages <= CALM_MESSAGES_MAX;
    this.#messages = messages;
    const changes = this.#parts.readChanges();
    if (!isCalm || changes - this.#changes < CHANGES_MIN) return;
    this.#changes = changes;
    this.#parts.collect();
  }
}

/** V8's own full collection, after which it also gives back the room of young objects. */
export function fullCollection(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

/** Broken invariants are our bugs: they throw here, and nobody below the driver catches them. */

/** Throws when `condition` is false. `message` says which invariant broke. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`Invariant broken: ${message}`);
}

/** `value`, which the surrounding logic guarantees to be there; throws when it is not. */
export function present<T>(value: T | null | undefined, what: string): T {
  assert(value !== null && value !== undefined, `${what} is missing`);
  return value;
}

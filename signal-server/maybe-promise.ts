/**
 * A value that is here, or comes: what a port gives whose adapter may be memory or another machine. A message that meets memory
 * alone is then handled without one promise, of which a dozen cost as much as the rules.
 */
export type MaybePromise<T> = T | Promise<T>;

/** Does `use` with the value: at once if it is here, or when it comes. Rejects, or throws, as the value and `use` do. */
export function andThen<T, Result>(
  value: MaybePromise<T>,
  use: (value: T) => MaybePromise<Result>,
): MaybePromise<Result> {
  return value instanceof Promise ? value.then(use) : use(value);
}

/** Waits for those that are yet to come. */
export function settled(values: readonly MaybePromise<unknown>[]): MaybePromise<unknown> {
  const coming = values.filter((value) => value instanceof Promise);
  return coming.length > 0 ? Promise.all(coming) : null;
}

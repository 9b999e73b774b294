/** Types that share a representation but never mix: a piece index is not a count, a peer id is not an info hash. */

declare const brand: unique symbol;

/** `Base`, marked with a name. Made only by the function that checks it. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

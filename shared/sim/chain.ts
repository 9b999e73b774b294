/**
 * A queue of things that know their successor: first in, first out. It costs no memory beside the things themselves, which
 * counts where a hundred thousand streams have one each. A thing is in one chain at a time; taken out, it still points to
 * what followed it.
 */

/** What can stand in a chain. */
export interface Linked<T> {
  next: T | null;
}

export class Chain<T extends Linked<T>> {
  #first: T | null = null;
  /** Meaningless while the chain is empty. */
  #last: T | null = null;

  /** The next to be taken; null when there is none. */
  get first(): T | null {
    return this.#first;
  }

  /** The one that was added last; null when there is none. */
  get last(): T | null {
    return this.#first === null ? null : this.#last;
  }

  /** Adds at the end. */
  push(item: T): void {
    item.next = null;
    if (this.#first === null || this.#last === null) this.#first = item;
    else this.#last.next = item;
    this.#last = item;
  }

  /** Takes the first; null when there is none. */
  shift(): T | null {
    const item = this.#first;
    if (item !== null) this.#first = item.next;
    return item;
  }

  clear(): void {
    this.#first = null;
    this.#last = null;
  }
}

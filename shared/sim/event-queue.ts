/**
 * Virtual time: what is going to happen, in order of (time, order of scheduling). The only clock of a simulation.
 *
 * A binary heap over two typed arrays of keys, so that an event costs no object but its action; an action that is made once
 * and scheduled often costs none at all. There is no cancel: who changes its mind lets the action find nothing to do. That
 * is cheaper than a position kept for every event, since next to all events do happen.
 */
import { assert } from '../base/assert.ts';
import { NEVER, type Millis } from '../base/time.ts';

/** Something that happens. */
export type Action = () => void;

const FIRST_CAPACITY = 1024;

export class EventQueue {
  /** Heap invariant: no entry is before its parent at (index − 1) >> 1, by (time, order). */
  #times = new Float64Array(FIRST_CAPACITY);
  #orders = new Float64Array(FIRST_CAPACITY);
  readonly #actions: Action[] = [];
  #size = 0;
  #scheduled = 0;
  #now: Millis = 0;
  #happened = 0;

  /** The virtual moment, from 0. Bound, so that it can be handed on as a clock. */
  readonly now = (): Millis => this.#now;

  /** How many events happened. */
  get happened(): number {
    return this.#happened;
  }

  /** How many are still to come. */
  get size(): number {
    return this.#size;
  }

  /** When the next event happens; `NEVER` when there is none. */
  nextAt(): Millis {
    return this.#size === 0 ? NEVER : this.#times[0];
  }

  /** Lets `action` happen at `at`, which is not in the past. Actions of one moment happen in the order they were scheduled. */
  at(at: Millis, action: Action): void {
    assert(at >= this.#now && at < NEVER, 'an event is scheduled between now and NEVER');
    if (this.#size === this.#times.length) this.#grow();
    this.#siftUp(at, this.#scheduled, action);
    this.#size += 1;
    this.#scheduled += 1;
  }

  /** Lets `action` happen `span` from now. */
  after(span: Millis, action: Action): void {
    this.at(this.#now + span, action);
  }

  /** Moves time to the next event and lets it happen. The queue must not be empty. */
  step(): void {
    assert(this.#size > 0, 'a step needs an event');
    const action = this.#actions[0];
    this.#now = this.#times[0];
    this.#happened += 1;
    this.#removeFirst();
    action();
  }

  #siftUp(time: number, order: number, action: Action): void {
    const times = this.#times;
    const orders = this.#orders;
    const actions = this.#actions;
    let hole = this.#size;
    // A new entry has the highest order of all: it passes its parent only by time.
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (times[parent] <= time) break;
      times[hole] = times[parent];
      orders[hole] = orders[parent];
      actions[hole] = actions[parent];
      hole = parent;
    }
    times[hole] = time;
    orders[hole] = order;
    actions[hole] = action;
  }

  /** The last entry takes the place of the first and sinks to where it belongs. */
  #removeFirst(): void {
    const times = this.#times;
    const orders = this.#orders;
    const actions = this.#actions;
    this.#size -= 1;
    const last = this.#size;
    const time = times[last];
    const order = orders[last];
    const action = actions[last];
    actions.pop();
    if (last === 0) return;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= last) break;
      const right = child + 1;
      if (
        right < last &&
        (times[right] < times[child] || (times[right] === times[child] && orders[right] < orders[child]))
      )
        child = right;
      if (times[child] > time || (times[child] === time && orders[child] > order)) break;
      times[hole] = times[child];
      orders[hole] = orders[child];
      actions[hole] = actions[child];
      hole = child;
    }
    times[hole] = time;
    orders[hole] = order;
    actions[hole] = action;
  }

  #grow(): void {
    const times = new Float64Array(2 * this.#times.length);
    const orders = new Float64Array(2 * this.#orders.length);
    times.set(this.#times);
    orders.set(this.#orders);
    this.#times = times;
    this.#orders = orders;
  }
}

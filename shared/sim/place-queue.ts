/**
 * What is going to happen at one place, in order of (time, order of scheduling).
 *
 * A binary heap over two typed arrays of keys, so that an event costs no object but its action; an action that is made once
 * and scheduled often costs none at all. There is no cancel: who changes its mind lets the action find nothing to do. That
 * is cheaper than a position kept for every event, since next to all events do happen.
 */
import { type Millis, NEVER } from '../base/time.ts';

/** Something that happens. */
export type Action = () => void;

/** Where something happens: the world, from which scripts act upon everything; the signal server; or a host. */
export type Place = number;

export const WORLD: Place = 0;
export const SERVER: Place = 1;
export const placeOfHost = (index: number): Place => index + 2;

const FIRST_CAPACITY = 16;

export class PlaceQueue {
  readonly place: Place;
  /** Where it stands in the order of the places (`event-queue`); −1 while it does not. */
  position = -1;
  /** Heap invariant: no entry is before its parent at (index − 1) >> 1, by (time, order). */
  #times = new Float64Array(FIRST_CAPACITY);
  #orders = new Float64Array(FIRST_CAPACITY);
  readonly #actions: Action[] = [];
  #size = 0;

  constructor(place: Place) {
    this.place = place;
  }

  get size(): number {
    return this.#size;
  }

  /** `NEVER` when it is empty. */
  get nextAt(): Millis {
    return this.#size === 0 ? NEVER : this.#times[0];
  }

  /** `order` is higher than that of all before. */
  push(time: Millis, order: number, action: Action): void {
    if (this.#size === this.#times.length) this.#grow();
    const times = this.#times;
    let hole = this.#size;
    // A new entry has the highest order of all: it passes its parent only by time.
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (times[parent] <= time) break;
      this.#move(parent, hole);
      hole = parent;
    }
    this.#put(hole, time, order, action);
    this.#size += 1;
  }

  /** Takes out the next action. The last entry takes its place and sinks to where it belongs. There must be one. */
  shift(): Action {
    const times = this.#times;
    const orders = this.#orders;
    const actions = this.#actions;
    const first = actions[0];
    this.#size -= 1;
    const last = this.#size;
    const time = times[last];
    const order = orders[last];
    const action = actions[last];
    actions.pop();
    if (last === 0) return first;
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
      this.#move(child, hole);
      hole = child;
    }
    this.#put(hole, time, order, action);
    return first;
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#times[from], this.#orders[from], this.#actions[from]);
  }

  #put(place: number, time: number, order: number, action: Action): void {
    this.#times[place] = time;
    this.#orders[place] = order;
    this.#actions[place] = action;
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

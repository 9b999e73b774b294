/**
 * Virtual time: what is going to happen, place by place. The only clock of a simulation.
 *
 * Places hear from each other no sooner than `lookahead` after somebody sent something: so each may go on alone for so long after
 * the earliest event of all (Chandy & Misra 1979, "conservative" simulation). Its state is in the processor's cache then; with a
 * thousand hosts that is worth more than a third of the time. At each place, events happen in order of time. The world is the place
 * from which scripts act upon all others, at once: nobody passes its next event.
 */
import { assert } from '../base/assert.ts';
import { type Millis, NEVER } from '../base/time.ts';
import { type Action, type Place, PlaceQueue, WORLD } from './place-queue.ts';

export class EventQueue {
  /** From one place to another nothing takes less than this; 0, the default, lets everything happen in one order of time. */
  lookahead: Millis = 0;
  /** By number. */
  readonly #places: PlaceQueue[] = [];
  /** Heap of the places that have something to do, by their next event; but for the current one. */
  readonly #waiting: PlaceQueue[] = [];
  #current = this.#placeAt(WORLD);
  /** The current place goes on while its next event is before this. */
  #bound: Millis = 0;
  #scheduled = 0;
  #size = 0;
  #now: Millis = 0;
  /** The latest moment of all places. */
  #latest: Millis = 0;
  #happened = 0;

  /** The virtual moment where something happens, from 0. Bound, so that it can be handed on as a clock. */
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
    if (this.#size === 0) return NEVER;
    this.#choosePlace(NEVER);
    return this.#current.nextAt;
  }

  /**
   * Lets `action` happen at `at`, which is not in the past; at the place of the event that asks for it, unless said. Actions of one
   * moment and place happen in the order they were scheduled.
   */
  at(at: Millis, action: Action, place: Place = this.#current.place): void {
    assert(at >= this.#now && at < NEVER, 'an event is scheduled between now and NEVER');
    const queue = this.#placeAt(place);
    const isNext = at < queue.nextAt;
    queue.push(at, this.#scheduled, action);
    this.#scheduled += 1;
    this.#size += 1;
    if (queue === this.#current) return;
    if (isNext) this.#moveUp(queue);
    if (place === WORLD) this.#bound = Math.min(this.#bound, at);
  }

  /** Lets `action` happen `span` from now. */
  after(span: Millis, action: Action, place?: Place): void {
    this.at(this.#now + span, action, place);
  }

  /** Does `action` now, at that place: what it schedules happens there. For the world. */
  within(place: Place, action: Action): void {
    const before = this.#current;
    const queue = this.#placeAt(place);
    if (queue === before) {
      action();
      return;
    }
    this.#remove(queue);
    this.#current = queue;
    action();
    this.#remove(before);
    this.#current = before;
    this.#insert(queue);
  }

  /** Moves time to the next event that is not after `deadline`, and lets it happen; false when there is none. */
  step(deadline: Millis = NEVER): boolean {
    if (this.#size === 0) return false;
    this.#choosePlace(deadline);
    const queue = this.#current;
    if (queue.nextAt > deadline) return false;
    this.#now = queue.nextAt;
    this.#latest = Math.max(this.#latest, this.#now);
    this.#happened += 1;
    this.#size -= 1;
    queue.shift()();
    return true;
  }

  /** The latest moment that any place has come to. */
  get latest(): Millis {
    return this.#latest;
  }

  /** All places have come to the latest moment: scripts may act again. */
  meet(): void {
    this.#insert(this.#current);
    this.#current = this.#placeAt(WORLD);
    this.#remove(this.#current);
    this.#bound = 0;
    this.#now = this.#latest;
  }

  /** The current place goes on, or the one with the next event begins. */
  #choosePlace(deadline: Millis): void {
    const { nextAt } = this.#current;
    if (nextAt < this.#bound && nextAt <= deadline) return;
    this.#insert(this.#current);
    const world = this.#placeAt(WORLD);
    const [first] = this.#waiting;
    const next = world.nextAt <= first.nextAt ? world : first;
    this.#remove(next);
    this.#current = next;
    this.#bound = next === world ? 0 : Math.min(next.nextAt + this.lookahead, world.nextAt);
  }

  #placeAt(place: Place): PlaceQueue {
    return (this.#places[place] ??= new PlaceQueue(place));
  }

  #insert(queue: PlaceQueue): void {
    if (queue.position >= 0 || queue.size === 0) return;
    queue.position = this.#waiting.length;
    this.#waiting.push(queue);
    this.#moveUp(queue);
  }

  /** Its next event is sooner than before, or its first. */
  #moveUp(queue: PlaceQueue): void {
    if (queue.position < 0) {
      this.#insert(queue);
      return;
    }
    const waiting = this.#waiting;
    let hole = queue.position;
    while (hole > 0) {
      const parent = waiting[(hole - 1) >> 1];
      if (!isBefore(queue, parent)) break;
      place(waiting, parent, hole);
      hole = (hole - 1) >> 1;
    }
    place(waiting, queue, hole);
  }

  #remove(queue: PlaceQueue): void {
    const waiting = this.#waiting;
    let hole = queue.position;
    if (hole < 0) return;
    queue.position = -1;
    const last = waiting.pop();
    if (last === undefined || last === queue) return;
    for (;;) {
      let child = 2 * hole + 1;
      if (child >= waiting.length) break;
      if (child + 1 < waiting.length && isBefore(waiting[child + 1], waiting[child])) child += 1;
      if (!isBefore(waiting[child], last)) break;
      place(waiting, waiting[child], hole);
      hole = child;
    }
    place(waiting, last, hole);
    this.#moveUp(last);
  }
}

function place(waiting: PlaceQueue[], queue: PlaceQueue, at: number): void {
  waiting[at] = queue;
  queue.position = at;
}

const isBefore = (a: PlaceQueue, b: PlaceQueue): boolean =>
  a.nextAt < b.nextAt || (a.nextAt === b.nextAt && a.place < b.place);

/** What of a swarm this tab fetches: the files that the person chose, and before them what somebody is looking at right now. */
import type { Wishes } from '../../shared/engine/pieces/wishes.ts';
import type { PieceRange } from '../../shared/wire/file-layout.ts';
import type { Metainfo } from '../../shared/wire/metainfo.ts';
import { type Choice, choiceFrom, everything, wishesOf } from './choice.ts';

/** Somebody reads on from here, and waits. */
export interface Playhead {
  /** Moves it; the pieces up to `end` are wanted one after the other. */
  readonly moveTo: (range: PieceRange) => void;
  readonly end: () => void;
}

export class WantedFiles {
  readonly metainfo: Metainfo;
  readonly #onWishes: (wishes: Wishes) => void;
  readonly #onChoice: (numbers: readonly number[] | null) => void;
  #choice: Choice;
  /** Nothing is wanted for now, whatever is chosen. */
  #isHeld = false;
  /** The one that moved last comes last. */
  readonly #playheads = new Map<Playhead, PieceRange>();

  /** `stored` is what was told to `onChoice` before. */
  constructor(metainfo: Metainfo, stored: readonly number[] | null, tell: Listeners) {
    this.metainfo = metainfo;
    this.#choice = choiceFrom(stored, metainfo);
    this.#onWishes = tell.onWishes;
    this.#onChoice = tell.onChoice;
  }

  get choice(): Choice {
    return this.#choice;
  }

  choose(choice: Choice): void {
    this.#choice = choice;
    const isEverything = choice.wanted.size === everything(this.metainfo).wanted.size;
    this.#onChoice(isEverything ? null : [...choice.wanted]);
    this.wish();
  }

  /** Wants nothing for as long as it is held. */
  hold(isHeld: boolean): void {
    if (this.#isHeld === isHeld) return;
    this.#isHeld = isHeld;
    this.wish();
  }

  /** Says again what is wanted: the swarm was entered anew. */
  wish(): void {
    if (this.#isHeld) {
      this.#onWishes({ wanted: [], first: [] });
      return;
    }
    this.#onWishes(wishesOf(this.metainfo, this.#choice, [...this.#playheads.values()].toReversed()));
  }

  playhead(): Playhead {
    const playhead: Playhead = {
      moveTo: (range) => {
        const before = this.#playheads.get(playhead);
        if (before?.first === range.first && before.end === range.end) return;
        this.#playheads.delete(playhead);
        this.#playheads.set(playhead, range);
        this.wish();
      },
      end: () => {
        if (this.#playheads.delete(playhead)) this.wish();
      },
    };
    return playhead;
  }
}

interface Listeners {
  readonly onWishes: (wishes: Wishes) => void;
  /** Numbers of the chosen files; null for all. To be stored. */
  readonly onChoice: (numbers: readonly number[] | null) => void;
}

/**
 * What a tab owes to people while they look elsewhere: to stay awake while it works, to ask before it closes while others
 * need it, and to tell when something is complete.
 */
import type { InfoHash } from '../../shared/wire/ids.ts';
import type { Library } from './library.ts';
import type { Situation } from './situation.ts';
import type { SwarmView } from './swarm-view.ts';

/** What it does about it. */
export interface Outside {
  readonly keepAwake: (isBusy: boolean) => void;
  readonly guardClosing: (isNeeded: boolean) => void;
  /** The file of this name is complete. */
  readonly tellComplete: (name: string) => void;
}

/** Something is read, comes, or goes. */
export const isBusy = ({ situation, downloadRate, uploadRate }: SwarmView): boolean =>
  situation.kind === 'downloading' || situation.kind === 'storing' || downloadRate + uploadRate > 0;

/** Somebody who is connected lacks something that nobody but this tab has. */
export const isNeeded = ({ people, percent, copiesElsewhere }: SwarmView): boolean =>
  percent === 100 && copiesElsewhere === 0 && people.some((person) => person.percent < 100);

const UNDER_WAY: ReadonlySet<Situation['kind']> = new Set(['downloading', 'storing'] as const);

export class Attendant {
  readonly #library: Pick<Library, 'sessions' | 'preparation'>;
  readonly #outside: Outside;
  /** What was the matter with each swarm when it was last looked at. */
  readonly #before = new Map<InfoHash, Situation['kind']>();

  constructor(library: Pick<Library, 'sessions' | 'preparation'>, outside: Outside) {
    this.#library = library;
    this.#outside = outside;
  }

  /** Looks what is the matter now. To be called every second or two. */
  look(): void {
    const seen = this.#library.sessions.map((session) => ({ infoHash: session.infoHash, view: session.view() }));
    const views = seen.map(({ view }) => view);
    this.#outside.keepAwake(this.#library.preparation !== null || views.some(isBusy));
    this.#outside.guardClosing(views.some(isNeeded));
    for (const { infoHash, view } of seen) this.#follow(infoHash, view);
  }

  #follow(infoHash: InfoHash, { situation: { kind }, name }: SwarmView): void {
    const before = this.#before.get(infoHash);
    if (kind === 'complete' && before !== undefined && UNDER_WAY.has(before)) this.#outside.tellComplete(name ?? '');
    this.#before.set(infoHash, kind);
  }
}

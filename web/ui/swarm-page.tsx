/** The page of one swarm: what is going on in it, and the one thing to do next. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';

import type { RateLimits } from '../../shared/base/rate-limits.ts';
import type { Session } from '../app/session.ts';
import type { SwarmView } from '../app/swarm-view.ts';
import { FileChooser, type FileChooserProps } from './file-chooser.tsx';
import { formatWholePercent } from './format.ts';
import { shownName } from './file-name.tsx';
import { say } from './language.ts';
import { LimitsPanel, type LimitsPanelProps } from './limits-panel.tsx';
import { PeopleList } from './people-list.tsx';
import { ProgressAnnouncer } from './progress-announcer.tsx';
import { SaveButton, type SaveButtonProps } from './save-button.tsx';
import { ShareLink, type ShareLinkProps } from './share-link.tsx';
import { SwarmCard, isBlocked } from './swarm-card.tsx';
import { useReading } from './use-reading.ts';
import { useTitle } from './use-title.ts';

export interface SwarmPageProps
  extends Pick<ShareLinkProps, 'isOnlyHere' | 'copyText'>, Pick<LimitsPanelProps, 'onLimits'> {
  readonly session: Session;
  readonly url: string;
  readonly chooser: FileChooserProps;
  readonly readLimits: () => RateLimits;
}

export function SwarmPage({ session, readLimits, ...props }: SwarmPageProps): JSX.Element {
  const [view, refresh] = useReading(() => session.view());
  const [limits, refreshLimits] = useReading(readLimits);
  useEffect(refresh, [refresh, session]);
  const leave = (): void => {
    void session.stop();
    refresh();
  };
  const limit = (next: RateLimits): void => {
    props.onLimits(next);
    refreshLimits();
  };
  const enter = (): void => {
    session.start();
    refresh();
  };
  return (
    <SwarmScreen
      {...props}
      view={view}
      limits={limits}
      onLimits={limit}
      onLeave={leave}
      onEnter={enter}
      save={(options) => session.save(options)}
    />
  );
}

export interface SwarmScreenProps extends Omit<SwarmPageProps, 'session' | 'readLimits'> {
  readonly limits: RateLimits;
  readonly view: SwarmView;
  readonly onLeave: () => void;
  readonly onEnter: () => void;
  readonly save: SaveButtonProps['save'];
}

/** The page as it follows from a view: nothing here changes by itself. */
export function SwarmScreen({
  view,
  limits,
  url,
  isOnlyHere,
  copyText,
  chooser,
  ...actions
}: SwarmScreenProps): JSX.Element {
  useTitle(titleOf(view));
  // A receiver wants the file before anything else, a sharer wants to pass on the link.
  const isSaver = view.canSave && view.role === 'receiver';
  const canPassOn = view.situation.kind === 'sharing' || view.situation.kind === 'complete';
  const link = canPassOn && <ShareLink url={url} isOnlyHere={isOnlyHere} isFirst={!isSaver} copyText={copyText} />;
  const save = view.canSave && (
    <SaveButton name={view.name ?? ''} isFirst={isSaver} length={view.length ?? 0} save={actions.save} />
  );
  const remedy = view.situation.kind === 'storage-full' ? <StoredLink /> : null;
  const again = isPartOfOwnFile(view) && <FileChooser {...chooser} />;
  return (
    <>
      <SwarmCard view={view} action={isSaver ? save : link || again || remedy}>
        {!isSaver && save}
        {!isBlocked(view) && <Leaving view={view} {...actions} />}
      </SwarmCard>
      {isSaver && link && <section class="card">{link}</section>}
      {!isBlocked(view) && <PeopleList people={view.people} />}
      {!isBlocked(view) && <LimitsPanel limits={limits} onLimits={actions.onLimits} />}
      <ProgressAnnouncer percent={view.percent} />
    </>
  );
}

function Leaving({ view, onLeave, onEnter }: Pick<SwarmScreenProps, 'view' | 'onLeave' | 'onEnter'>): JSX.Element {
  const { kind } = view.situation;
  const { label, isFirst, act } =
    kind === 'crashed'
      ? { label: say('swarm.reload'), isFirst: true, act: () => location.reload() }
      : kind === 'stopped'
        ? { label: say('swarm.startAgain'), isFirst: view.percent < 100 || !view.canSave, act: onEnter }
        : { label: say('swarm.stopSharing'), isFirst: false, act: onLeave };
  return (
    <div class="buttons">
      <button class={`button ${isFirst ? 'button-first' : ''}`} type="button" onClick={act}>
        {label}
      </button>
    </div>
  );
}

function StoredLink(): JSX.Element {
  return (
    <div class="buttons">
      <a class="button button-first" href="#">
        {say('swarm.seeStored')}
      </a>
    </div>
  );
}

/** The copy of the sharer's own file was not whole when the tab was reloaded, and nobody here has the rest. */
const isPartOfOwnFile = ({ role, situation }: SwarmView): boolean =>
  role === 'sharer' && (situation.kind === 'nobody-here' || situation.kind === 'waiting-for-pieces');

function titleOf(view: SwarmView): string {
  const name = view.name === null ? say('title.someFile') : shownName(view.name);
  switch (view.situation.kind) {
    case 'complete':
      return say('title.complete', { name });
    case 'sharing':
      return say('title.sharing', { name });
    case 'stopped':
      return say('title.stopped', { name });
    default:
      return say('title.progress', { percent: formatWholePercent(view.percent), name });
  }
}

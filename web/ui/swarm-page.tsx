/** The page of one swarm: what is going on in it, and the one thing to do next. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { present } from '../../shared/base/assert.ts';
import type { Choice } from '../app/choice.ts';
import type { Device } from '../app/device.ts';
import { lookOf } from '../app/look.ts';
import { codeOf } from '../app/route.ts';
import type { Session } from '../app/session.ts';
import type { SwarmContent, SwarmFiles } from '../app/swarm-content.ts';
import type { SwarmView } from '../app/swarm-view.ts';
import type { ChosenLimits } from '../app/world.ts';
import { Controls } from './controls.tsx';
import { FileChooser, type FileChooserProps } from './file-chooser.tsx';
import { formatWholePercent } from './format.ts';
import { shownName } from './file-name.tsx';
import type { FilesPanelProps } from './files-panel.tsx';
import { say } from './language.ts';
import type { LimitFieldsProps } from './limit-fields.tsx';
import type { MakeRoomProps } from './make-room.tsx';
import { ProgressAnnouncer } from './progress-announcer.tsx';
import { SavingButtons } from './saving-buttons.tsx';
import { ShareLink, type ShareLinkProps } from './share-link.tsx';
import { SwarmCard, isBlocked } from './swarm-card.tsx';
import { SwarmPanels, type SwarmPanelsProps } from './swarm-panels.tsx';
import { useLoaded } from './use-loaded.ts';
import { useReading } from './use-reading.ts';
import type { Stored } from './use-stored.ts';
import { useTitle } from './use-title.ts';

export interface SwarmPageProps extends Pick<ShareLinkProps, 'isOnlyHere'>, Pick<LimitFieldsProps, 'onLimits'> {
  readonly session: Session;
  readonly url: string;
  readonly chooser: FileChooserProps;
  readonly device: Device;
  readonly readLimits: () => ChosenLimits;
  readonly readIsOnMobileData: () => boolean;
  /** What this browser keeps, which may make way for this file. */
  readonly stored: Stored;
  /** Leaves, and deletes what has arrived. */
  readonly onDiscard: () => void;
}

export function SwarmPage({ session, readLimits, readIsOnMobileData, ...props }: SwarmPageProps): JSX.Element {
  const [view, refresh] = useReading(() => session.view());
  const [files, refreshFiles] = useReading(() => session.content?.view() ?? null);
  const [limits, refreshLimits] = useReading(readLimits);
  const [isOnMobileData] = useReading(readIsOnMobileData);
  const leave = (): void => {
    void session.stop();
    refresh();
  };
  const limit = (next: ChosenLimits): void => {
    props.onLimits(next);
    refreshLimits();
  };
  const choose = (choice: Choice): void => {
    session.content?.wanted.choose(choice);
    refreshFiles();
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
      isOnMobileData={isOnMobileData}
      onLimits={limit}
      onLeave={leave}
      onEnter={enter}
      files={files}
      canSaveFolder={session.canSaveFolder}
      onChoose={choose}
      save={(wish, options) => contentOf(session).save(wish, options)}
      looking={{
        stream: session.canStream ? (number, type) => contentOf(session).stream(number, type) : null,
        contentOf: (number, type) => contentOf(session).contentOf(number, type),
      }}
      infoHash={session.infoHash}
      onRoom={() => void session.compareRoom()}
      onOverfill={() => {
        session.overfill();
        refresh();
      }}
      code={codeOf(session.infoHash)}
      forOthers={() => session.forOthers()}
      readPieces={() => session.pieceMap()}
    />
  );
}

/** Its files are known by whoever asks: what can be clicked stands beside them. */
const contentOf = (session: Session): SwarmContent => present(session.content, 'content');

export interface SwarmScreenProps extends Omit<SwarmPageProps, 'session' | 'readLimits' | 'readIsOnMobileData'> {
  readonly isOnMobileData: boolean;
  readonly limits: ChosenLimits;
  readonly view: SwarmView;
  readonly onLeave: () => void;
  readonly onEnter: () => void;
  /** null before they are known. */
  readonly files: SwarmFiles | null;
  readonly canSaveFolder: boolean;
  readonly onChoose: (choice: Choice) => void;
  readonly save: FilesPanelProps['save'];
  readonly looking: FilesPanelProps['looking'];
  readonly infoHash: string;
  readonly code: SwarmPanelsProps['code'];
  readonly onRoom: () => void;
  /** Fetches what does not fit, as far as it does. */
  readonly onOverfill: () => void;
  readonly forOthers: SwarmPanelsProps['forOthers'];
  readonly readPieces: SwarmPanelsProps['readPieces'];
}

/** The page as it follows from a view: nothing here changes by itself. */
export function SwarmScreen({
  view,
  limits,
  url,
  isOnlyHere,
  device,
  chooser,
  files,
  ...actions
}: SwarmScreenProps): JSX.Element {
  useTitle(titleOf(view));
  // A receiver wants the file before anything else, a sharer wants to pass on the link.
  const isSaver = view.canSave && view.role === 'receiver';
  const canPassOn = view.situation.kind === 'sharing' || view.situation.kind === 'complete';
  const link = canPassOn && (
    <ShareLink url={url} title={view.name ?? ''} isOnlyHere={isOnlyHere} isFirst={!isSaver} device={device} />
  );
  const save = view.canSave && files !== null && (
    <SavingButtons {...actions} view={view} files={files} isFirst={isSaver} />
  );
  const remedy = view.situation.kind === 'no-room' && <OverfillButton onClick={actions.onOverfill} />;
  const again = isPartOfOwnFile(view) && <FileChooser {...chooser} />;
  return (
    <>
      <SwarmCard view={view} action={isSaver ? save : link || again || remedy}>
        {!isSaver && save}
        {!isBlocked(view) && <Controls view={view} {...actions} />}
      </SwarmCard>
      {lacksRoom(view) && <Room library={actions.stored} infoHash={actions.infoHash} onRoom={actions.onRoom} />}
      {files !== null && hasFilesPanel(view, files) && (
        <Files
          files={files}
          onChoose={actions.onChoose}
          save={actions.save}
          looking={actions.looking}
          isOwn={view.role === 'sharer'}
        />
      )}
      {isSaver && link && <section class="card">{link}</section>}
      {!isBlocked(view) && <SwarmPanels view={view} limits={limits} device={device} {...actions} />}
      {isBusyReceiving(view) && <Notice device={device} />}
      <ProgressAnnouncer percent={view.percent} />
    </>
  );
}

const loadFilesPanel = (): Promise<typeof import('./files-panel.tsx')> => import('./files-panel.tsx');

/** Fetched only where there is something to choose or to look at. */
function Files(props: FilesPanelProps): JSX.Element | null {
  const loaded = useLoaded(loadFilesPanel);
  return loaded && <loaded.FilesPanel {...props} />;
}

const loadNoticeOffer = (): Promise<typeof import('./notice-offer.tsx')> => import('./notice-offer.tsx');

/** Fetched only where the browser would ask. */
function Notice({ device }: { readonly device: Device }): JSX.Element | null {
  const [mayAsk] = useState(() => device.noticePermission() === 'not-asked');
  const loaded = useLoaded(mayAsk ? loadNoticeOffer : null);
  return loaded && <loaded.NoticeOffer device={device} />;
}

/** The person may want to look elsewhere until it is done. */
const isBusyReceiving = ({ role, situation }: SwarmView): boolean =>
  role === 'receiver' && situation.kind === 'downloading';

/** A lone file has nothing to choose, but may be looked at by those who receive it. */
const hasFilesPanel = (view: SwarmView, { isFolder, files }: SwarmFiles): boolean =>
  !isBlocked(view) && (isFolder || (view.role === 'receiver' && lookOf(files[0].path[0]) !== null));

const loadMakeRoom = (): Promise<typeof import('./make-room.tsx')> => import('./make-room.tsx');

/** Fetched only where room is short. */
function Room(props: MakeRoomProps): JSX.Element | null {
  const loaded = useLoaded(loadMakeRoom);
  return loaded && <loaded.MakeRoom {...props} />;
}

const lacksRoom = ({ situation }: SwarmView): boolean =>
  situation.kind === 'no-room' || situation.kind === 'storage-full';

function OverfillButton({ onClick }: { readonly onClick: () => void }): JSX.Element {
  return (
    <div class="buttons">
      <button class="button" type="button" onClick={onClick}>
        {say('noRoom.begin')}
      </button>
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

/** What few people want to know of a swarm, or to change, in closed panels: who is connected, numbers, limits, other programs. */
import type { JSX } from 'preact';

import type { RateLimits } from '../../shared/base/rate-limits.ts';
import type { Device } from '../app/device.ts';
import type { SwarmView } from '../app/swarm-view.ts';
import { formatRate } from './format.ts';
import { say } from './language.ts';
import type { LimitFieldsProps } from './limit-fields.tsx';
import type { NumbersProps } from './numbers.tsx';
import type { OtherProgramsProps } from './other-programs.tsx';
import { Panel } from './panel.tsx';

export interface SwarmPanelsProps
  extends
    Pick<LimitFieldsProps, 'limits' | 'onLimits' | 'isOnMobileData'>,
    Pick<OtherProgramsProps, 'forOthers' | 'code'> {
  readonly view: SwarmView;
  readonly device: Device;
  /** Read anew each time it is drawn. */
  readonly readPieces: () => NumbersProps['map'];
}

const loadPeople = (): Promise<typeof import('./people-table.tsx')> => import('./people-table.tsx');
const loadNumbers = (): Promise<typeof import('./numbers.tsx')> => import('./numbers.tsx');
const loadLimits = (): Promise<typeof import('./limit-fields.tsx')> => import('./limit-fields.tsx');
const loadOthers = (): Promise<typeof import('./other-programs.tsx')> => import('./other-programs.tsx');

export function SwarmPanels({ view, device, readPieces, forOthers, code, ...limits }: SwarmPanelsProps): JSX.Element {
  return (
    <>
      <Panel look="people" title={say('people.title')} load={loadPeople}>
        {({ PeopleTable }) => <PeopleTable people={view.people} webServers={view.webServers} />}
      </Panel>
      <Panel look="numbers" title={say('numbers.title')} load={loadNumbers}>
        {({ Numbers }) => <Numbers view={view} map={readPieces()} />}
      </Panel>
      <Panel look="limits" title={inBrief(limits.limits)} load={loadLimits}>
        {({ LimitFields }) => <LimitFields {...limits} knowsMobileData={device.knowsMobileData} />}
      </Panel>
      <Panel look="limits" title={say('more.title')} load={loadOthers}>
        {({ OtherPrograms }) => (
          <OtherPrograms isDescribed={view.length !== null} code={code} forOthers={forOthers} device={device} />
        )}
      </Panel>
    </>
  );
}

/** What limits are in force, seen without opening. */
function inBrief({ upload, download }: RateLimits): string {
  if (upload !== null && download !== null) {
    return say('limits.titleBoth', { upload: formatRate(upload), download: formatRate(download) });
  }
  if (upload !== null) return say('limits.titleUpload', { upload: formatRate(upload) });
  if (download !== null) return say('limits.titleDownload', { download: formatRate(download) });
  return say('limits.title');
}

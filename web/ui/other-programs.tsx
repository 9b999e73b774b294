/** Other ways to a swarm: a code to be read aloud, and for other BitTorrent programs its magnet link and torrent file. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import { seconds } from '../../shared/base/time.ts';
import type { Device } from '../app/device.ts';
import type { ForOthers } from '../app/session.ts';
import { addEnglish, say } from './language.ts';
import { enOfPanels } from './messages/en-panels.ts';

addEnglish(enOfPanels);

/** By then the browser has taken the file over. */
const TAKEN_OVER_MS = seconds(10);

export interface OtherProgramsProps {
  /** Whether it is known what is shared. */
  readonly isDescribed: boolean;
  /** The link, to be read aloud. */
  readonly code: string;
  readonly forOthers: () => ForOthers;
  readonly device: Pick<Device, 'copyText'>;
}

export function OtherPrograms({ isDescribed, code, forOthers, device }: OtherProgramsProps): JSX.Element {
  const [isCopied, setIsCopied] = useState<boolean | null>(null);
  return (
    <>
      <p class="hint">{say('more.code')}</p>
      <p class="code" dir="ltr">
        {code}
      </p>
      <p class="hint">{say('more.hint')}</p>
      <div class="buttons">
        <button class="button" type="button" onClick={() => void device.copyText(forOthers().magnet).then(setIsCopied)}>
          {say('more.copyMagnet')}
        </button>
        {isDescribed && (
          <button class="button" type="button" onClick={() => download(forOthers().torrent)}>
            {say('more.saveTorrent')}
          </button>
        )}
      </div>
      <p class="hint" role="status">
        {isCopied !== null && say(isCopied ? 'share.copied' : 'share.copyRefused')}
      </p>
    </>
  );
}

function download(torrent: ForOthers['torrent']): void {
  if (torrent === null) return;
  const { name, bytes } = torrent;
  const href = URL.createObjectURL(new Blob([bytes], { type: 'application/x-bittorrent' }));
  Object.assign(document.createElement('a'), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), TAKEN_OVER_MS);
}

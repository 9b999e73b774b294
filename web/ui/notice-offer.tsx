/** An offer to tell when a download is done while another tab is in front. The browser asks only after a click on it. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';

import type { Device } from '../app/device.ts';
import { addEnglish, say } from './language.ts';
import { enOfNotice } from './messages/en-notice.ts';

addEnglish(enOfNotice);

type NoticeDevice = Pick<Device, 'noticePermission' | 'askForNotices'>;

export function NoticeOffer({ device }: { readonly device: NoticeDevice }): JSX.Element | null {
  const [permission, setPermission] = useState(device.noticePermission);
  const [hasAsked, setHasAsked] = useState(false);
  if (permission === 'missing' || (permission !== 'not-asked' && !hasAsked)) return null;
  const ask = async (): Promise<void> => {
    const answer = await device.askForNotices();
    setHasAsked(true);
    setPermission(answer);
  };
  return (
    <div class="offer">
      {permission === 'not-asked' && (
        <button class="button button-small" type="button" onClick={() => void ask()}>
          {say('notice.ask')}
        </button>
      )}
      <p class="hint" role="status">
        {permission === 'granted' && say('notice.granted')}
        {permission === 'denied' && say('notice.denied')}
      </p>
    </div>
  );
}

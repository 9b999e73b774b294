/**
 * What the page fetches when somebody needs it. Fetched as a whole a moment after the page is there, so that all of it is at hand
 * when the server has gone meanwhile: saving above all.
 */
export * as checkUp from './adapters/check-up.ts';
export * as folderTarget from './adapters/folder-target.ts';
export * as saveTarget from './adapters/save-target.ts';
export * as streamedDownload from './adapters/streamed-download.ts';
export * as streamedView from './adapters/streamed-view.ts';
export * as torrentReader from './adapters/torrent-reader.ts';
export * as zipContent from './adapters/zip-content.ts';
export * as readAhead from './app/read-ahead.ts';
export * as checkUpPage from './ui/check-up.tsx';
export * as filesPanel from './ui/files-panel.tsx';
export * as limitFields from './ui/limit-fields.tsx';
export * as makeRoom from './ui/make-room.tsx';
export * as noticeOffer from './ui/notice-offer.tsx';
export * as numbers from './ui/numbers.tsx';
export * as otherPrograms from './ui/other-programs.tsx';
export * as peopleTable from './ui/people-table.tsx';
export * as reviewPanel from './ui/review-panel.tsx';
export * as storedRows from './ui/stored-rows.tsx';
export * as wrongLinkPage from './ui/wrong-link-page.tsx';

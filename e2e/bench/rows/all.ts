/** The rows of the table, in its order. */
import type { Row } from '../row.ts';
import { classroom } from './classroom.ts';
import { firstChunk } from './first-chunk.ts';
import { hiddenTab } from './hidden-tab.ts';
import { lightness } from './lightness.ts';
import { longFile } from './long-file.ts';
import { oneToFour, oneToTen } from './one-machine.ts';
import { oneToOne } from './one-to-one.ts';
import { pageWeight } from './page-weight.ts';
import { rawWays } from './raw-ways.ts';
import { equalUplinks, equalUplinksSlow, equalUplinksStock, mixedUplinks, mixedUplinksSlow } from './uplinks.ts';

export const ROWS: readonly Row[] = [
  oneToOne,
  rawWays,
  oneToFour,
  oneToTen,
  classroom,
  equalUplinks,
  equalUplinksSlow,
  equalUplinksStock,
  mixedUplinks,
  mixedUplinksSlow,
  firstChunk,
  longFile,
  hiddenTab,
  pageWeight,
  lightness,
];

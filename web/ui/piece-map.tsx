/** Which pieces are here, on their way, and how rare the others are: cells on a canvas, and the same in words. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { type CellKind, cellsOf, summarizePieces } from '../app/piece-summary.ts';
import { say } from './language.ts';

/** Cells in a row and rows at most: more could not be told apart. */
const COLUMNS = 60;
const ROWS_MAX = 12;

/** A cell with its gap, in canvas pixels. */
const CELL = 10;
const GAP = 1;

/** The colours are those of the style sheet. */
const COLOURS: Readonly<Record<CellKind, string>> = {
  here: '--accent',
  coming: '--ink',
  rare: '--alert',
  common: '--line',
  nowhere: '--hair',
};

export function PieceMap({ map }: { readonly map: Uint8Array }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const cells = cellsOf(map, COLUMNS * ROWS_MAX);
  useEffect(() => {
    if (canvas.current !== null) draw(canvas.current, cells);
  });
  const { count, here, coming, common, rare, nowhere } = summarizePieces(map);
  return (
    <figure class="pieces">
      <canvas
        ref={canvas}
        aria-hidden="true"
        width={COLUMNS * CELL}
        height={Math.max(1, Math.ceil(cells.length / COLUMNS)) * CELL}
      />
      <figcaption class="legend hint">
        <span class="key-here">{say('pieces.here', { count, here })}</span>
        <span class="key-coming">{say('pieces.coming', { count: coming })}</span>
        {common > 0 && <span class="key-common">{say('pieces.common', { count: common })}</span>}
        {rare > 0 && <span class="key-rare">{say('pieces.rare', { count: rare })}</span>}
        {nowhere > 0 && <span class="key-nowhere">{say('pieces.nowhere', { count: nowhere })}</span>}
      </figcaption>
    </figure>
  );
}

function draw(canvas: HTMLCanvasElement, cells: readonly CellKind[]): void {
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  const style = getComputedStyle(canvas);
  pen.clearRect(0, 0, canvas.width, canvas.height);
  for (const [index, kind] of cells.entries()) {
    pen.fillStyle = style.getPropertyValue(COLOURS[kind]);
    const [column, row] = [index % COLUMNS, Math.floor(index / COLUMNS)];
    pen.fillRect(column * CELL, row * CELL, CELL - GAP, CELL - GAP);
  }
}

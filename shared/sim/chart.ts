/**
 * The picture of Kurose & Ross 2.5 (figure 2.23): distribution time over the number of peers. Client-server grows with N, the
 * swarm hardly does; our measured points stand above the swarm's curve by what policy, pieces and distance cost.
 */
import type { Millis } from '../base/time.ts';

/** What was measured with N peers: each run's last completion. */
export interface Point {
  readonly peers: number;
  readonly lasts: readonly Millis[];
}

export interface Chart {
  readonly title: string;
  readonly subtitle: string;
  readonly points: readonly Point[];
  /** Least times with N peers. */
  readonly clientServer: (peers: number) => Millis;
  readonly peerToPeer: (peers: number) => Millis;
}

const WIDTH = 720;
const HEIGHT = 460;
const LEFT = 76;
const RIGHT = 24;
const TOP = 96;
const BOTTOM = 60;

/** Middle greys, and hues after Okabe and Ito (2008) that the colour-blind tell apart: all can be read on white and on black. */
const INK = '#808080';
const GRID = '#8a8a8a';
const RED = '#d55e00';
const BLUE = '#2e86c8';
const GREEN = '#009e73';

/** Samples of a curve between the ends. */
const STEPS = 60;

/** The picture as SVG. Both axes are logarithmic, since client-server is some hundred times slower in the end. */
export function drawChart(chart: Chart): string {
  const { points } = chart;
  const peersMax = Math.max(2, ...points.map(({ peers }) => peers));
  const times = points.flatMap(({ lasts }) => [...lasts]);
  const low = powerBelow(Math.min(chart.peerToPeer(1), chart.clientServer(1), ...times) / 1000);
  const high = powerAbove(Math.max(chart.clientServer(peersMax), ...times) / 1000);
  const x = (peers: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * Math.log(peers)) / Math.log(peersMax);
  const y = (time: Millis): number =>
    HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * Math.log(time / 1000 / low)) / Math.log(high / low);
  const samples = new Set(Array.from({ length: STEPS + 1 }, (_, step) => Math.round(peersMax ** (step / STEPS))));
  const curve = (time: (peers: number) => Millis): string =>
    [...samples].map((peers, index) => `${index === 0 ? 'M' : 'L'}${at(x(peers))} ${at(y(time(peers)))}`).join('');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="13" fill="${INK}" role="img">`,
    `<title>${escape(chart.title)}</title>`,
    text(LEFT, 26, chart.title, 'font-size="17" font-weight="600"'),
    text(LEFT, 46, chart.subtitle),
    ...legend(),
    ...ticks(1, peersMax).map((peers) => tickAcross(x(peers), peers)),
    ...ticks(low, high).map((time) => tickUp(y(time * 1000), time)),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 16, 'Number of peers N', 'text-anchor="middle"'),
    `<text transform="translate(20 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">Distribution time in seconds</text>`,
    `<path d="${curve(chart.clientServer)}" fill="none" stroke="${RED}" stroke-width="2.5"/>`,
    `<path d="${curve(chart.peerToPeer)}" fill="none" stroke="${BLUE}" stroke-width="2.5"/>`,
    ...points.map(({ peers, lasts }) => mark(x(peers), lasts.map(y))),
    '</svg>\n',
  ].join('\n');
}

function legend(): string[] {
  const line = (left: number, colour: string, words: string): string =>
    `<path d="M${left} 70h26" stroke="${colour}" stroke-width="2.5"/>${text(left + 33, 74, words)}`;
  return [
    line(LEFT, RED, 'client-server, least time'),
    line(LEFT + 206, BLUE, 'swarm, least time'),
    `<circle cx="${LEFT + 376}" cy="70" r="5" fill="${GREEN}"/>${text(LEFT + 388, 74, 'Tabswarm, last peer complete')}`,
  ];
}

/** A dot at the median, and a line over the range of several runs. */
function mark(x: number, ys: readonly number[]): string {
  const sorted = ys.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  const range = `<path d="M${at(x)} ${at(sorted[0])}V${at(sorted[sorted.length - 1])}" stroke="${GREEN}" stroke-width="2"/>`;
  return `${sorted.length > 1 ? range : ''}<circle cx="${at(x)}" cy="${at(middle)}" r="5" fill="${GREEN}"/>`;
}

function tickAcross(x: number, peers: number): string {
  const line = `<path d="M${at(x)} ${TOP}V${HEIGHT - BOTTOM}" stroke="${GRID}" stroke-opacity="0.25"/>`;
  return line + text(x, HEIGHT - BOTTOM + 20, String(peers), 'text-anchor="middle"');
}

function tickUp(y: number, time: number): string {
  const line = `<path d="M${LEFT} ${at(y)}H${WIDTH - RIGHT}" stroke="${GRID}" stroke-opacity="0.25"/>`;
  return line + text(LEFT - 8, y + 4.5, time.toLocaleString('en'), 'text-anchor="end"');
}

/** 1, 2, 5, 10, 20 … that lie between, or only the powers of ten where that would be many. */
function ticks(from: number, to: number): number[] {
  const steps = to / from > 10_000 ? [1] : [1, 2, 5];
  const all: number[] = [];
  for (let power = powerBelow(from); power <= to; power *= 10) all.push(...steps.map((step) => step * power));
  return all.filter((tick) => tick >= from * 0.999 && tick <= to * 1.001);
}

const powerBelow = (value: number): number => 10 ** Math.floor(Math.log10(value));
const powerAbove = (value: number): number => 10 ** Math.ceil(Math.log10(value));

const text = (x: number, y: number, words: string, attributes = ''): string =>
  `<text x="${at(x)}" y="${at(y)}" ${attributes}>${escape(words)}</text>`;

const at = (value: number): string => value.toFixed(1);

const escape = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

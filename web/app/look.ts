/** Looking at a file: which kinds can be shown, and as what. */

/** What is done with a file: played while it comes, or shown once it is here. */
export type LookKind = 'video' | 'audio' | 'image' | 'pdf' | 'text';

export interface Look {
  readonly kind: LookKind;
  /** MIME type. */
  readonly type: string;
}

/**
 * By extension. Nothing that a browser would run is among them: pages and drawings in which scripts may be (HTML, SVG) are text here,
 * or nothing.
 */
const TYPES: Readonly<Record<LookKind, Readonly<Record<string, string>>>> = {
  video: {
    mp4: 'video/mp4',
    m4v: 'video/mp4',
    mov: 'video/mp4',
    webm: 'video/webm',
    mkv: 'video/webm',
    ogv: 'video/ogg',
  },
  audio: {
    mp3: 'audio/mpeg',
    m4a: 'audio/mp4',
    aac: 'audio/aac',
    ogg: 'audio/ogg',
    oga: 'audio/ogg',
    opus: 'audio/ogg',
    flac: 'audio/flac',
    wav: 'audio/wav',
    weba: 'audio/webm',
  },
  image: {
    png: 'image/png',
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
    gif: 'image/gif',
    webp: 'image/webp',
    avif: 'image/avif',
    bmp: 'image/bmp',
  },
  pdf: { pdf: 'application/pdf' },
  text: Object.fromEntries(
    'txt md csv tsv json log srt vtt ini yaml yml toml xml html htm svg css js ts py c h cpp java sh'
      .split(' ')
      .map((extension) => [extension, 'text/plain']),
  ),
};

/** How this file can be looked at; null when it cannot. */
export function lookOf(name: string): Look | null {
  const extension = /\.([^.]+)$/.exec(name)?.[1].toLowerCase() ?? '';
  for (const kind of ['video', 'audio', 'image', 'pdf', 'text'] as const) {
    if (Object.hasOwn(TYPES[kind], extension)) return { kind, type: TYPES[kind][extension] };
  }
  return null;
}

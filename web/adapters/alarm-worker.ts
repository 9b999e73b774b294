/** A timer that hidden tabs do not slow down: it runs in a worker. Told a delay in milliseconds, it answers when it is over. */

let timer: ReturnType<typeof setTimeout> | undefined;

addEventListener('message', ({ data }: MessageEvent<number>) => {
  clearTimeout(timer);
  timer = setTimeout(() => postMessage(null), data);
});

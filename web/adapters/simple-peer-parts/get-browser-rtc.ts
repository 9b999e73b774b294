/** In place of `get-browser-rtc` in simple-peer, which knows the prefixed names of old browsers too. */

const getBrowserRtc = (): typeof globalThis | null => ('RTCPeerConnection' in globalThis ? globalThis : null);

export { getBrowserRtc as 'module.exports' };

/** What a swarm needs to connect, in one file to fetch. */
export { callAhead } from './adapters/call-ahead.ts';
export { createSimplePeerTransport } from './adapters/simple-peer-transport.ts';
export { withTabLinks } from './adapters/tab-links.ts';

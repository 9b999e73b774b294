/** What a swarm needs to connect, in one file to fetch. */
export { createSimplePeerTransport } from './adapters/simple-peer-transport.ts';
export { withTabLinks } from './adapters/tab-links.ts';

/** A fifth of the peers do harm, each scenario in its own way. */
import type { Conduct, PeerClass, Scenario } from '../scenario.ts';
import { flashCrowd, HOME, HONEST } from './flash-crowd.ts';

const oneInFive = (name: string, conduct: Conduct): readonly PeerClass[] => [
  { ...HONEST, weight: 4 },
  { name, weight: 1, rates: HOME, conduct },
];

export const freeRiders: Scenario = {
  ...flashCrowd,
  name: 'free-riders',
  shows:
    'A fifth of the peers take and never give: they live on credit until there are seeds, and the givers lose little.',
  source: 'Tit for tat: Cohen 2003; the optimistic slot feeds them: Locher et al., BitThief, HotNets 2006.',
  classes: oneInFive('riders', 'rides-free'),
};

export const liarsInBlocks: Scenario = {
  ...flashCrowd,
  name: 'liars-in-blocks',
  shows: 'A fifth of the peers send wrong bytes in every block: they are found out and banned, and no honest peer is.',
  source: 'smart_ban of libtorrent; poisoning as in Dhungel et al., IPTPS 2008.',
  classes: oneInFive('liars', 'lies-in-blocks'),
};

export const liarsAboutHaves: Scenario = {
  ...flashCrowd,
  name: 'liars-about-haves',
  shows:
    'A fifth of the peers announce pieces at random instead of those they have: rarity is misjudged, nobody is stopped.',
  source: 'Piece attack on rarest first: Konrath et al., Attacking a Swarm with a Band of Liars, P2P 2007.',
  classes: oneInFive('liars', 'lies-about-haves'),
};

export const snubbers: Scenario = {
  ...flashCrowd,
  name: 'snubbers',
  shows: 'A fifth of the peers accept requests and never answer: what was asked of them is asked of others.',
  source: 'Anti-snubbing: Cohen 2003, 3.',
  classes: oneInFive('snubbers', 'sends-no-blocks'),
};

/** Two clients that keep to the rules while others do not: whatever happens to them is told as a fault. */
import { once } from 'node:events';

import { WebSocket } from 'ws';

import type { InfoHash, PeerId } from '../../shared/wire/ids.ts';
import { isMalformed } from '../../shared/wire/malformed.ts';
import { decodeServerMessage, encodeClientMessage } from '../../shared/wire/signal-codec.ts';
import type { ClientMessage, OfferId, ServerMessage } from '../../shared/wire/signal-message.ts';

/** How long an answer of the server may take while it is under attack. */
const ANSWER_MS_MAX = 10_000;

interface Member {
  readonly socket: WebSocket;
  readonly peerId: PeerId;
  /** What is done with the next message that somebody waits for. */
  expecting: ((message: ServerMessage) => boolean) | null;
}

export class HonestPair {
  readonly #infoHash: InfoHash;
  readonly #members: readonly [Member, Member];
  /** Offers made, and so many answers. */
  meetings = 0;

  private constructor(infoHash: InfoHash, members: [Member, Member]) {
    this.#infoHash = infoHash;
    this.#members = members;
  }

  static async open(url: string, infoHash: InfoHash, peerIds: readonly [PeerId, PeerId]): Promise<HonestPair> {
    const members = await Promise.all(peerIds.map((peerId) => openMember(url, peerId)));
    const pair = new HonestPair(infoHash, members as [Member, Member]);
    await pair.announce();
    return pair;
  }

  /** Both announce. Rejects when one is not answered as it should be. */
  async announce(): Promise<void> {
    for (const member of this.#members) {
      const answer = await this.#say(member, member, announceOf(this.#infoHash, member.peerId));
      if (answer.kind !== 'announced' || answer.incomplete < 1) throw new Error(`Not announced: ${show(answer)}`);
    }
  }

  /** One makes the other an offer, which comes; the other answers it, which comes. Rejects when something else does. */
  async meet(): Promise<void> {
    const [a, b] = this.#members;
    const offerId = this.meetings.toString(16).padStart(40, 'a') as OfferId;
    const ids = { infoHash: this.#infoHash, offerId };
    const offer = { kind: 'offer', ...ids, peerId: a.peerId, toPeerId: b.peerId, sdp: 'v=0' } as const;
    const offered = await this.#say(a, b, offer, offerId);
    if (offered.kind !== 'offer' || offered.peerId !== a.peerId) throw new Error(`Not offered: ${show(offered)}`);
    const answer = { kind: 'answer', ...ids, peerId: b.peerId, toPeerId: a.peerId, sdp: 'v=1' } as const;
    const answered = await this.#say(b, a, answer, offerId);
    if (answered.kind !== 'answer' || answered.sdp !== 'v=1') throw new Error(`Not answered: ${show(answered)}`);
    this.meetings += 1;
  }

  close(): void {
    for (const { socket } of this.#members) socket.terminate();
  }

  /** What `to` hears because `from` says this. What is about other offers, strangers may say, and is passed over. */
  async #say(from: Member, to: Member, message: ClientMessage, offerId: OfferId | null = null): Promise<ServerMessage> {
    let timer: NodeJS.Timeout | undefined;
    const heard = new Promise<ServerMessage>((resolve, reject) => {
      const expecting = (got: ServerMessage): boolean => {
        const isMeant = offerId === null ? got.kind === 'announced' || isRefusal(got) : idOf(got) === offerId;
        if (isMeant) resolve(got);
        return isMeant;
      };
      from.expecting = expecting;
      to.expecting = expecting;
      timer = setTimeout(() => reject(new Error(`No answer to ${message.kind}.`)), ANSWER_MS_MAX);
    });
    from.socket.send(encodeClientMessage(message));
    return heard.finally(() => clearTimeout(timer));
  }
}

async function openMember(url: string, peerId: PeerId): Promise<Member> {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  const member: Member = { socket, peerId, expecting: null };
  socket.on('message', (data: Buffer) => {
    const message = decodeServerMessage(data.toString());
    if (!isMalformed(message) && member.expecting?.(message)) member.expecting = null;
  });
  return member;
}

function announceOf(infoHash: InfoHash, peerId: PeerId): ClientMessage {
  const counts = { uploaded: 0, downloaded: 0, left: 1, offersWanted: 0, offers: [] };
  return { kind: 'announce', infoHash, peerId, event: 'update', ...counts, neighboursWanted: 50, trackerId: null };
}

const idOf = (message: ServerMessage): OfferId | null => ('offerId' in message ? message.offerId : null);

const isRefusal = (message: ServerMessage): boolean => message.kind === 'refused' && message.offerId === null;

const show = (message: ServerMessage): string => JSON.stringify(message).slice(0, 300);

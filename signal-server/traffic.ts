/** What this server was asked and what it said since it started, counted by kind: for the operator, without a name in it. */
import type { ClientMessage, ServerMessage } from '../shared/wire/signal-message.ts';

export class Traffic {
  readonly received: Record<ClientMessage['kind'] | 'malformed', number> = {
    announce: 0,
    offer: 0,
    answer: 0,
    decline: 0,
    scrape: 0,
    malformed: 0,
  };
  readonly sent: Record<ServerMessage['kind'], number> = { announced: 0, offer: 0, answer: 0, scraped: 0, refused: 0 };
}

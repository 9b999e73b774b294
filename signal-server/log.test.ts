/** What may stand in the log. */
import { expect, test } from 'vitest';

import { openLog } from './log.ts';

function written(choices: Parameters<typeof openLog>[0]): Record<string, unknown>[] {
  const lines: Record<string, unknown>[] = [];
  const log = openLog(choices, { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) });
  log.debug('a detail');
  log.info({ address: '192.0.2.7', sockets: 3 }, 'turned away');
  log.error({ err: new Error('broken') }, 'a fault');
  return lines;
}

test('a line is one JSON object, and names no address of a client', () => {
  const [line, fault, ...more] = written({ logLevel: 'info', logAddresses: false });
  expect(line).toEqual({ level: 30, time: expect.any(Number), msg: 'turned away', sockets: 3 });
  expect(fault).toMatchObject({ msg: 'a fault', err: { message: 'broken', stack: expect.any(String) } });
  expect(more).toEqual([]);
});

test('addresses are named when they are asked for, and details too', () => {
  const lines = written({ logLevel: 'debug', logAddresses: true });
  expect(lines.map(({ msg }) => msg)).toEqual(['a detail', 'turned away', 'a fault']);
  expect(lines[1]).toMatchObject({ address: '192.0.2.7' });
});

/** AWS's list of who has opted out, mirrored, with the real SDK against the stand-in. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isOptedOut, optIn, optOuts } from '../../functions/channels/sns-opt-outs.ts';
import { createSnsSms } from '../../functions/channels/sns-send.ts';
import { openSnsServer, RESIDENT, type SnsServer } from './sns-server.ts';

let server: SnsServer;
beforeEach(async () => {
  server = await openSnsServer({ optOuts: 'aws' });
});
afterEach(() => server.close());

const all = async (): Promise<string[]> => {
  const found: string[] = [];
  for await (const number of optOuts(server.client)) found.push(number);
  return found;
};

test('an empty list has nobody on it', async () => {
  expect(await all()).toEqual([]);
});

test('every page is read', async () => {
  const numbers = Array.from({ length: 250 }, (_, index) => `+336399${String(80_000 + index)}`);
  for (const from of numbers) server.api.receive({ from, text: 'STOP' });
  expect(await all()).toEqual(numbers);
  expect(server.calls.map((form) => form.get('nextToken'))).toEqual([null, '100', '200']);
});

test('a token that never changes ends the list', async () => {
  const client = { send: async () => ({ phoneNumbers: [RESIDENT], nextToken: 'x' }) };
  let pages = 0;
  for await (const _ of optOuts(client as never)) pages += 1;
  expect(pages).toBe(2);
});

test('an opted-out number is taken by Publish, gets nothing, and may come back once in thirty days', async () => {
  const sender = createSnsSms({
    client: server.client,
    senderId: 'VilleClichy',
    maxPrice: 0.15,
    type: 'Transactional',
  });
  const message = { to: `sms:${RESIDENT}`, text: 'Bonjour', delivery: 'x', receipts: 'x', validity: 60 };
  server.api.receive({ from: RESIDENT, text: 'stop' });
  expect(await isOptedOut(server.client, RESIDENT)).toBe(true);
  expect(await isOptedOut(server.client, '+33639980002')).toBe(false);
  expect(await sender.send(message)).toMatchObject({ kind: 'accepted' });
  expect(server.api.sent.at(-1)).toMatchObject({ state: 'suppressed' });
  expect(server.log.at(-1)).toContain('Phone number is opted out');

  const first = server.now;
  expect(await optIn(server.client, RESIDENT, { now: first })).toEqual({ kind: 'done' });
  expect(await isOptedOut(server.client, RESIDENT)).toBe(false);

  server.api.receive({ from: RESIDENT, text: 'stop' });
  server.now = new Date('2026-12-10T09:00:00Z');
  const calls = server.calls.length;
  expect(await optIn(server.client, RESIDENT, { now: server.now, last: first })).toEqual({
    kind: 'too-soon',
    until: new Date('2026-12-24T09:00:00Z'),
  });
  expect(server.calls).toHaveLength(calls);
  // Where nobody has kept the date, AWS says it.
  expect(await optIn(server.client, RESIDENT, { now: server.now })).toEqual({ kind: 'too-soon' });

  server.now = new Date('2026-12-24T09:00:00Z');
  expect(await optIn(server.client, RESIDENT, { now: server.now, last: first })).toEqual({ kind: 'done' });
});

test('what AWS cannot say now is an error, and so is what is no number', async () => {
  server.instead = { status: 500, body: '' };
  await expect(optIn(server.client, RESIDENT, { now: server.now })).rejects.toThrow();
  await expect(optIn(server.client, '36111', { now: server.now })).rejects.toThrow(/E\.164/);
});

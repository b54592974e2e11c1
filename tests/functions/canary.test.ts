/**
 * Ten marked values go through every path, also those that fail; none of them may turn up in a log line, an error
 * body or a queue's attributes.
 */
import { afterAll, describe, expect, it, vi } from 'vitest';
import { create as createConverse } from '../../functions/converse.ts';
import { create as createRemind } from '../../functions/remind.ts';
import { createLog, describe as describeError } from '../../functions/runtime/log.ts';
import { create as createSweep } from '../../functions/sweep.ts';
import { create as createWebhook } from '../../functions/webhook.ts';
import { createTestCity, signed, smsForm, text } from '../support/city.ts';
import { createMemoryDb } from '../support/memory-db.ts';

const CANARIES = [
  '+33639985555',
  'Aminata-Canari',
  'canari-rue-des-oiseaux',
  'canari.mail@oiseau.example',
  '93390-canari',
  'canari-sante',
  'Canari-Dupont',
  'canari-au-4e-etage',
  'canari-commentaire',
  'canari-apres-stop',
] as const;
const [NUMBER] = CANARIES;

const printed: string[] = [];
const outputs = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
  vi.spyOn(console, name).mockImplementation((...values) => void printed.push(values.map(String).join(' '))),
);
afterAll(() => {
  for (const output of outputs) output.mockRestore();
});

describe('personal data never leaks', () => {
  it('through every path, well and badly', async () => {
    const db = createMemoryDb();
    const city = createTestCity(db);
    const bodies: string[] = [];
    const webhook = createWebhook(city.deps);
    const say = async (body: string): Promise<void> => {
      bodies.push((await text(webhook, NUMBER, body)).answer.status === 200 ? '' : 'not 200');
    };
    const script = [
      CANARIES[1],
      '3',
      'oui',
      '1',
      '4',
      CANARIES[2],
      'SQUARE',
      '1',
      `3 ${CANARIES[8]}`,
      '6',
      CANARIES[3],
      '4',
    ];
    for (const said of script) await say(said);
    await say(CANARIES[4]);
    await say('RAPPEL');
    // What fails must not say what it failed on.
    const failing = createTestCity(db, {
      senders: {
        twilio: {
          provider: 'twilio',
          send: async ({ to, text: body }) => {
            throw new Error(`could not send ${body} to ${to}`);
          },
          find: async ({ to }) => {
            throw new Error(`could not find ${to}`);
          },
        },
      },
      queue: { send: async (message) => Promise.reject(new Error(JSON.stringify(message))) },
    });
    const { take } = failing.deps;
    failing.deps.take = async (_session, event) => {
      throw new TypeError(`cannot take ${JSON.stringify(event)}`);
    };
    const broken = await text(createWebhook(failing.deps), NUMBER, CANARIES[5]);
    const forged = await webhook({
      ...signed('/webhooks/twilio', smsForm(NUMBER, CANARIES[6], 'SMx')),
      headers: {},
    });
    const wrong = await webhook(signed('/webhooks/twilio', { Body: CANARIES[7], To: NUMBER }));
    expect([broken.answer.status, forged.status, wrong.status]).toEqual([503, 403, 400]);
    bodies.push(broken.answer.body, forged.body, wrong.body);
    failing.deps.take = take;
    await createConverse(failing.deps)({
      kind: 'turn',
      address: `sms:${NUMBER}`,
      event: { type: 'said', id: 'q1', channel: 'sms', text: CANARIES[5] },
    }).catch((error) => failing.deps.log.error('message-failed', describeError(error)));
    failing.clock.now = new Date('2026-11-24T12:00:00Z');
    await createRemind(failing.deps)();
    await createSweep(failing.deps)();
    await say('STOP');
    await say(CANARIES[9]);
    const seen = [...printed, ...city.lines, ...failing.lines, ...bodies].join('\n');
    for (const canary of CANARIES) {
      expect(seen).not.toContain(canary);
      expect(seen).not.toContain(canary.replace('+33', '0'));
    }
    // The paths were walked: the store holds them, and the failures were logged.
    const kept = JSON.stringify([...db.items.values()]);
    for (const canary of [CANARIES[0], CANARIES[1], CANARIES[2], CANARIES[9]]) expect(kept).toContain(canary);
    expect(failing.lines.length).toBeGreaterThan(2);
  });

  it('no key of the store holds an address', () => {
    const db = createMemoryDb();
    const city = createTestCity(db);
    return text(createWebhook(city.deps), NUMBER, 'CHENE A12').then(() => {
      for (const { pk, sk, lp, ls } of db.items.values())
        expect(`${pk}${sk}${lp}${ls}`).not.toMatch(/\+33|639985555/);
    });
  });

  it('a log line withholds what does not look like a code of ours', () => {
    const lines: string[] = [];
    const log = createLog((line) => lines.push(line));
    log.error('x', { code: NUMBER, error: 'Aminata Canari', count: 3, other: 'SM0639985555' });
    expect(lines).toEqual([
      '{"level":"error","what":"x","code":"withheld","error":"withheld","count":3,"other":"withheld"}',
    ]);
    expect(describeError(new Error(`secret ${NUMBER}`))).toEqual({ error: 'Error', code: undefined });
  });
});

/**
 * Every order of the store calls of two messages that arrive at once (speed-and-faults.md 3.3: R2, R3): two answers,
 * two copies of one, an answer and STOP; and copies that come later.
 */
import { describe, expect, it } from 'vitest';
import { readTwiml, signed, smsForm } from '../support/city.ts';
import { interleave } from './interleaving.ts';
import { createNetwork, FROM, type Network } from './network.ts';

const STEPS = 10;
const ORDERS = Array.from({ length: 2 ** STEPS }, (_, bits) =>
  Array.from({ length: STEPS }, (_, step) => (bits >> step) & 1),
);
const sid = (name: string): string => `SM${name.padStart(32, '0')}`;

async function begun(script: string[]): Promise<Network> {
  const network = createNetwork({ retries: 5 });
  for (const [step, body] of script.entries()) await network.text(body, sid(`b${step}`));
  return network;
}

const session = (network: Network) => {
  const item = [...network.db.items.values()].find((each) => each.sk === 'turn');
  return { item, session: JSON.parse(String(item?.s)) };
};

/** Both messages through the webhook at once; returns what each was answered. */
async function atOnce(
  network: Network,
  order: number[],
  messages: [string, string][],
): Promise<(string | undefined)[]> {
  const replies: (string | undefined)[] = [];
  await interleave(
    order,
    messages.map(([body, id], index) => async (wrap) => {
      const answer = await network.webhook(wrap)(signed('/webhooks/twilio', smsForm(FROM, body, id)));
      expect(answer.status).toBe(200);
      replies[index] = readTwiml(answer)?.text;
    }),
  );
  return replies;
}

describe('every interleaving of two messages', () => {
  it('two answers at once are both counted, in one order, each with its reply', {
    timeout: 120_000,
  }, async () => {
    for (const order of ORDERS) {
      const network = await begun(['SQUARE', '1']);
      const replies = await atOnce(network, order, [
        ['4', sid('x')],
        ['2', sid('y')],
      ]);
      const { at, answers } = session(network).session.survey;
      expect(at).toBe('securite');
      expect([
        [4, [2]],
        [2, [4]],
      ]).toContainEqual([answers.frequence.v, answers.priorites.v]);
      expect(replies.every(Boolean)).toBe(true);
      expect(new Set(replies).size).toBe(2);
    }
    console.log(`interleavings, two answers: ${ORDERS.length} orders, 0 violations`);
  });

  it('two copies of one answer leave the store as one does', { timeout: 120_000 }, async () => {
    for (const script of [['SQUARE'], ['SQUARE', '1'], ['SQUARE', '1', '3', '1', '4']]) {
      const alone = await begun(script);
      await alone.webhook()(signed('/webhooks/twilio', smsForm(FROM, '1', sid('x'))));
      const wanted = session(alone);
      for (const order of ORDERS) {
        const network = await begun(script);
        const replies = await atOnce(network, order, [
          ['1', sid('x')],
          ['1', sid('x')],
        ]);
        const found = session(network);
        expect(found.session).toEqual({ ...wanted.session, id: found.session.id });
        // How often the reply was claimed, and when, may differ.
        const apart = { s: '', p: '', ra: 0, rk: '' };
        expect({ ...found.item, ...apart }).toEqual({ ...wanted.item, ...apart });
        expect(replies.filter(Boolean).length).toBeGreaterThanOrEqual(1);
        expect(new Set(replies.filter(Boolean)).size).toBe(1);
      }
    }
    console.log(`interleavings, two copies: ${3 * ORDERS.length} orders, 0 violations`);
  });

  it('STOP that crosses an answer: after it nothing but its confirmation', { timeout: 120_000 }, async () => {
    for (const order of ORDERS) {
      const network = await begun(['CHENE', 'oui', '1', '4', 'SQUARE', '1']);
      const [answered, stopped] = await atOnce(network, order, [
        ['4', sid('x')],
        ['STOP', sid('y')],
      ]);
      expect(session(network).session).toMatchObject({ consent: 'stopped' });
      expect(session(network).session.survey).toBeUndefined();
      expect(stopped).toContain('vous ne recevrez plus de message');
      if (answered) expect(answered).toContain('2/4');
      // Nothing is due any more, and nothing more is said.
      expect(session(network).item?.lp).toBeUndefined();
      const before = network.received.length;
      await network.wait(100_000);
      await network.text('4', sid('z'));
      expect(network.received.length).toBe(before);
    }
    console.log(`interleavings, STOP and an answer: ${ORDERS.length} orders, 0 violations`);
  });

  it('a copy that comes later, or a day later, changes nothing and is not answered', async () => {
    const script = ['SQUARE', '1', '3', '1 6', 'un kiosque', '4', 'merci bien'];
    const whole = await begun(script);
    const wanted = [...whole.received];
    let cases = 0;
    for (const later of [0, 1, 2, 3])
      for (const [copied, body] of script.entries())
        for (const hours of [0, 1, 24]) {
          const network = createNetwork({ retries: 5 });
          for (const [step, each] of script.entries()) {
            await network.text(each, sid(`b${step}`));
            if (step === copied + later) {
              network.clock.now = new Date(network.clock.now.getTime() + hours * 3_600_000);
              await network.again(body, sid(`b${copied}`));
              network.clock.now = new Date(network.clock.now.getTime() - hours * 3_600_000);
            }
          }
          cases += 1;
          expect(network.received, `${later} ${copied} ${hours}`).toEqual(wanted);
        }
    console.log(`duplicates, later: ${cases} cases, 0 violations`);
  });
});

/**
 * The control: the same survey as one writes it first. Reads the state, stores the answer, stores the state, sends
 * the reply. No version, no ids seen, no claim. The harness must find what is wrong with it.
 */

import { readForm } from '../../functions/channels/twilio-receive.ts';
import { type Handler, text } from '../../functions/runtime/http.ts';
import { faultyDb, faultySender, type Instance } from './faulty.ts';
import type { Network } from './network.ts';

export const QUESTIONS = ['Q1?', 'Q2?', 'Q3?', 'Q4?', 'Q5?', 'Merci!'];

export const naive = (network: Network, instance: Instance): Handler => {
  const db = faultyDb(network.db, network.faults, instance);
  const sms = faultySender(
    {
      provider: 'twilio',
      async send({ text: said }) {
        network.received.push(said);
        return { kind: 'accepted', id: 'SM' };
      },
      find: async () => 'none',
    },
    network.faults,
    instance,
  );
  return async (request) => {
    const { From, Body } = readForm(request.body) as Record<string, string>;
    const key = { pk: `state#${From}`, sk: 'state' };
    const step = Number((await db.get(key))?.step ?? 0);
    if (step > 0) await db.put({ pk: `votes#${From}`, sk: `${step}#${Math.random()}`, answer: String(Body) });
    await db.put({ ...key, step: step + 1 });
    const said = QUESTIONS[step] ?? 'Merci!';
    await sms.send({ to: `sms:${From}`, text: said, delivery: '', receipts: '', validity: 60 });
    return text(200, '');
  };
};

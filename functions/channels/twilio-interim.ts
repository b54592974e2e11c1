/** Twilio's SMS as it was, in the new shape, until twilio-send.ts and twilio-receive.ts speak it themselves. */

import type { Receiver, Sender } from './channel.ts';
import { nameIn } from './channel.ts';
import type { SmsSender } from './sms.ts';
import type { Form } from './twilio-form.ts';
import { isSigned, readForm, readInbound, wasAnswered } from './twilio-receive.ts';

export const asSender = (old: SmsSender): Sender => ({
  provider: 'twilio',
  async send({ to, text, receipts, validity }) {
    const outcome = await old.send({ to: nameIn(to), text, receipts, validity });
    if (outcome.kind !== 'rejected') return outcome;
    return { kind: 'rejected', code: String(outcome.code), cause: outcome.code === 21610 ? 'optout' : 'bug' };
  },
  async find({ to, text }, since) {
    const id = await old.find({ to: nameIn(to), text, since });
    return id ? { id } : 'none';
  },
});

export const asReceiver = (o: {
  tokens: string[];
  number: string;
  publicUrl: string;
  eventId: (sid: string) => string;
}): Receiver => ({
  provider: 'twilio',
  read(request) {
    const form: Form = readForm(request.body);
    const url = `${o.publicUrl}${request.path}${request.query ? `?${request.query}` : ''}`;
    if (!isSigned(o.tokens, request.headers['x-twilio-signature'], url, form)) return { kind: 'forbidden' };
    if (request.path.endsWith('/receipts')) {
      const delivery = new URLSearchParams(request.query).get('d') ?? '';
      if (!/^[\w-]{22}\.[\w-]{1,12}$/.test(delivery)) return { kind: 'invalid', what: 'd' };
      const code = typeof form.ErrorCode === 'string' ? form.ErrorCode : undefined;
      return {
        kind: 'incoming',
        incoming: [
          {
            kind: 'receipt',
            delivery,
            state: 'sent',
            ...(code && { code }),
            ...(code === '21610' && { cause: 'optout' }),
          },
        ],
      };
    }
    const read = readInbound(form, o.number, o.eventId);
    if (read.kind === 'invalid') return { kind: 'invalid', what: read.what };
    if (read.kind === 'unanswerable' || form.OptOutType === 'HELP')
      return { kind: 'incoming', incoming: [{ kind: 'ignored', why: 'unanswerable' }] };
    return {
      kind: 'incoming',
      incoming: [{ kind: 'event', ...read.sms, ...(wasAnswered(form) && { answered: true as const }) }],
    };
  },
});

/** Messages of residents as each provider posts them, signed. */
import { createHmac } from 'node:crypto';
import type { Request } from '../../functions/runtime/http.ts';
import { APP_SECRET, PAGE_ID, smsForm, WHATSAPP_NUMBER } from './city.ts';

/** A form of Twilio's, for SMS or WhatsApp. */
export const inboundForm = (
  channel: 'sms' | 'whatsapp',
  from: string,
  body: string,
  sid: string,
  more: Record<string, string> = {},
): Record<string, string> =>
  channel === 'sms'
    ? smsForm(from, body, sid, more)
    : {
        ...smsForm(`whatsapp:${from}`, body, sid),
        To: `whatsapp:${WHATSAPP_NUMBER}`,
        WaId: from.replace('+', ''),
        ProfileName: 'Amina',
        MessageType: 'text',
        ...more,
      };

/** A batch of Meta's, signed over its bytes. */
export function messengerPost(messaging: object[], at = new Date()): Request {
  const entry = [{ id: PAGE_ID, time: at.getTime(), messaging }];
  const body = JSON.stringify({ object: 'page', entry });
  return {
    method: 'POST',
    path: '/webhooks/messenger',
    query: '',
    headers: {
      'x-hub-signature-256': `sha256=${createHmac('sha256', APP_SECRET).update(body).digest('hex')}`,
    },
    body,
    bytes: Buffer.from(body),
  };
}

export const messengerText = (psid: string, text: string, mid: string, at: Date): Request =>
  messengerPost(
    [
      {
        sender: { id: psid },
        recipient: { id: PAGE_ID },
        timestamp: at.getTime(),
        message: { mid, text },
      },
    ],
    at,
  );

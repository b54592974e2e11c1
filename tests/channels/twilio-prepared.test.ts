import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messagesOf } from '../../functions/channels/twilio-api.ts';

const ACCOUNT = { accountSid: `AC${'a'.repeat(32)}`, authToken: 'test-token' };

interface Heard {
  start: string;
  headers: string[];
  body: string;
}
const heard: Heard[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    body += chunk;
  });
  request.on('end', () => {
    heard.push({ start: `${request.method} ${request.url}`, headers: request.rawHeaders, body });
    const refused = body.includes('Body=refused');
    response.writeHead(refused ? 400 : 201, { 'content-type': 'application/json' });
    response.end(
      refused
        ? '{"code":21610,"message":"no","status":400}'
        : JSON.stringify({ sid: `SM${'0'.repeat(32)}`, status: 'queued', num_segments: '1' }),
    );
  });
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

/** Every kind of parameters that `twilio-send` makes. */
const MESSAGES = {
  'an SMS': {
    ...{ to: '+33639980001', from: '38123', body: "Réunion à l'école : 10 % d'élèves ~ (à 18h) & plus*" },
    ...{ statusCallback: 'https://exemple.fr/r?d=a.b', validityPeriod: 14_400 },
  },
  'a picture and a place': {
    ...{ to: 'whatsapp:+33639980001', from: 'whatsapp:+33639980000', body: 'ici' },
    ...{ mediaUrl: ['https://exemple.fr/a.png'], persistentAction: ['geo:48.9,2.5|Chêne'] },
  },
  'a template': {
    ...{ to: 'whatsapp:+33639980001', from: 'whatsapp:+33639980000' },
    ...{ contentSid: `HX${'b'.repeat(32)}`, contentVariables: '{"1":"Bonjour"}' },
  },
};

const SDKS = ['User-Agent', 'Accept', 'Accept-Charset', 'Content-Type', 'Authorization'];
const headerOf = ({ headers }: Heard, name: string): string | undefined =>
  headers[headers.findIndex((each, at) => at % 2 === 0 && each.toLowerCase() === name.toLowerCase()) + 1];

const formIn = ({ body }: Heard): [string, string][] => [...new URLSearchParams(body)];

describe('posts whose surroundings are known', () => {
  test.each(Object.entries(MESSAGES))(
    '%s: the same bytes as the first, which the SDK made',
    async (_, message) => {
      heard.length = 0;
      await messagesOf(ACCOUNT, url).create(message);
      const others = messagesOf(ACCOUNT, url);
      await others.create({ to: '+33639980009', from: '38123', body: 'another one' });
      await others.create(message);
      const client = twilio(ACCOUNT.accountSid, ACCOUNT.authToken);
      client.api.baseUrl = url;
      await client.messages.create(message);
      const [first, , prepared, whole] = heard as [Heard, Heard, Heard, Heard];
      expect(prepared).toEqual(first);
      expect(prepared.start).toBe(whole.start);
      // Its own client writes a space as %20, ours as a form does it.
      expect(formIn(prepared)).toEqual(formIn(whole));
      for (const name of SDKS) expect(headerOf(prepared, name), name).toBe(headerOf(whole, name));
    },
  );

  test("a refusal is the SDK's error, each time", async () => {
    const messages = messagesOf(ACCOUNT, url);
    const refused = { to: '+33639980001', from: '38123', body: 'refused' };
    for (let round = 0; round < 3; round += 1)
      await expect(messages.create(refused)).rejects.toMatchObject({ status: 400, code: 21610 });
  });
});

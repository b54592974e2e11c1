/** The floor: node's own client, keep-alive, one POST a message and its answer parsed. Arguments: the carrier, how many. */
import http from 'node:http';
import { ACCOUNT, FROM, numberOf, sendAll, TEXT, TOKEN, WIDTH } from './message.ts';

const [, , carrier = '', count = '1'] = process.argv;
const agent = new http.Agent({ keepAlive: true, maxSockets: WIDTH });
const url = new URL(`/2010-04-01/Accounts/${ACCOUNT}/Messages.json`, carrier);
const authorization = `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}`;

const post = (index: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const body = new URLSearchParams({ To: numberOf(index), From: FROM, Body: TEXT }).toString();
    const headers = {
      authorization,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
    };
    const request = http.request(url, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        if (!JSON.parse(text).sid) reject(new Error('not taken'));
        else resolve();
      });
    });
    request.on('error', reject);
    request.end(body);
  });

void sendAll(Number(count), post);

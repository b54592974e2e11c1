/** What cannot be noted is neither shown nor done; what arrives broken is said to be. */
import { expect, it } from 'vitest';
import { create as createWebhook } from '../../../functions/webhook.ts';
import { text } from '../../support/city.ts';
import { createTestConsole } from '../../support/console.ts';
import { createMemoryDb } from '../../support/memory-db.ts';

const ANNA = '+33639980001';

it('no look at a resident and no act on one goes unnoted', async () => {
  const db = createMemoryDb();
  let silent = false;
  const put = db.put;
  db.put = async (item, condition) => {
    if (silent && String(item.pk).startsWith('audit#')) throw new Error('the log cannot be written');
    return put(item, condition);
  };
  const city = createTestConsole({ db });
  const webhook = createWebhook(city.deps);
  for (const each of ['CHENE', 'oui', '3', '4']) await text(webhook, ANNA, each);
  const hash = city.deps.hashes.address(`sms:${ANNA}`);
  const page = `/console/habitants/${hash}`;
  const avant = /name="avant" value="([^"]*)"/.exec((await city.get(`${page}/corriger`)).body)?.[1] ?? '';
  const before = JSON.stringify((await city.deps.turns.find(hash))?.session);
  silent = true;
  for (const act of ['', '/corriger', '/effacer']) {
    const answer = await city.get(page + act);
    expect(answer.status, act).toBe(500);
    expect(answer.body, act).not.toContain('Chêne Pointu');
  }
  for (const [act, fields] of Object.entries<Record<string, string>>({
    stop: {},
    effacer: { mot: 'EFFACER' },
    corriger: { langue: 'tr', quartier: 'haut', age: '60+', avant },
    retirer: { liste: 'chene', pourquoi: 'asked' },
    copie: {},
  })) {
    expect((await city.post(`${page}/${act}`, fields)).status, act).toBe(500);
    expect(JSON.stringify((await city.deps.turns.find(hash))?.session), act).toBe(before);
  }
});

it('a form with files that arrives broken changes nothing and says so', async () => {
  const city = createTestConsole();
  const body = Buffer.from('--x\r\nContent-Disposition: form-data; name="jeton"\r\n\r\nle-jeton');
  const { status, body: said } = await city.handle({
    method: 'POST',
    path: '/console/sondages/importer',
    query: '',
    headers: { 'content-type': 'multipart/form-data; boundary=y' },
    body: body.toString(),
    bytes: body,
  });
  expect(status, said).toBe(400);
  expect(said).toContain('incomplet');
});

/** The routes behind the page of phones, by calling the app. */
import { Hono } from 'hono';
import { beforeEach, describe, expect, test } from 'vitest';
import { localWorld } from '../../infra/local/city.ts';
import { type HandsetOptions, handset } from '../../infra/local/handset.tsx';
import type { Shown } from '../../infra/local/phones.ts';

const START = new Date('2026-11-24T09:00:00Z');
const item: Shown = {
  id: 'SM1',
  direction: 'out',
  text: 'Bonjour',
  time: START.toISOString(),
  parts: 1,
  state: 'queued',
};

let now: Date;
let received: unknown[];
let app: ReturnType<typeof handset>;

const appWith = (changes: Partial<HandsetOptions> = {}) =>
  handset({
    city: { name: 'Ville <essai>' },
    numbers: { sms: '38123', whatsapp: '+33939980001', messenger: '100' },
    phones: {
      async receive(sent) {
        received.push(sent);
        return sent.text === '' ? { error: 'Message vide' } : { sid: 'SM0', replies: [item] };
      },
      thread: (channel, address) => [{ ...item, text: `${channel} ${address}` }],
      state: (channel) => (channel === 'sms' ? { typing: false } : { window: item.time, typing: true }),
      media: (sid) => (sid === 'ME1' ? { type: 'text/html', bytes: Buffer.from('<b>') } : undefined),
    },
    faults: {
      twilio: { set: () => [], list: () => [] },
      meta: { set: () => [], list: () => [] },
      sns: [],
    },
    people: { get: () => ({}), set: () => ({}) },
    clock: {
      now: () => now,
      async advanceTo(target) {
        if (target < now) throw new RangeError('back');
        now = target;
      },
    },
    ...changes,
  });

beforeEach(() => {
  now = START;
  received = [];
  app = appWith();
});

async function post(path: string, body: unknown): Promise<{ status: number; json: Record<string, unknown> }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await app.request(path, { method: 'POST', body: text });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

describe('messages', () => {
  test('go to the phones, and their replies come back', async () => {
    const sms = { channel: 'sms', from: '06 39 98 00 01', text: 'SQUARE' };
    expect(await post('/handset/messages', sms)).toEqual({
      status: 200,
      json: { sid: 'SM0', replies: [item] },
    });
    expect(received).toEqual([sms]);
  });

  test.each([
    ['no JSON', 'bonjour', /^Demande illisible : reçu rien\. Attendu : un objet JSON/],
    ['a list', [], /^Demande illisible : reçu une liste/],
    [
      'no channel',
      { from: '', text: '' },
      /« channel »\) : reçu rien\. Attendu : sms, whatsapp, messenger\./,
    ],
    ['a number as a number', { channel: 'sms', from: 639980001, text: 'a' }, /« from »\) : reçu un nombre/],
    ['no text', { channel: 'sms', from: '', text: null }, /« text »\) : reçu une valeur nulle/],
    ['half a choice', { channel: 'whatsapp', from: '', choice: { id: 'a' } }, /« choice »\) : reçu un objet/],
    [
      'a file that is no base64',
      { channel: 'whatsapp', from: '', media: [{ type: 'image/png', data: 'é' }] },
      /« media »\) : reçu une liste/,
    ],
    [
      'a type that is two headers',
      { channel: 'messenger', from: '', media: [{ type: 'image/png\r\nX: y', data: '' }] },
      /« media »\) : reçu une liste/,
    ],
    [
      'a place beyond the pole',
      { channel: 'messenger', from: '', place: { latitude: 91, longitude: 0 } },
      /« place »\) : reçu un objet/,
    ],
    [
      'what nobody does on Messenger',
      { channel: 'messenger', from: '', act: { kind: 'dance' } },
      /« act »\) : reçu un objet\. Attendu : start, link, unsend/,
    ],
    ['what the phones refuse', { channel: 'sms', from: '', text: '' }, /^Message vide$/],
  ])('are refused in French: %s', async (_label, body, error) => {
    const refused = { status: 400, json: { error: expect.stringMatching(error) } };
    expect(await post('/handset/messages', body)).toEqual(refused);
  });

  test('of one phone are listed as they are', async () => {
    const response = await app.request('/handset/messages?channel=sms&address=06%2039%2098%2000%2001');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual([{ ...item, text: 'sms 06 39 98 00 01' }]);
  });

  test('leave a window open, and somebody writing', async () => {
    const response = await app.request('/handset/state?channel=whatsapp&address=0639980001');
    expect(await response.json()).toEqual({ window: item.time, typing: true });
  });

  test('bring files that are never a page of ours', async () => {
    const response = await app.request('/handset/media/ME1');
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await app.request('/handset/media/ME2')).status).toBe(404);
  });
});

describe('the clock', () => {
  test.each([
    [{ advance: 'PT20H' }, '2026-11-25T05:00:00.000Z'],
    [{ advance: 'P2D' }, '2026-11-26T09:00:00.000Z'],
    [{ advance: 'P1WT1M30S' }, '2026-12-01T09:01:30.000Z'],
    [{ set: '2026-11-24T10:30:00+01:00' }, '2026-11-24T09:30:00.000Z'],
    [{ set: '2026-11-24T09:00Z' }, '2026-11-24T09:00:00.000Z'],
  ])('goes with %j', async (body, expected) => {
    expect(await post('/handset/clock', body)).toEqual({ status: 200, json: { now: expected } });
    expect(await (await app.request('/handset/clock')).json()).toEqual({ now: expected });
  });

  test('is not turned back by an advance of nothing, although time passes', async () => {
    let reads = 0;
    const passing = appWith({
      clock: {
        now: () => new Date(START.getTime() + reads++),
        async advanceTo(target) {
          if (target < this.now()) throw new RangeError('back');
        },
      },
    });
    const body = JSON.stringify({ advance: 'PT0S' });
    expect((await passing.request('/handset/clock', { method: 'POST', body })).status).toBe(200);
  });

  test.each([
    [
      'back',
      { set: '2026-11-24T08:59:59Z' },
      /^L'horloge ne recule pas : il est déjà 2026-11-24T09:00:00\.000Z/,
    ],
    ['neither', {}, /^Demande illisible/],
    ['both', { advance: 'PT1H', set: '2027-01-01T00:00:00Z' }, /^Demande illisible/],
    ['no JSON', 'PT1H', /^Demande illisible/],
    ['a word', { advance: 'demain' }, /^Durée illisible .* reçu un texte de 6 caractères/],
    ['an empty duration', { advance: 'PT' }, /^Durée illisible/],
    ['months, whose length nobody knows', { advance: 'P1M' }, /^Durée illisible/],
    ['a number', { advance: 3600 }, /^Durée illisible .* reçu un nombre/],
    ['an instant without a zone', { set: '2026-11-24T10:00:00' }, /^Instant illisible/],
    ['a day that does not exist', { set: '2026-13-45T10:00:00Z' }, /^Instant illisible/],
    ['a slip of the finger', { advance: 'P9999W' }, /^Trop loin/],
  ])('refuses in French: %s', async (_label, body, error) => {
    const refused = { status: 400, json: { error: expect.stringMatching(error) } };
    expect(await post('/handset/clock', body)).toEqual(refused);
    expect(now).toEqual(START);
  });

  test("lets the host's own errors through", async () => {
    const broken = appWith({
      clock: {
        now: () => START,
        advanceTo: async () => {
          throw new Error('a bug');
        },
      },
    });
    const causes: unknown[] = [];
    const host = new Hono().route('/', broken).onError((error) => {
      causes.push(error.message);
      return new Response('', { status: 500 });
    });
    const body = JSON.stringify({ advance: 'PT1H' });
    expect((await host.request('/handset/clock', { method: 'POST', body })).status).toBe(500);
    expect(causes).toEqual(['a bug']);
  });
});

describe('the page', () => {
  test('carries a strict policy and nothing inline', async () => {
    const response = await app.request('/handset');
    const html = await response.text();
    expect(response.headers.get('content-security-policy')).toContain(
      "default-src 'none'; script-src 'self'",
    );
    expect(html).toContain('Des téléphones pour essayer. Rien ne part sur le vrai réseau.');
    expect(html).toContain('href="/donnees"');
    expect(html).toContain('Ville &lt;essai&gt;');
    expect(html).toContain('Message au 09\u00a039\u00a098\u00a000\u00a001');
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=/);
  });

  test.each([
    ['/handset/handset.css', 'text/css; charset=utf-8'],
    ['/handset/handset.js', 'text/javascript; charset=utf-8'],
    ['/handset/handset-attach.js', 'text/javascript; charset=utf-8'],
    ['/handset/handset-faults.js', 'text/javascript; charset=utf-8'],
    ['/handset/handset-service.js', 'text/javascript; charset=utf-8'],
    ['/handset/handset-thread.js', 'text/javascript; charset=utf-8'],
    ['/handset/handset-voice.ogg', 'audio/ogg'],
    ['/handset/fonts/latin.woff2', 'font/woff2'],
    ['/handset/fonts/latin-ext.woff2', 'font/woff2'],
    ['/handset/fonts/arabic.woff2', 'font/woff2'],
  ])('brings %s', async (path, type) => {
    const response = await app.request(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(1000);
  });

  test('tells staff which texts and recordings are still missing', async () => {
    const { name, languages, voices } = localWorld().city;
    const passing = appWith({ city: { name, languages, voices } });
    const page = await (await passing.request('/handset')).text();
    expect(page).toMatch(/à faire relire par une personne dont c’est la langue :.*العربية.*தமிழ்/);
    expect(page).not.toContain('<bdi lang="fr">Français</bdi>');
    expect(page).toContain('Message d’accueil à enregistrer : Soninké, Bambara, Pulaar, Wolof.');
  });

  test('brings no other file', async () => {
    expect((await app.request('/handset/fonts/constructor')).status).toBe(404);
    expect((await app.request('/handset/fonts/..%2fhandset.tsx')).status).toBe(404);
  });
});

/**
 * The handset: the page of phones to try the city's service with, and the few routes behind it. Owns the page;
 * messages go through the carrier, time through the host's clock.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Hono } from 'hono';
import { html } from 'hono/html';
import * as z from 'zod';
import type { City } from '../../conversations/city.ts';
import type { Carrier } from './carrier.ts';
import type { Faults } from './carrier-faults.ts';
import { readClockRequest } from './clock-request.ts';
import { HandsetPage } from './handset-page.tsx';
import type { MetaFaults } from './meta-faults.ts';
import { CHANNELS, FromPhone, type Phones } from './phones.ts';
import { type Refusal, refusal } from './refusal.ts';
import type { SnsFault } from './sns-api.ts';

export interface HandsetOptions {
  phones: Phones;
  /** Where each channel's phones write to. */
  numbers: Record<'sms' | 'whatsapp' | 'messenger', string>;
  faults: {
    twilio: Pick<Faults, 'set' | 'list'>;
    meta: Pick<MetaFaults, 'set' | 'list'>;
    /** What the next calls meet, one each. */
    sns: SnsFault[];
  };
  /** Numbers as the network knows them: a landline, opted out. */
  people: Carrier['numbers'];
  clock: {
    now(): Date;
    /** Runs everything due on the way. Throws RangeError where it would go back. */
    advanceTo(target: Date): Promise<void>;
  };
  city: Pick<City, 'name'> & Partial<Pick<City, 'languages' | 'voices'>>;
}

/** Nothing inline, nothing from elsewhere. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const require = createRequire(import.meta.url);
const FONTS = new Map([
  ['latin.woff2', require.resolve('@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff2')],
  ['latin-ext.woff2', require.resolve('@fontsource/noto-sans/files/noto-sans-latin-ext-400-normal.woff2')],
  [
    'arabic.woff2',
    require.resolve('@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-400-normal.woff2'),
  ],
  [
    'tamil.woff2',
    require.resolve('@fontsource/noto-sans-tamil/files/noto-sans-tamil-tamil-400-normal.woff2'),
  ],
  [
    'bengali.woff2',
    require.resolve('@fontsource/noto-sans-bengali/files/noto-sans-bengali-bengali-400-normal.woff2'),
  ],
  [
    'chinese.woff2',
    require.resolve('@fontsource/noto-sans-sc/files/noto-sans-sc-chinese-simplified-400-normal.woff2'),
  ],
]);
const SHEETS = ['handset-fonts.css', 'handset.css', 'handset-phone.css', 'handset-thread.css'];
/** The page's own modules, as they stand, and the recording that phones send. */
const SCRIPTS = ['handset-attach.js', 'handset-faults.js', 'handset-service.js', 'handset-thread.js'];
const VOICE = 'handset-voice.ogg';
const WEEK = 'public, max-age=604800';
const NO_CACHE = 'no-cache';

const ALLOWED_NUMBER = 'un numéro français, comme 06 39 98 00 01 ou +33639980001';

/** What is wrong with what a script or the page sent, in French, by the first part that is. */
const FIELDS: Record<string, [what: string, allowed: string]> = {
  channel: ['Canal illisible (« channel »)', CHANNELS.join(', ')],
  from: ['Numéro illisible (« from »)', ALLOWED_NUMBER],
  text: ['Message illisible (« text »)', 'un texte'],
  choice: ['Choix illisible (« choice »)', '{"id": …, "label": …}'],
  media: ['Fichier illisible (« media »)', '[{"type": "image/jpeg", "data": en base64}]'],
  place: ['Lieu illisible (« place »)', '{"latitude": …, "longitude": …}'],
  act: ['Action illisible (« act »)', 'start, link, unsend, read, human, take ou give-back'],
};

const SNS_FAULTS = [
  'throttled',
  'error',
  'denied',
  'opted-out',
  'invalid',
  'timeout',
  'price',
  'quota',
  'unreachable',
] as const satisfies SnsFault[];
const SnsFaults = z.array(z.enum(SNS_FAULTS)).max(1000);
/** Each replaces what was set on its line; an empty list mends it. */
const AskedFaults = z.strictObject({
  twilio: z.unknown().optional(),
  meta: z.unknown().optional(),
  sns: z.unknown().optional(),
});
const AskedPerson = z.strictObject({
  address: z.string(),
  landline: z.boolean().optional(),
  optedOut: z.boolean().optional(),
});

function readMessage(body: unknown): FromPhone | Refusal {
  const read = FromPhone.safeParse(body);
  if (read.success) return read.data;
  const at = String(read.error.issues[0]?.path[0] ?? '');
  const [what, allowed] = FIELDS[at] ?? [
    'Demande illisible',
    'un objet JSON {"channel": "sms", "from": …, "text": …}',
  ];
  return refusal(what, at ? (body as Record<string, unknown>)[at] : body, allowed);
}

/** An app whose paths all begin with `/handset`: mount it at the top. */
export function handset({ phones, numbers, faults, people, clock, city }: HandsetOptions): Hono {
  const app = new Hono().basePath('/handset');
  const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
  const css = SHEETS.map(read).join('');
  const scripts = new Map(SCRIPTS.map((name) => [name, read(name)]));
  scripts.set('handset.js', read('handset-client.js'));
  const voice = readFileSync(new URL(VOICE, import.meta.url));

  const faultsNow = () => ({ twilio: faults.twilio.list(), meta: faults.meta.list(), sns: [...faults.sns] });

  /** All or nothing. */
  function setFaults(body: unknown): object | Refusal {
    const read = AskedFaults.safeParse(body);
    if (!read.success)
      return refusal('Demande illisible', body, 'un objet JSON {"twilio": […], "meta": […], "sns": […]}');
    const { twilio, meta, sns = [...faults.sns] } = read.data;
    const kinds = SnsFaults.safeParse(sns);
    if (!kinds.success)
      return refusal('Pannes illisibles (« sns »)', sns, `une liste de ${SNS_FAULTS.join(', ')}`);
    const before = faults.twilio.list();
    const set = twilio === undefined ? {} : faults.twilio.set(twilio);
    if ('error' in set) return set;
    const alsoSet = meta === undefined ? {} : faults.meta.set(meta);
    if ('error' in alsoSet) {
      faults.twilio.set(before);
      return alsoSet;
    }
    faults.sns.splice(0, faults.sns.length, ...kinds.data);
    return faultsNow();
  }

  app.use('*', async (context, next) => {
    await next();
    context.header('Content-Security-Policy', POLICY);
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'no-referrer');
    if (!context.res.headers.has('Cache-Control')) context.header('Cache-Control', 'no-store');
  });

  app.get('/', (context) => {
    const page = <HandsetPage city={city} numbers={numbers} now={clock.now()} />;
    return context.html(html`<!doctype html>${page}`);
  });
  app.get('/handset.css', (context) =>
    context.body(css, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': NO_CACHE }),
  );
  for (const [name, script] of scripts)
    app.get(`/${name}`, (context) =>
      context.body(script, 200, {
        'Content-Type': 'text/javascript; charset=utf-8',
        'Cache-Control': NO_CACHE,
      }),
    );
  app.get(`/${VOICE}`, (context) =>
    context.body(new Uint8Array(voice), 200, { 'Content-Type': 'audio/ogg', 'Cache-Control': WEEK }),
  );
  app.get('/fonts/:name', (context) => {
    const file = FONTS.get(context.req.param('name'));
    if (!file) return context.notFound();
    return context.body(new Uint8Array(readFileSync(file)), 200, {
      'Content-Type': 'font/woff2',
      'Cache-Control': WEEK,
    });
  });

  app.get('/messages', (context) => {
    const { channel = '', address = '' } = context.req.query();
    return answer(phones.thread(channel, address));
  });

  app.get('/state', (context) => {
    const { channel = '', address = '' } = context.req.query();
    return answer(phones.state(channel, address));
  });

  app.post('/messages', async (context) => {
    const message = readMessage(await jsonOf(context.req));
    return answer('error' in message ? message : await phones.receive(message));
  });

  app.get('/media/:sid', (context) => {
    const file = phones.media(context.req.param('sid'));
    if (!file) return context.notFound();
    // Whatever a phone has sent, a browser shows it as a picture or a sound, or not at all.
    const type = /^(image|audio)\/[\w.+-]+$/.test(file.type) ? file.type : 'application/octet-stream';
    return context.body(new Uint8Array(file.bytes), 200, { 'Content-Type': type });
  });

  app.get('/faults', (context) => context.json(faultsNow()));

  app.post('/faults', async (context) => answer(setFaults(await jsonOf(context.req))));

  app.get('/people', (context) => context.json(people.get(context.req.query('address') ?? '')));

  app.post('/people', async (context) => {
    const body = await jsonOf(context.req);
    const read = AskedPerson.safeParse(body);
    const allowed = 'un objet JSON {"address": …, "landline": true ou false, "optedOut": true ou false}';
    if (!read.success) return answer(refusal('Demande illisible', body, allowed));
    const { address, ...state } = read.data;
    return answer(people.set(address, state));
  });

  app.get('/clock', (context) => context.json({ now: clock.now().toISOString() }));

  app.post('/clock', async (context) => {
    const asked = readClockRequest(await jsonOf(context.req), clock.now());
    if ('error' in asked) return answer(asked);
    try {
      await clock.advanceTo(asked.target);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const past = `L'horloge ne recule pas : il est déjà ${clock.now().toISOString()}`;
      return context.json({ error: `${past}. Attendu : un instant à venir.` }, 400);
    }
    return answer({ now: clock.now().toISOString() });
  });

  return app;
}

/** 400 for a refusal, 200 for the rest. */
function answer(body: object | Refusal): Response {
  return Response.json(body, { status: 'error' in body ? 400 : 200 });
}

async function jsonOf(request: { json(): Promise<unknown> }): Promise<unknown> {
  try {
    return await request.json();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

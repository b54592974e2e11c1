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
import { readClockRequest } from './clock-request.ts';
import { HandsetPage } from './handset-page.tsx';
import { frenchNumber } from './phone-number.ts';
import { type Refusal, refusal } from './refusal.ts';

export interface HandsetOptions {
  carrier: Pick<Carrier, 'number' | 'receive' | 'thread'>;
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
  'img-src data:',
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
const WEEK = 'public, max-age=604800';
const NO_CACHE = 'no-cache';

const ALLOWED_NUMBER = 'un numéro français, comme 06 39 98 00 01 ou +33639980001';

/** A text field whose refusal is in French and tells the kind of what came instead. */
const field = (what: string, allowed: string) =>
  z.string({ error: (issue) => refusal(what, issue.input, allowed).error });
const Outgoing = z.object(
  {
    channel: field('Canal illisible (« channel »)', 'sms'),
    from: field('Numéro illisible (« from »)', ALLOWED_NUMBER),
    text: field('Message illisible (« text »)', 'un texte'),
  },
  {
    error: (issue) =>
      refusal('Demande illisible', issue.input, 'un objet JSON {"channel": "sms", "from": …, "text": …}')
        .error,
  },
);

/** An app whose paths all begin with `/handset`: mount it at the top. */
export function handset({ carrier, clock, city }: HandsetOptions): Hono {
  const app = new Hono().basePath('/handset');
  const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
  const files = { css: read('handset-fonts.css') + read('handset.css'), js: read('handset-client.js') };

  app.use('*', async (context, next) => {
    await next();
    context.header('Content-Security-Policy', POLICY);
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'no-referrer');
    if (!context.res.headers.has('Cache-Control')) context.header('Cache-Control', 'no-store');
  });

  app.get('/', (context) => {
    const page = <HandsetPage city={city} number={carrier.number} now={clock.now()} />;
    return context.html(html`<!doctype html>${page}`);
  });
  app.get('/handset.css', (context) =>
    context.body(files.css, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': NO_CACHE }),
  );
  app.get('/handset.js', (context) =>
    context.body(files.js, 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': NO_CACHE,
    }),
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
    const { channel, address } = context.req.query();
    const phone = frenchNumber(address ?? '');
    if (channel !== 'sms') return context.json(refusal('Canal inconnu (« channel »)', channel, 'sms'), 400);
    if ('error' in phone)
      return context.json(refusal('Numéro illisible (« address »)', address, ALLOWED_NUMBER), 400);
    return context.json(carrier.thread(channel, phone.number));
  });

  app.post('/messages', async (context) => {
    const body = Outgoing.safeParse(await jsonOf(context.req));
    if (!body.success) return context.json({ error: body.error.issues[0]?.message }, 400);
    return answer(await carrier.receive(body.data));
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

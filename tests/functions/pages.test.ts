/** The residents' notice as it leaves the function: every language whole, the right one chosen, nothing let in. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import exemple from '../../conversations/cities/exemple.json';
import { type City, readCity } from '../../conversations/city.ts';
import { fontFiles } from '../../functions/pages/fonts.ts';
import { create } from '../../functions/pages.ts';
import type { Deps } from '../../functions/runtime/deps.ts';
import type { Request } from '../../functions/runtime/http.ts';
import { languages } from '../../locales/index.ts';
import { noticeParts, notices } from '../../locales/notice.ts';

const city = readCity(exemple, 'exemple.json');

/** The page needs the city's facts and what staff changed of them: no secret, no clock; and no store that can be read. */
const depsOf = (facts: City): Deps =>
  new Proxy({ world: { city: facts } } as Deps, {
    get(target, name) {
      if (name === 'world') return target.world;
      if (name === 'settings') return { ready: async () => Promise.reject(new Error('no store')) };
      if (name === 'log') return { info() {}, error() {} };
      throw new Error(`the page asked for deps.${String(name)}`);
    },
  });

function ask(url: string, { facts = city, method = 'GET', accept }: Partial<Asked> = {}) {
  const [path = '', query = ''] = url.split('?');
  const headers: Request['headers'] = accept === undefined ? {} : { 'accept-language': accept };
  return create(depsOf(facts))({ method, path, query, headers, body: '' });
}
interface Asked {
  facts: City;
  method: string;
  accept: string;
}

const changed = (notice: Partial<City['notice']>, rest: Partial<City> = {}): City => ({
  ...city,
  ...rest,
  notice: { ...city.notice, ...notice },
});

/** What is written, without the style, and with plain spaces. */
const written = (html: string): string => plain(html.replace(/<style>[\s\S]*<\/style>/, ''));
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

const langOf = (html: string) => /<html lang="(\w+)" dir="(\w+)"/.exec(html)?.slice(1);

describe.each([
  ['fr', 'ltr', ['3 ans après', '90 jours', '1 an après', '30 jours après']],
  ['en', 'ltr', ['3 years after', '90 days', '1 year after', '30 days after']],
  ['ar', 'rtl', ['3 سنوات بعد', '90 يومًا', 'سنة بعد', '30 يومًا بعد']],
  ['tr', 'ltr', ['3 yıl sonra', '90 gün', '1 yıl sonra', '30 gün sonra']],
] as const)('in %s', (language, dir, durations) => {
  const page = async () => written((await ask(`/donnees?lang=${language}`)).body);

  it('says its language and direction', async () => {
    expect(langOf(await page())).toEqual([language, dir]);
  });

  it('has every place filled with the facts of the city', async () => {
    const html = await page();
    expect(html).not.toMatch(/\{\{|\}\}|undefined|\[object|NaN/);
    const { controller, address, dpo } = city.notice;
    for (const fact of [controller, address, `mailto:${dpo}`, city.phone, 'tel:0199001234', ...durations])
      expect(html).toContain(fact);
    for (const fact of ['https://www.cnil.fr', '75334 Paris cedex 07', 'Amazon Web Services', 'Twilio'])
      expect(html).toContain(fact);
    for (const word of ['STOP', 'EFFACER', 'CONTACT', 'RAPPEL', 'LANGUE'])
      expect(html).toMatch(new RegExp(`<dt><bdi[^>]*>${word}</bdi></dt>`));
  });

  it('uses every text it has', async () => {
    const html = await page();
    const { status, draft, notFound, ...texts } = notices[language];
    for (const [key, text] of Object.entries(texts)) {
      const said = noticeParts(plain(text)).filter((_, index) => index % 2 === 0);
      for (const part of said) expect(html, key).toContain(part);
    }
    expect(html.includes(draft), 'the note on the translation').toBe(status !== 'reviewed');
  });

  it('links to every language and marks its own', async () => {
    const html = await page();
    for (const other of languages) expect(html).toContain(`href="?lang=${other}" lang="${other}"`);
    expect(html.match(/<a [^>]*aria-current="page"[^>]*>/g)).toEqual([
      expect.stringContaining(`?lang=${language}`),
    ]);
  });

  it('does not promise what does not work yet', async () => {
    expect(await page()).not.toMatch(/MES DONN[EÉ]ES/);
  });
});

describe('the language', () => {
  it.each([
    ['nothing asked', '/donnees', undefined, 'fr'],
    ['an empty header', '/donnees', '', 'fr'],
    ['the browser', '/donnees', 'tr', 'tr'],
    ['a region', '/donnees', 'ar-MA,fr;q=0.5', 'ar'],
    ['the weights', '/donnees', 'en;q=0.2, tr;q=0.9', 'tr'],
    ['the first we have', '/donnees', 'de, pl;q=0.9, en;q=0.4', 'en'],
    ['one refused', '/donnees', 'en;q=0', 'fr'],
    ['any', '/donnees', '*', 'fr'],
    ['nonsense', '/donnees', ';;,q=,\u0000', 'fr'],
    ['the link before the browser', '/donnees?lang=en', 'ar', 'en'],
    ['an unknown link', '/donnees?lang=xx', 'ar', 'fr'],
    ['an empty link', '/donnees?lang=', 'ar', 'fr'],
    ['an attack in the link', '/donnees?lang=%22%3E%3Cscript%3E', 'ar', 'fr'],
  ])('by %s', async (_label, url, accept, expected) => {
    const answer = await ask(url, { accept });
    expect(langOf(answer.body)?.[0]).toBe(expected);
    expect(answer.headers?.['content-language']).toBe(expected);
    expect(answer.headers?.vary).toBe(url.includes('lang=') ? undefined : 'accept-language');
  });

  it('is one that the city writes, French always', async () => {
    const facts = changed({}, { languages: ['en'] });
    expect(langOf((await ask('/donnees', { facts, accept: 'tr, en;q=0.5' })).body)?.[0]).toBe('en');
    const french = await ask('/donnees?lang=tr', { facts });
    expect(langOf(french.body)?.[0]).toBe('fr');
    expect(french.body.match(/\?lang=\w+/g)).toEqual(['?lang=fr', '?lang=en']);
  });
});

describe('the facts', () => {
  it('are called examples only where they are', async () => {
    expect((await ask('/donnees')).body).toContain('Ceci est un exemple');
    expect((await ask('/donnees', { facts: changed({}, { example: false }) })).body).not.toContain(
      'class="example"',
    );
  });

  it('count in months where they are no whole years', async () => {
    const { body } = await ask('/donnees', { facts: changed({ contactMonths: 18, messageDays: 1 }) });
    expect(written(body)).toContain('18 mois après');
    expect(written(body)).toContain('<dd>1 jour</dd>');
  });

  it('speaks of Meta only where the city is on WhatsApp or Messenger', async () => {
    const { whatsappNumber: _, messengerPage: __, ...smsOnly } = city;
    expect((await ask('/donnees', { facts: smsOnly })).body).not.toMatch(/Meta|WhatsApp|Messenger/);
    expect((await ask('/donnees')).body).toContain('>Meta</bdi>');
  });

  it('may name an officer without an address', async () => {
    const { body } = await ask('/donnees', { facts: changed({ dpo: 'Service juridique, bureau 12' }) });
    expect(body).toContain('Service juridique, bureau 12');
    expect(body).not.toContain('mailto:');
  });

  it('are text, never markup', async () => {
    const { body } = await ask('/donnees', { facts: changed({ controller: '<b>Ville</b> & "Cie"' }) });
    expect(body).toContain('&lt;b&gt;Ville&lt;/b&gt; &amp; &quot;Cie&quot;');
  });
});

describe('what protects the page', () => {
  it('sends strict headers', async () => {
    const { status, headers } = await ask('/donnees');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'public, max-age=3600',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    const policy = headers?.['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src|unsafe|\*|https?:/);
  });

  it('lets in the one style of the page, by its hash', async () => {
    const { body, headers } = await ask('/donnees');
    const styles = [...body.matchAll(/<style>([\s\S]*?)<\/style>/g)].map((found) => found[1] as string);
    const hashes = styles.map((style) => createHash('sha256').update(style).digest('base64'));
    expect(hashes).toHaveLength(1);
    expect(headers?.['content-security-policy']).toContain(`style-src 'sha256-${hashes[0]}'`);
  });

  it.each(languages)('holds no script, no inline style, nothing from elsewhere (%s)', async (language) => {
    const { body } = await ask(`/donnees?lang=${language}`);
    expect(body).not.toMatch(/<script|<img|<iframe|<form|<link|javascript:|\son\w+=|\sstyle=/i);
    expect(body.match(/https?:\/\/[^"' )]+/g)).toEqual(['https://www.cnil.fr']);
  });
});

describe('the routes', () => {
  it.each(['/donnees?lang=ar', `/donnees/fonts/${basename(fontFiles()[0] as string)}`])(
    'answer HEAD like GET, without the body: %s',
    async (url) => {
      const [get, head] = [await ask(url), await ask(url, { method: 'HEAD' })];
      expect(get.body).not.toBe('');
      expect(head).toEqual({ ...get, body: '' });
    },
  );

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuse %s', async (method) => {
    const answer = await ask('/donnees', { method });
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  it.each([
    '/',
    '/donnees/',
    '/donneesx',
    '/DONNEES',
    '/donnees/fonts/',
    '/donnees/fonts/other.woff2',
    '/donnees/fonts/../../package.json',
    '/donnees/fonts/..%2f..%2fpackage.json',
    '/donnees/fonts/toString',
  ])('do not know %s', async (path) => {
    const answer = await ask(path);
    expect(answer).toMatchObject({ status: 404, headers: { 'x-content-type-options': 'nosniff' } });
    expect(answer.body).toContain('clichy.example/donnees');
  });

  it('say so in the language of the reader', async () => {
    expect((await ask('/donnees/x', { accept: 'en' })).body).toMatch(/^This page does not exist/);
  });
});

describe('the fonts', () => {
  it('are all served that the page names, and are what the build copies', async () => {
    const { body } = await ask('/donnees');
    const named = [...body.matchAll(/url\('(donnees\/fonts\/[^']+)'\)/g)].map((found) => found[1] as string);
    expect(named.map((path) => basename(path))).toEqual(fontFiles().map((path) => basename(path)));
    for (const path of named) {
      const answer = await ask(`/${path}`);
      expect(answer).toMatchObject({
        status: 200,
        base64: true,
        headers: { 'content-type': 'font/woff2', 'cache-control': 'public, max-age=31536000, immutable' },
      });
      expect(answer.headers).not.toHaveProperty('vary');
      expect(Buffer.from(answer.body, 'base64').subarray(0, 4).toString()).toBe('wOF2');
    }
  });
});

describe('the texts', () => {
  const places = (text: string) => noticeParts(text).filter((_, index) => index % 2 === 1);

  test.each(languages)(
    'in %s have the keys and the places of the French ones, and none is empty',
    (language) => {
      expect(Object.keys(notices[language])).toEqual(Object.keys(notices.fr));
      for (const [key, text] of Object.entries(notices[language])) {
        expect(text.trim(), key).not.toBe('');
        expect(places(text).sort(), key).toEqual(places(notices.fr[key as keyof typeof notices.fr]).sort());
      }
    },
  );

  test('are marked where no native speaker has read them', () => {
    const read = languages.filter((language) => notices[language].status === 'reviewed');
    expect(read).toEqual(['fr']);
  });
});

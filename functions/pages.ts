/** The public pages, for anyone and without a cookie: the residents' notice that our messages point to, and its fonts. */
import { parseAccept } from 'hono/utils/accept';
import type { Language } from '../locales/index.ts';
import { notices } from '../locales/notice.ts';
import { calendarOf } from './pages/calendar.ts';
import { copyPage } from './pages/copy.tsx';
import { readFont } from './pages/fonts.ts';
import { noticeLanguages, noticePage, POLICY } from './pages/notice.tsx';
import type { Deps } from './runtime/deps.ts';
import { heldBy } from './runtime/held.ts';
import { type Answer, type Handler, type Request, text } from './runtime/http.ts';
import { httpLambda } from './runtime/lambda.ts';
import { describe } from './runtime/log.ts';

const NOTICE = '/donnees';
/** The code is an event's id; `.json` asks for the file. */
const COPY = /^\/d\/([\w-]{4,12})(\.json)?$/;
/** A visit as an entry for a calendar. */
const CALENDAR = /^\/v\/(V-\d{4}-\d{3,8})\.ics$/;
const READS = ['GET', 'HEAD'];
const FONT = /^\/donnees\/fonts\/([\w-]+\.woff2)$/;
/** A corrected notice is there within the hour. */
const PAGE_CACHE = 'public, max-age=3600';
/** A font's name says what it holds: it never changes under the same name. */
const FONT_CACHE = 'public, max-age=31536000, immutable';
const GUARD = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };

export const create = (deps: Deps): Handler => {
  const offered = noticeLanguages(deps.world.city);

  async function answer(request: Request): Promise<Answer> {
    // The notice stands without the store: then it has the phone of the file.
    if (request.path === NOTICE)
      await deps.settings.ready().catch((error) => deps.log.error('unrefreshed', describe(error)));
    const { city } = deps.world;
    const { language, negotiated } = languageOf(request, offered);
    const vary: Record<string, string> = negotiated ? { vary: 'accept-language' } : {};
    const code = COPY.exec(request.path);
    if (code && READS.includes(request.method))
      return copy(deps, code[1] as string, code[2] !== undefined, language);
    const visit = CALENDAR.exec(request.path)?.[1];
    if (visit && READS.includes(request.method)) return calendar(deps, visit);
    const font = FONT.exec(request.path)?.[1];
    const bytes = font && (await readFont(font));
    if (request.path !== NOTICE && !bytes)
      return guarded(text(404, notices[language].notFound.replace('{{site}}', city.site)), vary);
    if (!READS.includes(request.method)) {
      const refused = text(405, `this address takes GET and HEAD, got ${request.method.slice(0, 10)}`);
      return guarded(refused, { allow: 'GET, HEAD' });
    }
    return bytes
      ? guarded(fontAnswer(bytes))
      : guarded(pageAnswer(await noticePage(city, language), language), vary);
  }

  return async (request) => {
    const made = await answer(request);
    return request.method === 'HEAD' ? { ...made, body: '' } : made;
  };
};

/** What is held about a resident, for who has the code: in their language, never kept by a cache. */
async function copy(deps: Deps, code: string, asFile: boolean, asked: Language): Promise<Answer> {
  await deps.shelf.ready();
  const held = await heldBy(deps, code);
  const language = noticeLanguages(deps.world.city).find((each) => each === held?.session.language) ?? asked;
  const headers = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex', ...GUARD };
  const status = held ? 200 : 404;
  if (asFile && held) {
    const body = JSON.stringify(held, null, 2);
    return { status, headers: { ...headers, 'content-type': 'application/json; charset=utf-8' }, body };
  }
  const body = await copyPage(deps.world, held, language, code);
  const page = pageAnswer(body, language);
  return { ...page, status, headers: { ...page.headers, ...headers } };
}

/** For anyone who has the invitation: nothing in it is about a resident. */
async function calendar(deps: Deps, id: string): Promise<Answer> {
  await deps.shelf.ready();
  const visit = deps.world.visits?.find((each) => each.id === id);
  if (!visit) return guarded(text(404, 'there is no such visit'));
  return guarded({
    status: 200,
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `inline; filename="${id}.ics"`,
      'cache-control': 'public, max-age=300',
    },
    body: calendarOf(visit, deps.world.city),
  });
}

const guarded = (answer: Answer, more: Record<string, string> = {}): Answer => ({
  ...answer,
  headers: { ...answer.headers, ...GUARD, ...more },
});

const pageAnswer = (body: string, language: Language): Answer => ({
  status: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-language': language,
    'content-security-policy': POLICY,
    'cache-control': PAGE_CACHE,
  },
  body,
});

const fontAnswer = (bytes: Buffer): Answer => ({
  status: 200,
  headers: { 'content-type': 'font/woff2', 'cache-control': FONT_CACHE },
  body: bytes.toString('base64'),
  base64: true,
});

/** `?lang=` decides, even where it names nothing of ours; then what the browser asks for; then French. */
function languageOf(request: Request, offered: Language[]): { language: Language; negotiated: boolean } {
  const find = (tag: string): Language | undefined => {
    const primary = tag.toLowerCase().split('-')[0];
    return offered.find((each) => each === primary);
  };
  const asked = new URLSearchParams(request.query).get('lang');
  if (asked !== null) return { language: find(asked) ?? 'fr', negotiated: false };
  const wanted = parseAccept(request.headers['accept-language'] ?? '')
    .filter(({ q }) => q > 0)
    .map(({ type }) => find(type));
  return { language: wanted.find((each) => each !== undefined) ?? 'fr', negotiated: true };
}

export const handler = httpLambda(create);

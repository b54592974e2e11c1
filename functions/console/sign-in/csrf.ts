/**
 * Whether a form was sent from a page of ours, by the agent whose session it is. A cookie alone proves neither: the
 * browser sends it along whoever wrote the form.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Request } from '../../runtime/http.ts';
import { TOKEN_FIELD } from '../forms.tsx';
import type { Session } from './session.ts';

export type RefusedPost = 'foreign-origin' | 'foreign-site' | 'no-origin' | 'no-token' | 'wrong-token';

/**
 * Why a POST is refused, as a word for the log; `undefined` where it is fine. `origin` is ours, from the configured
 * address. A page with forms must not send `referrer-policy: no-referrer`: its own forms then come with the origin
 * `null` (https://fetch.spec.whatwg.org/#append-a-request-origin-header).
 */
export function refusedPost(
  request: Request,
  session: Session,
  form: URLSearchParams,
  origin: string,
): RefusedPost | undefined {
  const { origin: from, 'sec-fetch-site': site } = request.headers;
  if (from !== undefined && from !== new URL(origin).origin) return 'foreign-origin';
  if (site !== undefined && site !== 'same-origin') return 'foreign-site';
  // Every browser since 2020 sends one of them.
  if (from === undefined && site === undefined) return 'no-origin';
  const [token, ...more] = form.getAll(TOKEN_FIELD);
  if (!token) return 'no-token';
  return more.length === 0 && isSame(token, session.csrf) ? undefined : 'wrong-token';
}

/** In a time that does not tell how much of it was right. */
export function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

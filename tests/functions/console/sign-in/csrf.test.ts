/** Which forms are ours. */
import { expect, it } from 'vitest';
import { refusedPost } from '../../../../functions/console/sign-in/csrf.ts';
import type { Session } from '../../../../functions/console/sign-in/session.ts';

const ORIGIN = 'https://voix.clichy.example';
const session: Session = {
  agent: { id: 'agent@exemple.fr', name: 'Alex Martin', role: 'officer' },
  csrf: 'a'.repeat(43),
};
const OURS = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' };
const FIELD = `jeton=${session.csrf}`;

it.each<[label: string, headers: Record<string, string>, body: string, why: string | undefined]>([
  ['a form of ours', OURS, FIELD, undefined],
  ['from a browser that says only its origin', { origin: ORIGIN }, FIELD, undefined],
  ['from a browser that says only the site', { 'sec-fetch-site': 'same-origin' }, FIELD, undefined],
  ['without the token', OURS, 'nom=x', 'no-token'],
  ['with an empty token', OURS, 'jeton=', 'no-token'],
  ["with another session's token", OURS, `jeton=${'b'.repeat(43)}`, 'wrong-token'],
  ['with a part of the token', OURS, `jeton=${'a'.repeat(42)}`, 'wrong-token'],
  ['with two tokens', OURS, `${FIELD}&${FIELD}`, 'wrong-token'],
  ['with letters of several bytes', OURS, `jeton=${encodeURIComponent('é'.repeat(43))}`, 'wrong-token'],
  ['from another site', { ...OURS, origin: 'https://mechant.example' }, FIELD, 'foreign-origin'],
  ['from our host by http', { ...OURS, origin: 'http://voix.clichy.example' }, FIELD, 'foreign-origin'],
  ['from another port', { ...OURS, origin: `${ORIGIN}:8443` }, FIELD, 'foreign-origin'],
  [
    'from a name that begins like ours',
    { ...OURS, origin: `${ORIGIN}.mechant.example` },
    FIELD,
    'foreign-origin',
  ],
  ['from a frame without an origin', { ...OURS, origin: 'null' }, FIELD, 'foreign-origin'],
  ['from another site, says the browser', { ...OURS, 'sec-fetch-site': 'cross-site' }, FIELD, 'foreign-site'],
  [
    "from another host of the city's domain",
    { ...OURS, 'sec-fetch-site': 'same-site' },
    FIELD,
    'foreign-site',
  ],
  ['typed into the address bar', { 'sec-fetch-site': 'none' }, FIELD, 'foreign-site'],
  ['by what is no browser', {}, FIELD, 'no-origin'],
])('%s', (_label, headers, body, why) => {
  const request = { method: 'POST', path: '/console/x', query: '', headers, body };
  expect(refusedPost(request, session, new URLSearchParams(body), `${ORIGIN}/console`)).toBe(why);
});

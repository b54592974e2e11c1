/** The two cookies of the console: an agent's session, and a sign-in that is on its way. */
import { randomBytes } from 'node:crypto';
import type { Request } from '../../runtime/http.ts';
import { LIFETIME } from '../../store/table.ts';

export interface Cookie {
  /** What the browser holds, where it is one of ours: 256 bits, in base64url. */
  read(request: Request): string | undefined;
  /** A whole `set-cookie`. */
  set(id: string): string;
  clear(): string;
}

const ID = /^[\w-]{43}$/;
export const freshId = (): string => randomBytes(32).toString('base64url');

/**
 * `__Host-` binds a cookie to this host, its whole path and TLS, so that no other host of the city's domain can plant
 * one: https://www.rfc-editor.org/rfc/rfc6265#section-5.3 and the prefixes of its successor. The local host has no
 * TLS; Chromium would take such a cookie from 127.0.0.1, Safari takes none that is `Secure`, so there the name has no
 * prefix. What counts is the configured address: what a request says of itself is anybody's.
 */
export function cookiesOf(publicUrl: string): { session: Cookie; signIn: Cookie } {
  const secure = new URL(publicUrl).protocol === 'https:';
  const cookie = (name: string, maxAge?: number): Cookie => {
    const full = secure ? `__Host-${name}` : name;
    const kept = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
    return {
      read: ({ headers }) => {
        const found = valuesOf(headers.cookie ?? '', full);
        // Two of one name: one of them is planted, and nobody can tell which.
        return found.length === 1 && ID.test(found[0] as string) ? found[0] : undefined;
      },
      set: (id) => `${full}=${id}; ${kept}${maxAge === undefined ? '' : `; Max-Age=${maxAge}`}`,
      clear: () => `${full}=; ${kept}; Max-Age=0`,
    };
  };
  return { session: cookie('pv'), signIn: cookie('pv-login', LIFETIME.signIn) };
}

const valuesOf = (header: string, wanted: string): string[] =>
  header.split(';').flatMap((pair) => {
    const [name = '', ...value] = pair.split('=');
    return name.trim() === wanted ? [value.join('=').trim()] : [];
  });

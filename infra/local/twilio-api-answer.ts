/** What a call of Twilio's API is, and what it is answered, before and after HTTP. */

export interface ApiRequest {
  method: string;
  /** From the version on: `/2010-04-01/Accounts/AC…/Messages.json`. */
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
  /** As it came: the Content API takes JSON. */
  body?: string;
  authorization?: string;
}

export interface ApiAnswer {
  status: number;
  /** Empty where there is nothing to say (204). */
  json?: Record<string, unknown>;
  /** A file, instead of JSON. */
  file?: { type: string; bytes: Buffer };
  /** The caller never sees this answer: the line is cut at once, or after nobody waits any more. */
  lost?: 'cut' | 'silent';
}

export const ok = (json: Record<string, unknown>, status = 200): ApiAnswer => ({ status, json });
export const GONE: ApiAnswer = { status: 204 };
export const NOT_FOUND = (): ApiAnswer => problem(404, 20404, 'The requested resource was not found');
export const NOT_ALLOWED = (): ApiAnswer => problem(405, 20004, 'Method not allowed');

export function problem(status: number, code: number, message: string): ApiAnswer {
  return ok({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }, status);
}

/** Times in RFC 2822, to the second, as the API of 2010 writes them. */
export const rfc2822 = (iso: string): string => new Date(iso).toUTCString().replace('GMT', '+0000');

/** And as newer ones do. */
export const iso8601 = (iso: string): string => `${new Date(iso).toISOString().slice(0, 19)}Z`;

export const whole = (text: string | null): number => (/^\d{1,9}$/.test(text ?? '') ? Number(text) : 0);

/** One page of a list, and where the others are. */
export function pageOf<Each>(found: Each[], query: URLSearchParams, most = 1000) {
  const size = Math.min(most, whole(query.get('PageSize')) || 50);
  const page = whole(query.get('Page'));
  const at = (number: number): string => {
    const parameters = new URLSearchParams(query);
    parameters.set('PageSize', String(size));
    parameters.set('Page', String(number));
    return parameters.toString();
  };
  const shown = found.slice(page * size, (page + 1) * size);
  return {
    shown,
    size,
    page,
    self: at(page),
    first: at(0),
    previous: page > 0 ? at(page - 1) : undefined,
    next: found.length > (page + 1) * size ? at(page + 1) : undefined,
  };
}

/** How the API of 2010 says which page it is. `base` is the list's own address. */
export function pageIn2010({ shown, size, page, ...at }: ReturnType<typeof pageOf>, base: string) {
  const uri = (query: string | undefined) => (query === undefined ? null : `${base}?${query}`);
  return {
    page,
    page_size: size,
    start: page * size,
    end: page * size + Math.max(0, shown.length - 1),
    uri: uri(at.self),
    first_page_uri: uri(at.first),
    previous_page_uri: uri(at.previous),
    next_page_uri: uri(at.next),
  };
}

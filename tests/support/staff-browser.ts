/** A browser of staff's as far as signing in needs one: cookies by their path, redirects by hand, forms of our pages. */

export interface Visit {
  status: number;
  url: string;
  /** Where it sends on to. */
  location?: string;
  headers: Headers;
  body: string;
}

interface Kept {
  value: string;
  path: string;
}

export class StaffBrowser {
  readonly cookies = new Map<string, Kept>();
  constructor(readonly base: string) {}

  async visit(
    target: string,
    init: { method?: string; form?: Record<string, string>; headers?: Record<string, string> } = {},
  ): Promise<Visit> {
    const url = new URL(target, this.base);
    const sent = [...this.cookies].filter(([, { path }]) => url.pathname.startsWith(path));
    const answer = await fetch(url, {
      method: init.method ?? (init.form ? 'POST' : 'GET'),
      redirect: 'manual',
      ...(init.form && { body: new URLSearchParams(init.form) }),
      headers: {
        ...(sent.length > 0 && { cookie: sent.map(([name, { value }]) => `${name}=${value}`).join('; ') }),
        ...init.headers,
      },
    });
    for (const cookie of answer.headers.getSetCookie()) this.keep(cookie);
    const location = answer.headers.get('location');
    return {
      status: answer.status,
      url: url.href,
      ...(location && { location: new URL(location, url).href }),
      headers: answer.headers,
      body: await answer.text(),
    };
  }

  private keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split(/; */);
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    const path = attributes.find((each) => /^path=/i.test(each))?.slice('path='.length) ?? '/';
    if (value) this.cookies.set(name, { value, path });
    else this.cookies.delete(name);
  }

  /** As far as `stop`: an address that begins so is not asked for, but given back as the `location` that led there. */
  async follow(from: Visit, stop?: string): Promise<Visit> {
    let at = from;
    for (let hops = 0; at.location && !(stop && at.location.startsWith(stop)); hops += 1) {
      if (hops > 10) throw new Error(`redirected in a circle, last to ${at.location}`);
      at = await this.visit(at.location);
    }
    return at;
  }

  /** Picks an agent on the page of the example; the answer is the redirect back to the console, not yet followed. */
  async choose(agent: string, page: string): Promise<Visit> {
    const choice = await this.follow(await this.visit(page));
    const back = await this.visit(choice.url, { form: { agent } });
    return this.follow(back, new URL('/console/retour', this.base).href);
  }

  async signIn(agent: string, page = '/console'): Promise<Visit> {
    return this.follow(await this.choose(agent, page));
  }

  /** The hidden field of a page's forms. */
  static token({ body }: Visit): string {
    const found = /name="jeton" value="([^"]+)"/.exec(body)?.[1];
    if (!found) throw new Error('the page has no form of ours');
    return found;
  }
}

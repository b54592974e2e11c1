/** From the table of the console's routes to addresses that a browser can open. */
import { routes } from '../../functions/console/routes.ts';
import type { ConsoleWorld } from './console-world.ts';

/** Of one route: every address that the world has an id for. Throws where it has none for a parameter. */
export function addressesOf(path: string, { ids, queries }: ConsoleWorld): string[] {
  let known = [''];
  let read = '';
  for (const step of path.split('/').slice(1)) {
    read += `/${step}`;
    const filled = step.startsWith(':') ? ids[read] : [step];
    if (!filled)
      throw new Error(
        `no id for ${read}: make such a thing in tests/support/console-world.ts, and note its id`,
      );
    known = known.flatMap((address) => filled.map((each) => `${address}/${each}`));
  }
  const query = queries[path];
  return query ? known.flatMap((address) => [address, address + query]) : known;
}

export interface Shown {
  route: string;
  address: string;
  body: string;
  /** Made as one before it of its route, whatever it says. */
  alike: boolean;
}

const skeleton = (body: string): string => body.replace(/>[^<]*</g, '><').replace(/="[^"]*"/g, '');

/**
 * Every page there is: of each GET route what answers with a whole page (a part for htmx or a file is none). An id may
 * be of no use to a route; throws where all of them are.
 */
export async function everyPage(world: ConsoleWorld): Promise<Shown[]> {
  const pages: Shown[] = [];
  for (const { method, path } of routes) {
    if (method !== 'GET') continue;
    const answers: string[] = [];
    const seen = new Set<string>();
    for (const address of addressesOf(path, world)) {
      const { status, headers = {}, body } = await world.city.get(address);
      answers.push(`${address} ${status}`);
      const isPage = headers['content-type']?.startsWith('text/html') && body.startsWith('<!doctype html>');
      if (status !== 200 || !isPage) continue;
      pages.push({ route: path, address, body, alike: seen.has(skeleton(body)) });
      seen.add(skeleton(body));
    }
    if (!answers.some((each) => each.endsWith(' 200')) || answers.some((each) => / 5\d\d$/.test(each)))
      throw new Error(`${path} shows nothing of the world of the tests: ${answers.join(', ')}`);
  }
  return pages;
}

export interface PostForm {
  /** The route that it posts to. */
  route: string;
  /** The page that it is on. */
  address: string;
  action: string;
}

/** Signing out is the door's: `tests/local/console-browser.test.ts`. */
const DOORS = '/console/deconnexion';
/** Of the addresses of a route. */
export const pathPattern = (path: string): RegExp => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`);

/** Every form that posts, by the page that has it. Throws where one leads to no route. */
export function formsOn(pages: Shown[]): PostForm[] {
  const posts = routes.filter(({ method }) => method === 'POST');
  return pages.flatMap(({ address, body }) =>
    [...body.matchAll(/<form method="post" action="([^"]*)"/g)]
      .map(([, action = '']) => action)
      .filter((action, index, all) => action !== DOORS && all.indexOf(action) === index)
      .map((action) => {
        const route = posts.find(({ path }) => pathPattern(path).test(action))?.path;
        if (!route) throw new Error(`${address} has a form that leads nowhere: ${action}`);
        return { route, address, action };
      }),
  );
}

/** Lists of things, a page at a time: a cursor leads on, and the browser's own way leads back. */
import type { Child } from 'hono/jsx';
import { namedCells } from './cells.ts';

/** What a page of a list shows: at most two pages of the store are read for it. */
export const ROWS = 50;

/** The first `most` of them, and the cursor behind the last where there are more. */
export async function pageOf<T>(
  items: AsyncIterable<T>,
  cursorOf: (item: T) => string,
  most = ROWS,
): Promise<{ items: T[]; next?: string }> {
  const found: T[] = [];
  for await (const item of items) {
    if (found.length === most) return { items: found, next: cursorOf(found[most - 1] as T) };
    found.push(item);
  }
  return { items: found };
}

/**
 * Those that are wanted among the next ones, `ROWS` at most; the store is looked at no further than `lookedAt` of them,
 * and the cursor leads on behind the last one that was.
 */
export async function pageWhere<T>(
  items: AsyncIterable<T>,
  { wanted, cursorOf, lookedAt }: { wanted(item: T): boolean; cursorOf(item: T): string; lookedAt: number },
): Promise<{ items: T[]; looked: number; next?: string }> {
  const found: T[] = [];
  let looked = 0;
  let last: T | undefined;
  for await (const item of items) {
    if (last !== undefined && (found.length === ROWS || looked === lookedAt))
      return { items: found, looked, next: cursorOf(last) };
    looked += 1;
    last = item;
    if (wanted(item)) found.push(item);
  }
  return { items: found, looked };
}

/** The first `most` of them. */
export const first = async <T,>(items: AsyncIterable<T>, most: number): Promise<T[]> =>
  (await pageOf(items, () => '', most)).items;

/** `query`: what else the address holds. */
export function Pager({
  path,
  query,
  next,
}: {
  path: string;
  query: URLSearchParams;
  next: string | undefined;
}) {
  const first = new URLSearchParams(query);
  first.delete('apres');
  first.delete('fait');
  const on = new URLSearchParams(first);
  if (next !== undefined) on.set('apres', next);
  const begun = query.has('apres');
  if (next === undefined && !begun) return null;
  return (
    <nav class="pager" aria-label="Pages">
      {begun && (
        <a class="button quiet" href={first.size > 0 ? `${path}?${first}` : path}>
          Revenir au début
        </a>
      )}
      {next !== undefined && (
        <a class="button quiet" href={`${path}?${on}`} rel="next">
          Page suivante
        </a>
      )}
    </nav>
  );
}

/** `number`: its cells are figures, to the right. */
type Head = string | { name: string; number: true } | { hidden: string };
const isText = (head: Head): boolean => typeof head === 'string';

/**
 * Where the page is too narrow, a table of texts becomes a card a row; one of figures stays, since figures are compared
 * down a column, and is scrolled, with the keyboard too.
 */
export function Table({ caption, heads, children }: { caption: string; heads: Head[]; children?: Child }) {
  const cards = heads.filter(isText).length > 1;
  const role = (name: string) => (cards ? { role: name } : {});
  return (
    <section class={cards ? 'table rows' : 'table'} tabindex={0} aria-label={caption}>
      <table {...role('table')}>
        <caption class="hidden">{caption}</caption>
        <thead {...role('rowgroup')}>
          <tr {...role('row')}>
            {heads.map((head) => (
              <th
                scope="col"
                {...role('columnheader')}
                {...(typeof head === 'object' && 'number' in head && { class: 'number' })}
              >
                {typeof head === 'string' ? (
                  head
                ) : 'hidden' in head ? (
                  <span class="hidden">{head.hidden}</span>
                ) : (
                  head.name
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...role('rowgroup')}>{cards ? namedCells(children, heads.map(labelOf)) : children}</tbody>
      </table>
    </section>
  );
}

const labelOf = (head: Head): string => (typeof head === 'string' ? head : 'name' in head ? head.name : '');

/** Where there is nothing yet: the first step. */
export const Empty = ({ children }: { children?: Child }) => <div class="empty">{children}</div>;

export type Tone = 'going' | 'waits' | 'over' | 'bad' | 'plain';
/** How something stands, in words; the colour only repeats it. */
export const State = ({ tone, children }: { tone: Tone; children?: Child }) => (
  <span class={`state ${tone}`}>{children}</span>
);

/** Facts as "name: value". */
export const Facts = ({ facts }: { facts: [string, Child][] }) => (
  <dl class="facts">
    {facts
      .filter(([, value]) => value !== undefined && value !== '' && value !== null)
      .map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
  </dl>
);

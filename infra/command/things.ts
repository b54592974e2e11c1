/**
 * Things that staff make and act on (announcements, visits, lives), for a command: found by their id, acted on, and
 * printed as they stand afterwards.
 */

import type { Finding } from '../../conversations/lint/finding.ts';
import type { Entry } from '../../functions/store/journal.ts';
import { findingLines } from './findings.ts';
import { personOf } from './person.ts';
import { readArgs, type Values } from './read-args.ts';
import { Refused } from './refused.ts';
import type { Command } from './run-command.ts';

interface Kind<Thing> {
  /** The number in an id; undefined where it is none. */
  number(id: string): number | undefined;
  get(number: number): Promise<Thing | undefined>;
  id(thing: Thing): string;
  /** Of all there are, in order. */
  ids(): Promise<string[]> | string[];
  /** "il n'y a pas de visite", "Dernières visites", "Il n'y a pas encore de visite" */
  words: { none: string; last: string; empty: string };
}

/** How many of the last are named where an id is not known. */
const NAMED = 5;

/** Throws `Refused` where there is none with this id, with those that are. */
export async function findThing<Thing>(kind: Kind<Thing>, given: string): Promise<Thing> {
  const id = given.toUpperCase();
  const number = kind.number(id);
  const found = number === undefined ? undefined : await kind.get(number);
  if (found !== undefined && kind.id(found) === id) return found;
  const { none, last, empty } = kind.words;
  const ids = (await kind.ids()).slice(-NAMED);
  throw new Refused(`${none} « ${given} ». ${ids.length > 0 ? `${last}: ${ids.join(', ')}` : empty}`);
}

export interface Act {
  by: string;
  what: string;
  note?: string | undefined;
}

/** What an act made of a thing, or why it may not be. */
export interface ActedOn<Thing> {
  thing: Thing | undefined;
  refused?: string | undefined;
  told?: string | undefined;
  findings?: Finding[] | undefined;
}

/**
 * Writes what was done, and prints the thing as it stands. Throws `Refused` where it may not be, or where another has
 * acted (`write` gives false): `changed`, "quelqu'un vient d'agir sur la visite V-2026-003: …".
 */
export async function writeThing<Thing>(
  { thing, refused, told, findings = [] }: ActedOn<Thing>,
  {
    write,
    line,
    changed,
  }: { write(thing: Thing): Promise<unknown>; line(thing: Thing): string; changed: string },
): Promise<void> {
  const found = findingLines(findings);
  if (thing === undefined) throw new Refused([refused, ...found].join('\n'));
  if (!(await write(thing))) throw new Refused(changed);
  console.log([line(thing), ...(told ? [told] : []), ...found].join('\n'));
}

type Given = Record<string, { type: 'string'; multiple?: true }> & {
  de: { type: 'string' };
  note: { type: 'string' };
};

/** The commands of a tool that take an id and who does it, and act. */
export const actsOf =
  <const Options extends Given, Saved, Thing, Acted>({
    tool,
    options,
    within,
    find,
    write,
  }: {
    tool: string;
    options: Options;
    within(work: (saved: Saved) => Promise<void>): Promise<void>;
    find(saved: Saved, id: string): Promise<Entry<Thing>>;
    write(saved: Saved, before: Entry<Thing>, acted: Acted, act: Act): Promise<void>;
  }) =>
  /** `takes`: as the usage shows it; `allowed`: which options besides `--de` and `--note`. */
  (
    name: string,
    takes: string,
    allowed: (keyof Options & string)[],
    act: (thing: Thing, values: Values<Options>, by: string, saved: Saved) => Acted,
  ): Command => ({
    async run(args) {
      const usage = `usage: npm run ${tool} -- ${name} ID --de QUI${takes} [--note "…"]`;
      const { values, positionals } = readArgs(args, options, usage);
      const [id, ...more] = positionals;
      const known = new Set<string>(['de', 'note', ...allowed]);
      if (id === undefined || more.length > 0 || Object.keys(values).some((each) => !known.has(each)))
        throw new Refused(usage);
      const { de, note } = values as { de?: string; note?: string };
      const by = personOf(de);
      await within(async (saved) => {
        const before = await find(saved, id);
        await write(saved, before, act(before.thing, values as Values<Options>, by, saved), {
          by,
          what: name,
          note,
        });
      });
    },
  });

/**
 * What staff change of a city without touching its file: a log of changes laid over it. The file stays the base, the
 * whole is held to the schema of the file, and a change that does not fit it any more is left out: a city always stands.
 */
import * as z from 'zod';
import { type City, tryCity } from './city.ts';

/** Settings that hold many things: a change puts one on or takes one off. */
const MANY = ['prices', 'elections', 'templates'] as const;
/** Those that hold one: a change replaces it. */
const ONE = [
  'sending',
  'callHours',
  'phone',
  'pushesPerWeek',
  'dailyEuros',
  'strangersShare',
  'quartier',
] as const;
type Many = (typeof MANY)[number];

type Json = string | number | boolean | null | Json[] | { [field: string]: Json };
/** What it has to be is its setting's to say. */
const Json = z.custom<Json>((value) => value !== undefined);

/**
 * `from`, `to`: of a setting that holds many, the thing taken off and the thing put on, one of them null; of one that
 * holds one, its value before and after, null where it is the file's. `id`: of a quartier.
 *
 * @example { "setting": "elections", "from": null, "to": "2027-03-14" }
 * @example { "setting": "dailyEuros", "from": null, "to": 150 }
 */
export const Change = z.strictObject({
  setting: z.enum([...MANY, ...ONE]),
  id: z.string().optional(),
  from: Json,
  to: Json,
});
export type Change = z.infer<typeof Change>;

const Act = { by: z.string().min(1), at: z.iso.datetime() };
/** One line of the log, which never changes. `undoes`, `of`: the number of another line. */
export const Entry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('changed'), change: Change, undoes: z.int().optional(), ...Act }),
  /** Holds once another person has approved it. */
  z.strictObject({ kind: z.literal('proposed'), change: Change, undoes: z.int().optional(), ...Act }),
  z.strictObject({ kind: z.literal('approved'), of: z.int(), ...Act }),
  z.strictObject({ kind: z.literal('dropped'), of: z.int(), ...Act }),
]);
export type Entry = z.infer<typeof Entry>;
export type Numbered = Entry & { number: number };
export type Proposal = Extract<Numbered, { kind: 'proposed' }>;

export interface Settings {
  city: City;
  /** The last line that is counted in. */
  number: number;
  /** In the order of the log. */
  entries: readonly Numbered[];
  /** Proposals that nobody has decided yet. */
  pending: readonly Proposal[];
  /** What does not fit the file any more, and is left out. */
  unfit: readonly Change[];
}

const isMany = (setting: Change['setting']): setting is Many => MANY.some((each) => each === setting);
/** What a change is of: two changes of one name are of the same setting, or of the same thing where it holds many. */
const nameOf = ({ setting, id, from, to }: Change): string => {
  if (isMany(setting)) return `${setting} ${canonical(to ?? from)}`;
  return id === undefined ? setting : `${setting} ${id}`;
};

export const noSettings = (base: City): Settings => ({
  city: base,
  number: 0,
  entries: [],
  pending: [],
  unfit: [],
});

/** The city as the file and the log have it together. `entries`: all of them. `number`: of the last one, read or not. */
export function settingsOf(base: City, entries: readonly Numbered[], number: number): Settings {
  const pending = pendingIn(entries);
  const changes = entries.flatMap((entry) => inForce(entry, entries) ?? []);
  const whole = tryCity(changes.reduce((city: unknown, change) => changed(city, change, base), base));
  if ('city' in whole) return { city: whole.city, number, entries, pending, unfit: [] };
  let city = base;
  const unfit: Change[] = [];
  for (const change of changes) {
    const next = tryCity(changed(city, change, base));
    if ('city' in next) city = next.city;
    else unfit.push(change);
  }
  return { city, number, entries, pending, unfit };
}

/** The city with this change too, or what is wrong with it, by the schema of the file. */
export const withChange = (base: City, { city }: Settings, change: Change): ReturnType<typeof tryCity> =>
  tryCity(changed(city, change, base));

/** The change that an entry brought about. */
function inForce(entry: Numbered, entries: readonly Numbered[]): Change | undefined {
  if (entry.kind === 'changed') return entry.change;
  if (entry.kind !== 'approved') return undefined;
  const proposal = entries.find(({ number }) => number === entry.of);
  return proposal?.kind === 'proposed' && proposal.by !== entry.by ? proposal.change : undefined;
}

/** A proposal is over once it is decided, or the same setting was changed or proposed anew. */
function pendingIn(entries: readonly Numbered[]): Proposal[] {
  const pending = new Map<string, Proposal>();
  for (const entry of entries) {
    const decided = 'of' in entry ? entries.find(({ number }) => number === entry.of) : entry;
    if (!decided || !('change' in decided)) continue;
    pending.delete(nameOf(decided.change));
    if (entry.kind === 'proposed') pending.set(nameOf(entry.change), entry);
  }
  return [...pending.values()];
}

/** Not checked yet. */
function changed(city: unknown, { setting, id, from, to }: Change, base: City): unknown {
  const now = city as City;
  if (isMany(setting)) {
    const left = (now[setting] as unknown[]).filter((each) => !isSame(each, from) && !isSame(each, to));
    return { ...now, [setting]: to === null ? left : [...left, to] };
  }
  switch (setting) {
    case 'sending':
      return {
        ...now,
        sending: to === null ? base.sending : { ...now.sending, ...(to as City['sending']) },
      };
    case 'callHours':
    case 'phone':
      return { ...now, [setting]: to ?? base[setting] };
    case 'quartier': {
      const own = base.quartiers.find((each) => each.id === id);
      // It left the file: so did what it is called.
      if (!own) return { ...now, quartiers: [] };
      const { menu: _, ...rest } = own;
      const made = to === null ? own : { ...rest, ...(to as object) };
      return { ...now, quartiers: now.quartiers.map((each) => (each.id === id ? made : each)) };
    }
    default:
      return { ...now, limits: { ...now.limits, [setting]: to ?? base.limits[setting] } };
  }
}

/** What a setting that holds one was last set to; null where it is the file's. */
export const heldOf = ({ entries }: Settings, of: Pick<Change, 'setting' | 'id'>): Change['to'] =>
  entries
    .flatMap((entry) => inForce(entry, entries) ?? [])
    .filter((change) => change.setting === of.setting && change.id === of.id)
    .at(-1)?.to ?? null;

/** What a setting that holds one is, of a city; null of a quartier that is none. */
export function valueIn(city: City, { setting, id }: Pick<Change, 'setting' | 'id'>): Change['to'] {
  if (setting === 'quartier') {
    const found = city.quartiers.find((each) => each.id === id);
    if (!found) return null;
    const { name, menu, keywords } = found;
    return { name, ...(menu !== undefined && { menu: menu as string }), keywords };
  }
  if (setting === 'sending') return { from: city.sending.from, to: city.sending.to };
  if (setting === 'callHours' || setting === 'phone') return city[setting];
  return isMany(setting) ? null : city.limits[setting];
}

/** The change that sets one to this value; back to the file's where it is that. */
export const replacing = (
  settings: Settings,
  base: City,
  of: Pick<Change, 'setting' | 'id'>,
  value: Change['to'],
): Change => ({ ...of, from: heldOf(settings, of), to: isSame(value, valueIn(base, of)) ? null : value });

/** What takes an entry back as things stand; undefined where there is nothing to take back any more. */
export function undoing(settings: Settings, entry: Numbered): Change | undefined {
  const done = inForce(entry, settings.entries);
  if (!done) return undefined;
  const { setting, id, from, to } = done;
  const of = { setting, ...(id !== undefined && { id }) };
  if (!isMany(setting)) {
    const held = heldOf(settings, of);
    return isSame(held, from) ? undefined : { ...of, from: held, to: from };
  }
  const isOn = (settings.city[setting] as unknown[]).some((each) => isSame(each, to ?? from));
  return isOn === (to !== null) ? { ...of, from: to, to: from } : undefined;
}

/**
 * Whether it lets more be sent or spent, or what is sent be looked at less: then a second person approves it. Without a
 * day of vote to come, nobody looks twice at what leaves before it (article L52-1 du code électoral). `today`: in Paris.
 */
export function loosens(
  { city: { limits } }: Settings,
  { setting, from, to }: Change,
  base: City,
  today: string,
): boolean {
  if (setting === 'elections') return to === null && String(from) >= today;
  if (setting !== 'pushesPerWeek' && setting !== 'dailyEuros') return false;
  return Number(to ?? base.limits[setting]) > limits[setting];
}

/** As JSON has them: the order of fields does not count. */
export const isSame = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other);
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    each && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  ) ?? 'null';

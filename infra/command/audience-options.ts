/** The options that say whom a message is for, as `npm run announce` takes them. */
import type { Audience } from '../../conversations/audience.ts';
import { AgeBand, Channel } from '../../conversations/events.ts';
import { isDay } from './read-args.ts';
import { Refused } from './refused.ts';

const text = { type: 'string' } as const;
export const AUDIENCE_OPTIONS = {
  listes: text,
  quartiers: text,
  langues: text,
  ages: text,
  canaux: text,
  'actifs-depuis': text,
  'silencieux-depuis': text,
  'a-repondu': text,
  'pas-repondu': text,
} as const;

export const AUDIENCE_USAGE = `[--listes a,b] [--quartiers a,b] [--langues a,b] [--ages ${AgeBand.options.join(',')}] [--canaux ${Channel.options.join(',')}]
  [--actifs-depuis AAAA-MM-JJ] [--silencieux-depuis AAAA-MM-JJ] [--a-repondu SONDAGE | --pas-repondu SONDAGE]; vide ("") enlève le filtre`;

type Values = { [Option in keyof typeof AUDIENCE_OPTIONS]?: string | undefined };

/** The filters that were given; undefined for one that is taken away. Throws `Refused` with what is allowed. */
export function filtersIn(values: Values): { [Filter in keyof Audience]?: Audience[Filter] | undefined } {
  const { listes, quartiers, langues, ages, canaux } = values;
  const active = values['actifs-depuis'];
  const silent = values['silencieux-depuis'];
  const did = values['a-repondu'];
  const didNot = values['pas-repondu'];
  if (did && didNot) throw new Refused('--a-repondu et --pas-repondu ne vont pas ensemble: choisissez');
  return {
    ...(listes !== undefined && { lists: named(listes) }),
    ...(quartiers !== undefined && { quartiers: named(quartiers) }),
    ...(langues !== undefined && { languages: named(langues) }),
    ...(ages !== undefined && { ages: outOf('ages', ages, AgeBand.options) }),
    ...(canaux !== undefined && { channels: outOf('canaux', canaux, Channel.options) }),
    ...(active !== undefined && { activeSince: dayIn('actifs-depuis', active) }),
    ...(silent !== undefined && { silentSince: dayIn('silencieux-depuis', silent) }),
    ...((did !== undefined || didNot !== undefined) && {
      answered: did || didNot ? { survey: (did || didNot) as string, did: Boolean(did) } : undefined,
    }),
  };
}

const named = (given: string): string[] | undefined => {
  const names = given.split(',').map((each) => each.trim());
  return names.join('') === '' ? undefined : names.filter((name) => name !== '');
};

function outOf<const Name extends string>(
  option: string,
  given: string,
  allowed: readonly Name[],
): Name[] | undefined {
  const names = named(given);
  const wrong = names?.find((name) => !(allowed as readonly string[]).includes(name));
  if (wrong === undefined) return names as Name[] | undefined;
  throw new Refused(`--${option}: possible ${allowed.join(', ')}, reçu « ${wrong} »`);
}

function dayIn(option: string, given: string): string | undefined {
  if (given === '') return undefined;
  if (isDay(given)) return given;
  throw new Refused(`--${option} est un jour AAAA-MM-JJ, par exemple 2026-10-01, reçu « ${given} »`);
}

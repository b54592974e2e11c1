/** What the export must hold for one resident, from the reckoning by hand: each coded column, and those beside. */
import type { Life } from './life.ts';
import { type Asked, type Outcome, wayOf } from './way.ts';
import { AREAS } from './words.ts';

const MEANS = ['pied', 'bus', 'velo', 'voiture', 'autre'];
const SKIPPED = '-1';
const NOT_ASKED = '-2';
const LOST = '-3';
const ABANDONED = '-4';

const day = (iso: string): string => iso.split('-').reverse().join('/');
const comma = (value: number): string => String(value).replace('.', ',');

/** Why a question has no value here. */
function gapOf({ given, end }: Life, id: Asked): string | undefined {
  const { asked, open, counts } = wayOf(given);
  const outcome = counts[id];
  if (outcome) return 'v' in outcome ? undefined : outcome.m === 'skip' ? SKIPPED : LOST;
  if (end === 'done') return NOT_ASKED;
  return asked.includes(id) || open.includes(id) ? ABANDONED : NOT_ASKED;
}

export function rowOf(life: Life): Record<string, string> {
  const { open, adults, counts } = wayOf(life.given);
  const value = <T>(id: Asked): T => (counts[id] as Extract<Outcome, { v: unknown }>).v as T;
  const cell = (id: Asked, show: (v: never) => string): string => gapOf(life, id) ?? show(value<never>(id));
  const area = counts.secteur && 'v' in counts.secteur ? (counts.secteur.v as number) : undefined;
  const means = counts.moyens && 'v' in counts.moyens ? (counts.moyens.v as number[]) : undefined;
  const other = counts.moyens && 'v' in counts.moyens ? counts.moyens.o : undefined;
  const unknown = area === 4 || life.end === 'done' ? NOT_ASKED : ABANDONED;
  const rankGap = gapOf(life, 'ordre');
  const rankOf = (number: number): string => {
    // What was never among the options was not asked, unless nobody can tell yet.
    if (!open.includes('ordre') && !means?.includes(number)) return NOT_ASKED;
    return rankGap ?? String(value<number[]>('ordre').indexOf(number) + 1);
  };
  const spot = counts.lieu && 'v' in counts.lieu ? life.spot : undefined;
  return {
    q1: cell('secteur', String),
    q1_libelle: area === undefined ? '' : (AREAS.fr[area - 1] as string),
    q2: cell('arret', String),
    q3: cell('foyer', String),
    q4: cell('enfants', String),
    c1: adults === undefined ? unknown : String(adults),
    q5: cell('livraison', (yes) => (yes ? '1' : '0')),
    ...Object.fromEntries(
      MEANS.flatMap((id, index) => [
        [`q6_${id}`, cell('moyens', (many: number[]) => (many.includes(index + 1) ? '1' : '0'))],
        [`q7_${id}`, rankOf(index + 1)],
      ]),
    ),
    q6_autre_texte: other ?? '',
    q8: cell('depense', comma),
    q9: cell('avis', String),
    q10_texte: cell('pourquoi', String),
    q11: cell('visite', day),
    q12_texte: cell('lieu', String),
    q12_latitude: spot ? comma(spot.latitude) : '',
    q12_longitude: spot ? comma(spot.longitude) : '',
    termine: life.end === 'done' ? 'oui' : 'non',
    canal: life.plan.channel,
    langue: life.plan.tongue,
    mode: life.plan.index % 4 === 0 ? 'QR' : 'mot-clé',
    source: life.plan.index % 4 === 0 ? 'A12' : '',
  };
}

export const CODED = [
  ...['q1', 'q2', 'q3', 'q4', 'c1', 'q5'],
  ...MEANS.map((id) => `q6_${id}`),
  ...MEANS.map((id) => `q7_${id}`),
  ...['q8', 'q9', 'q10_texte', 'q11', 'q12_texte'],
];

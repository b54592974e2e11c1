/**
 * The survey of twelve questions reckoned by hand: plain ifs, written from the survey as a person reads it. Nothing of
 * ours is asked: no formula is read here, no path walked.
 */

export const ORDER = [
  'secteur',
  'arret',
  'foyer',
  'enfants',
  'livraison',
  'moyens',
  'ordre',
  'depense',
  'avis',
  'pourquoi',
  'visite',
  'lieu',
] as const;
export type Asked = (typeof ORDER)[number];
export type Value = number | number[] | boolean | string;

/** What became of a question that was asked. */
export type Outcome = { v: Value; d?: true; o?: string } | { m: 'skip' | 'unknown' };
export type Given = Partial<Record<Asked, Outcome>>;

/** The stops of the areas north, centre and south, by their numbers in the whole list. */
export const STOPS: Record<number, number[]> = { 1: [1, 2], 2: [3, 4], 3: [5, 6, 7] };

export interface Way {
  /** What is asked of this resident as far as their answers say, in order. */
  asked: Asked[];
  /** What cannot be told yet, since it hangs on an answer still to come. */
  open: Asked[];
  /** undefined where it cannot be reckoned. */
  adults: number | undefined;
  /** The answers that count. */
  counts: Given;
}

/** The way of who has answered this so far. */
export function wayOf(given: Given): Way {
  const asked: Asked[] = [];
  const open: Asked[] = [];
  const counts: Given = {};
  const ask = (id: Asked, possible: (v: Value) => boolean = () => true): Value | undefined => {
    asked.push(id);
    const outcome = given[id];
    if (!outcome || ('v' in outcome && !outcome.d && !possible(outcome.v))) return undefined;
    counts[id] = outcome;
    return 'v' in outcome ? outcome.v : undefined;
  };
  let adults: number | undefined;

  const area = ask('secteur');
  if (!counts.secteur) open.push('arret', 'foyer', 'enfants', 'livraison');
  if (typeof area === 'number' && area <= 3)
    ask('arret', (stop) => (STOPS[area] as number[]).includes(stop as number));
  // Who did not say where they live is asked about their home all the same.
  if (counts.secteur && area !== 4) {
    const home = ask('foyer') as number | undefined;
    let children: number | undefined;
    if (home !== undefined && home > 1)
      children = ask('enfants', (many) => Number(many) < home) as number | undefined;
    else if (!counts.foyer) open.push('enfants');
    adults = home === undefined ? undefined : home - (children ?? 0);
    const settled = counts.foyer && (home === undefined || home === 1 || counts.enfants);
    if (!settled) open.push('livraison');
    else if (adults === 1) ask('livraison');
  }
  const means = ask('moyens') as number[] | undefined;
  if (!counts.moyens) open.push('ordre');
  if (means && means.length >= 2)
    ask('ordre', (order) => (order as number[]).every((each) => means.includes(each)));
  ask('depense');
  const mark = ask('avis') as number | undefined;
  if (!counts.avis) open.push('pourquoi');
  if (mark !== undefined && mark <= 2) ask('pourquoi');
  ask('visite');
  ask('lieu');
  return { asked, open, adults, counts };
}

/** What is asked next; undefined at the end. */
export const nextIn = (given: Given): Asked | undefined => {
  const { asked, counts } = wayOf(given);
  return asked.find((id) => !counts[id]);
};

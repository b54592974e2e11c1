/**
 * What staff do for a resident who asked at the town hall, by telephone or on paper: the same turn as their own words,
 * and nothing is said, since who asked is told there. Owns what of a resident staff may correct.
 */
import { places } from './city.ts';
import { forget } from './erase.ts';
import type { Event } from './events.ts';
import type { Moment } from './moment.ts';
import { reference } from './reference.ts';
import { stop } from './stop.ts';

type Requested = Extract<Event, { type: 'requested' }>;
type Corrected = Extract<Event, { type: 'corrected' }>;

/** Kept as the proof that they stopped, in the language of those who noted it. */
export const STOP_NOTED = 'STOP demandé à la mairie par la personne, noté par un agent.';

/** The number of the proof that the event leaves. */
export const erasureProof = (event: string): string => reference('E', event);

export function doRequested(moment: Moment, { what, id }: Requested): void {
  switch (what) {
    case 'stop':
      if (moment.session.consent !== 'stopped') stop(moment, { quiet: true, text: STOP_NOTED });
      return;
    case 'copy':
      moment.do({ type: 'copy', code: id });
      return;
    case 'erase':
      forget(moment, { proof: erasureProof(id) });
      moment.do({ type: 'suppress' });
  }
}

/** What is not named stays; null is no longer known. Answers already given keep what was true then. */
export function correctProfile(moment: Moment, { language, quartier, age }: Corrected): void {
  const { session, city } = moment;
  const known = quartier !== null && places(city).some(({ id }) => id === quartier);
  moment.set({
    language: city.languages.find((each) => each === language) ?? session.language,
    // Who is written to in a language needs no interpreter's call.
    voice: language === undefined ? session.voice : undefined,
    quartier: quartier === null ? undefined : known ? quartier : session.quartier,
    age: age === null ? undefined : (age ?? session.age),
  });
}
